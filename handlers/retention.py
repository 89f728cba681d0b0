"""Nobody sees this feature: it forgets what has been kept long enough."""

from datetime import timedelta

from bot.domain import retention
from bot.kit.context import Desk
from bot.kit.routes import job


@job("retention", every=timedelta(hours=1))
async def prune(desk: Desk) -> None:
    await retention.prune(desk.session, desk.now)
