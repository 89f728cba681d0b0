"""How long we keep what has served its purpose."""

from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain import search
from bot.domain.attention import traces as pushes
from bot.domain.calls import alert_traces, bid_traces
from bot.domain.groups import chat_traces, dates, marking, people_traces, topic_traces
from bot.domain.instruments import keeping, traces
from bot.domain.letters import traces as letters
from storage import drafts, errands, files, inbox, outbox
from storage.workshops import check_ins, handovers, registration

LETTERS = timedelta(days=30)  # what people wrote to us and what we wrote to them
GROUPS = timedelta(days=2)  # so far back it is looked what was said in groups
FILES = timedelta(days=2)  # made for one message; Telegram keeps it from then on
DRAFTS = timedelta(days=7)  # half-filled forms
ANSWERS = timedelta(days=14)  # to an organiser's questions, after the event
EVIDENCE = timedelta(days=3653)  # who was at an event that a project paid for


async def prune(session: AsyncSession, now: datetime) -> None:
    await inbox.hush(session, now - GROUPS)
    await inbox.prune(session, now - LETTERS)
    await outbox.prune(session, now - LETTERS)
    await errands.prune(session, now - LETTERS)
    await files.prune(session, now - FILES)
    await drafts.prune(session, now - DRAFTS)
    await search.prune(session, now)
    await pushes.prune(session, now)
    await alert_traces.prune(session, now)
    await bid_traces.prune(session, now)
    await people_traces.prune(session, now)
    await topic_traces.prune(session, now)
    await dates.prune(session, now)
    await marking.prune(session, now)
    await keeping.prune(session, now)
    await traces.prune(session, now)
    await chat_traces.prune(session, now)
    await letters.prune(session, now)
    await handovers.prune(session, now - LETTERS)
    await registration.prune(session, now - ANSWERS)
    await check_ins.drop_names(session, now - EVIDENCE)
