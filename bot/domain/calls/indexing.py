"""What a call can be found by: marks as instruments have them, in an index beside theirs.

Whoever rewrites a call's words or pillars calls `enter`. New calls may be left without marks: a
job looks after them.
"""

from collections.abc import Iterable, Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.instruments.indexing import Description, Indexed, index
from storage.calls import browsing
from storage.calls import finding as store
from storage.calls.records import CallPillar, GrantCall
from storage.instruments import finding as vocabulary
from storage.pillars import Pillar

READ = 1500  # characters of a description: what a call is about stands at its beginning
AT_ONCE = 100


async def enter(session: AsyncSession, calls: Sequence[GrantCall]) -> None:
    """Have calls be found by what they say now. They must have been flushed. New ones that come
    by the hundred are left to the job."""
    if len(calls) > AT_ONCE:
        calls = [call for call in calls if call.marks]
    for start in range(0, len(calls), AT_ONCE):
        await _enter(session, calls[start : start + AT_ONCE])


async def is_behind(session: AsyncSession) -> bool:
    return bool(await store.unmarked(session, 1))


async def catch_up(session: AsyncSession) -> int:
    """Index some that nothing has indexed yet; how many there were."""
    calls = await store.among(session, await store.unmarked(session, AT_ONCE))
    await _enter(session, calls)
    return len(calls)


async def _enter(session: AsyncSession, calls: Sequence[GrantCall]) -> None:
    if calls:
        pillars = await browsing.pillars(session, [call.key for call in calls])
        indexed = [_indexed(call, _names(pillars.get(call.key, ()))) for call in calls]
        lines = [(call, each.line) for call, each in zip(calls, indexed, strict=True)]
        await store.enter(session, lines)
        await vocabulary.learn(session, _words(calls))


def _names(pillars: Iterable[tuple[Pillar, CallPillar]]) -> list[str]:
    return [name for pillar, _ in pillars for name in (pillar.name_cs, pillar.name_en)]


def _indexed(call: GrantCall, pillars: Iterable[str]) -> Indexed:
    return index(
        Description(
            names=[each for each in (call.title, call.title_cs) if each],
            models=[call.code],
            techniques=pillars,
            owners=[each for each in (call.programme, call.provider) if each],
            texts=[each for each in (call.description[:READ], call.note[:READ]) if each],
        )
    )


def _words(calls: Iterable[GrantCall]) -> frozenset[str]:
    """Those of titles and programmes: people type these, and may type them wrong."""
    said = (f"{call.title} {call.title_cs} {call.programme} {call.provider}" for call in calls)
    named = index(Description(names=list(said)))
    return frozenset(named.words)
