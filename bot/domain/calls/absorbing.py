"""What one source says of a call goes into it, field by field.

A source changes a value that it agreed with before, and fills in what nobody has said. What it
says against others, or against what somebody on the team has set, becomes a proposal; so does
what was read from prose. What it says again is no news, whatever the call says by now.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.domain.calls import changes, dues, identity, values
from bot.domain.calls.changes import Held
from bot.domain.calls.found import Due, Found
from bot.domain.calls.values import DEADLINES, DESCRIPTION, FIELDS, GUESSES, LINK, STATE, TITLE
from storage.calls.history import Proposal
from storage.calls.records import State

RUNS = 3  # readings without a call before it counts as gone
MONEY = ("budget", "support_least", "support_most")
# Worth the manager's time where sources contradict each other.
WEIGHTY = frozenset(
    {
        *(STATE, DEADLINES, "opens_at", "budget", "support_least", "support_most", "basis"),
        *("rate", "applicants", "regions", "regions_out", "purpose", "czech_money"),
        *("partners", "trl_least", "trl_most"),
    }
)


@dataclass(slots=True)
class Absorbing(Held):
    """A call while sources are read."""

    proposals: list[Proposal] = field(default_factory=list)  # settled ones too
    described: bool = False  # what it is about has changed, so it has to be judged
    made: list[Proposal] = field(default_factory=list)
    outdated: list[Proposal] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Voice:
    """One source and what it says of the call, now and when it was last read."""

    source_id: int
    found: Found
    says: Mapping[str, Any]
    said: Mapping[str, Any]
    copy: bool  # of what the same source says of the call elsewhere: nothing to argue about
    now: datetime

    def is_new(self, name: str) -> bool:
        return values.says(self.says.get(name)) and self.says[name] != self.said.get(name)


def absorb(into: Absorbing, voice: Voice) -> None:
    call = into.call
    was_gone, opened = call.gone_runs >= RUNS, call.opens_at
    call.checked_at, call.gone_runs = voice.now, 0
    _take_words(into, voice)
    for name in FIELDS:
        if name != STATE and voice.is_new(name) and not _other_money(name, into, voice):
            _take_value(into, voice, name)
    moved = _take_deadlines(into, voice) or was_gone or into.fresh or call.opens_at != opened
    _take_state(into, voice, moved=moved)
    for guess in voice.found.guesses:
        _take_guess(into, voice, guess.field, guess.value, guess.snippet)


def _take_value(into: Absorbing, voice: Voice, name: str) -> None:
    present = values.of_call(into.call, name)
    if present == voice.says[name]:
        return
    if _may_change(into, voice, name, present):
        value = values.typed(name, voice.says[name])
        changes.put(into, name, value, voice.source_id, voice.now)
        _outdate(into, voice, name, None)
    else:
        _contradict(into, voice, name)


def _may_change(into: Absorbing, voice: Voice, name: str, present: Any) -> bool:
    if name in into.call.by_hand:
        return False
    return (into.fresh and name == "kind") or present is None or voice.said.get(name) == present


def _other_money(name: str, into: Absorbing, voice: Voice) -> bool:
    """Euros are not compared with crowns."""
    currency = voice.says.get("currency", into.call.currency)
    return name in MONEY and bool(into.call.currency) and currency != into.call.currency


def _take_deadlines(into: Absorbing, voice: Voice) -> bool:
    """Whether they are others now."""
    new = voice.found.deadlines
    if not new or not voice.is_new(DEADLINES):
        return False
    present = [values.due_of(each) for each in into.sure]
    said = values.typed(DEADLINES, voice.said.get(DEADLINES, []))
    agreed = not present or _agreed(said, present, voice.now)
    if dues.agree(new, present):
        agreed = not voice.copy and dues.adds_hours(new, present)
        if not agreed:
            return False
    if not agreed or DEADLINES in into.call.by_hand:
        _contradict(into, voice, DEADLINES)
        return False
    changes.put_deadlines(into, new, voice.source_id, voice.now)
    _outdate(into, voice, DEADLINES, None)
    return True


def _agreed(said: Sequence[Due], present: Sequence[Due], now: datetime) -> bool:
    """What is over may be left out by a source, and is kept by us."""
    if not said:
        return False
    to_come = [[due for due in each if due.at > now] for each in (said, present)]
    return dues.agree(said, present) or dues.agree(*to_come)


def _take_state(into: Absorbing, voice: Voice, *, moved: bool) -> None:
    """`moved`: its dates have changed, or it was gone and is there again."""
    call, news = into.call, voice.is_new(STATE)
    again = State.OPEN if moved and call.state == State.CLOSED else call.state
    said = State(voice.says.get(STATE, again))
    new = changes.state_by_dates(call, said, voice.now)
    if new == call.state:
        return
    opens = call.state == State.FORECAST and new == State.OPEN
    agreed = moved or opens or voice.said.get(STATE) in (None, call.state)
    if STATE in call.by_hand or (news and not agreed):
        if news:
            _contradict(into, voice, STATE)
    elif news or moved or opens:
        changes.put(into, STATE, new, voice.source_id, voice.now)


def _take_words(into: Absorbing, voice: Voice) -> None:
    """Title, description and link, in the language that our readers read."""
    call, found = into.call, voice.found
    better = identity.is_for_people(found.language) and not identity.is_for_people(call.language)
    if better and TITLE not in call.by_hand:
        call.title, call.language = found.title, found.language
        call.description = found.description or call.description
        into.described = True
    elif found.language == "cs" != call.language:
        _put_words(into, voice, "title_cs", found.title, voice.said.get(TITLE))
    elif found.language == call.language or not found.language:
        _put_words(into, voice, TITLE, found.title, voice.said.get(TITLE))
        _put_description(into, voice)
    _put_words(into, voice, LINK, found.link, voice.said.get(LINK))


def _put_words(into: Absorbing, voice: Voice, name: str, new: str, said: str | None) -> None:
    present = getattr(into.call, name)
    if not new or new in (present, said) or name in into.call.by_hand:
        return
    if not present or said == present:
        changes.put(into, name, new, voice.source_id, voice.now)
        into.described = into.described or name != LINK


def _put_description(into: Absorbing, voice: Voice) -> None:
    new, present = voice.found.description, into.call.description
    if not voice.is_new(DESCRIPTION) or DESCRIPTION in into.call.by_hand or new == present:
        return
    if not present or voice.said.get(DESCRIPTION) == values.mark(present):
        changes.put(into, DESCRIPTION, new, voice.source_id, voice.now)
        into.described = True


def _take_guess(into: Absorbing, voice: Voice, name: str, value: Any, snippet: str) -> None:
    if name not in FIELDS and name != DEADLINES:
        return
    new, said = values.plain(value), voice.said.get(GUESSES, {}).get(name)
    known = bool(into.sure) if name == DEADLINES else values.of_call(into.call, name) is not None
    if not values.says(new) or new == said or (known and said is None):
        return
    if name == DEADLINES and not into.sure:
        changes.put_deadlines(into, value, voice.source_id, voice.now, sure=False)
    if new != _present(into, name):
        _propose(into, voice, name, new, snippet)


def _present(into: Absorbing, name: str) -> Any:
    if name == DEADLINES:
        return values.of_deadlines(into.sure)
    return values.of_call(into.call, name)


def _contradict(into: Absorbing, voice: Voice, name: str) -> None:
    if name in WEIGHTY and not voice.copy:
        _propose(into, voice, name, voice.says[name], "")


def _propose(into: Absorbing, voice: Voice, name: str, value: Any, snippet: str) -> None:
    """Once for each value: what was refused does not come again."""
    _outdate(into, voice, name, value)
    if any(each.field == name and each.value == value for each in into.proposals):
        return
    proposal = Proposal(
        call_id=into.call.id or 0,
        source_id=voice.source_id,
        field=name,
        value=value,
        snippet=snippet,
        made_at=voice.now,
    )
    into.made.append(proposal)
    into.proposals.append(proposal)


def _outdate(into: Absorbing, voice: Voice, name: str, value: Any) -> None:
    """The source says something else by now, so nobody needs to decide on what it said."""
    for each in list(into.proposals):
        same = each.field == name and each.source_id == voice.source_id
        if same and each.settled_at is None and each.value != value:
            into.proposals.remove(each)
            if each in into.made:
                into.made.remove(each)
            else:
                into.outdated.append(each)
