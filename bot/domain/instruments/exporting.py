"""Giving out the equipment as a list, in the columns in which it can be read again."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import rights
from bot.domain.instruments import lists, wording
from bot.domain.rights import Action
from storage import instruments as rows
from storage import organisations, pillars
from storage.instruments import caring as store
from storage.people import Person

Table = tuple[list[str], list[list[str]]]  # headings and rows
AT_ONCE = 500


async def require(session: AsyncSession, organisation_id: int, me: Person, now: datetime) -> None:
    """Those who keep an organisation's records have them as a list; 0: the team, of all."""
    action = Action.KEEP_INSTRUMENTS
    await rights.require(session, me, action, now, organisation_id=organisation_id)


async def table(
    session: AsyncSession, organisation_id: int, language: str, now: datetime
) -> Table:
    """All records of an organisation (0: of all), the hidden ones too."""
    wanted = [organisation_id] if organisation_id else None
    found = await store.all_kept_by(session, wanted)
    owners = {each.key: each for each in await organisations.every(session)}
    known = {each.key: each for each in await pillars.standing(session, now)}
    stand: dict[int, list[int]] = {}
    for start in range(0, len(found), AT_ONCE):
        keys = [each.key for each in found[start : start + AT_ONCE]]
        stand |= await rows.pillars_of(session, keys)
    told = [
        lists.texts(
            each,
            owners.get(each.organisation_id or 0),
            [known[key] for key in sorted(stand.get(each.key, ())) if key in known],
            language,
        )
        for each in found
    ]
    return lists.headings(language), told


def template(language: str) -> Table:
    """The headings, and one invented instrument that shows how they are meant."""
    return lists.headings(language), [wording.example(language)]
