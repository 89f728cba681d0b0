"""The tag that people wear in groups is their organisation's short name, also after a change."""

from bot.domain.groups import attending
from bot.kit.errands import Trip
from bot.kit.routes import errand
from handlers.groups.departures import put_on
from storage.groups import presence


@errand("groups.tags")
async def put_on_anew(trip: Trip, *, telegram_id: int) -> None:
    async with trip.deliver() as desk:
        for chat_id in await presence.chats_of(desk.session, telegram_id):
            put_on(desk, await attending.outdated(desk.session, chat_id, [telegram_id]))
