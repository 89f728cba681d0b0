"""Managers say in their own words what the steps of a series say."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.refusals import Gone
from bot.domain.rights import Action
from bot.domain.welcomes.steps import steps_of
from storage import audit
from storage.people import Person
from storage.welcomes import Series, WelcomeText
from storage.welcomes import keeping as store

HTML = "html"  # of a text's payload
LONGEST = 1_000  # characters


async def text(session: AsyncSession, series: Series, step: int, language: str) -> str | None:
    """Telegram HTML in a manager's words; None: the original holds."""
    found = await store.text(session, series, step, language)
    return found.payload[HTML] if found is not None and found.payload else None


async def look(
    session: AsyncSession, series: str, step: int, who: Person, now: datetime
) -> Series:
    """Raises `NotAllowed`, `Gone`."""
    await rights.require(session, who, Action.EDIT_WELCOMES, now)
    if series not in list(Series) or not 0 <= step < steps_of(Series(series)):
        raise Gone
    return Series(series)


async def put(
    session: AsyncSession,
    series: Series,
    step: int,
    language: str,
    html: str | None,
    who: Person,
    now: datetime,
) -> None:
    """None brings the original back."""
    await look(session, series, step, who, now)
    payload = {HTML: html} if html is not None else None
    said = WelcomeText(
        series=series, step=step, language=language, payload=payload, author_id=who.key, at=now
    )
    session.add(said)
    subject = f"welcome:{series}:{step}:{language}"
    await audit.record(session, who.key, "welcome.edit", subject, now, original=html is None)
