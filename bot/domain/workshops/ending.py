"""An event that will not take place, or ends before its time; who would come is to be told."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.refusals import Gone
from bot.domain.workshops import leading, reminders
from bot.domain.workshops.changing import Change, Editor, require
from bot.domain.workshops.planning import locked
from bot.domain.workshops.queue import TooLate
from storage.workshops import Event, Slot, State, Workshop, endings


@dataclass(frozen=True, slots=True)
class Ending:
    """An event that ran: `dropped` are its parts that will not take place any more."""

    before: Event
    after: Event
    dropped: tuple[Slot, ...]
    person_ids: Sequence[int]  # who had a place in what was dropped, or in what was going on


async def cancel(editor: Editor) -> Change:
    """It will not take place. Twice is as good as once.

    Raises `TooLate` when it has begun: what was is not undone, so it can only be ended.
    """

    async def act(workshop: Workshop) -> None:
        if workshop.state == State.DRAFT:
            raise Gone
        workshop.state = State.CANCELLED

    event = await _mine(editor)
    if event.state == State.CANCELLED:
        return Change(event, event, 0)
    if event.starts_at <= editor.now:
        raise TooLate
    return await editor.edit("cancel", act)


async def end_early(editor: Editor) -> Ending:
    """What goes on ends now, and what has not begun will not take place; the rest stays as it was,
    with all that is known of who came. Raises `TooLate` before it starts and after it ended."""
    before = await _mine(editor)
    await require(editor.session, before, editor.me, editor.now)
    if before.state != State.PUBLISHED or before.starts_at > editor.now:
        raise TooLate
    running = [part for part in before.parts if part.starts_at <= editor.now < part.ends_at]
    dropped = tuple(part for part in before.parts if part.starts_at > editor.now)
    concerned = [part.id for part in (*running, *dropped)]
    person_ids = await endings.people_in(editor.session, concerned)
    for slot in running:
        part = await editor.part(slot.id)
        part.ends_at = editor.now
    await editor.session.flush()
    await endings.drop_parts(editor.session, [part.id for part in dropped])
    await endings.next_sequence(editor.session, before.id)
    after = await locked(editor.session, before.id)
    await reminders.replan(editor.session, after, editor.zone, editor.now)
    await editor.record("end_early", dropped=len(dropped), people=len(person_ids))
    return Ending(before, after, dropped, person_ids)


async def _mine(editor: Editor) -> Event:
    event = await locked(editor.session, editor.workshop_id)
    await leading.require_change(editor.session, event, editor.me, editor.now)
    return event
