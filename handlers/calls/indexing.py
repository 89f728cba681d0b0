"""Nobody sees this: calls that nothing can find yet are put into the index."""

from datetime import timedelta

from bot.domain.calls import indexing
from bot.kit.errands import Trip
from bot.kit.routes import watch

ROUNDS = 40  # transactions in a row, between which others write


@watch("calls.index", every=timedelta(minutes=1))
async def index(trip: Trip) -> None:
    for _ in range(ROUNDS):
        async with trip.look() as desk:
            if not await indexing.is_behind(desk.session):
                return
        async with trip.deliver() as desk:
            await indexing.catch_up(desk.session)
