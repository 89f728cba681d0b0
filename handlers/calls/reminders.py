"""Deadlines that come near, in one message a person: the call's own, and those of the cluster."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from bot.domain.calls import reminding
from bot.domain.calls.reminding import Coming, Reminded
from bot.kit.buttons import Rows
from bot.kit.context import Desk
from bot.kit.routes import job
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.calls import listing, terms
from handlers.calls.bid_ways import HandIn
from handlers.calls.ways import StopFollowing
from handlers.links import OpenCall, home
from storage.calls.bids import Handed
from storage.calls.records import Deadline, GrantCall

MOST = 5  # calls with buttons of their own
SHORT = 24  # characters of a title on one


@job("calls.reminders", every=timedelta(seconds=15))
async def remind(desk: Desk) -> None:
    zone = desk.house.cluster.zone
    await reminding.plan_due(desk.session, zone, desk.now)
    for each in await reminding.remind(desk.session, zone, desk.now):
        screen = reminder_screen(desk.texts_of(each.person), each, desk.now)
        key = f"cr{each.key}:p{each.person.key}"
        last = max(coming.at for coming in each.coming)
        desk.tell(each.person, screen, key=key, expires_at=last)


def reminder_screen(t: Texts, reminded: Reminded, now: datetime) -> Screen:
    by_call = _by_call(reminded.coming)
    if len(by_call) == 1:
        (alone,) = by_call
        title = t("⏰ <b>{title}</b>", title=_title(t, alone[0]))
        return Screen(lines(title, *_whens(t, *alone, now)), _deeds(t, alone[0]))
    parts = [
        lines(
            t("<b>{place}. {title}</b>", place=place, title=_title(t, call)),
            *_whens(t, call, coming, now),
        )
        for place, (call, coming) in enumerate(by_call, 1)
    ]
    head = t.n("⏰ <b>{n} deadline</b>", "⏰ <b>{n} deadlines</b>", len(reminded.coming))
    opening = [
        OpenCall(call.key).labelled(f"{place}. {listing.cut(terms.title_in(t, call), SHORT)}")
        for place, (call, _) in enumerate(by_call[:MOST], 1)
    ]
    return Screen(paragraphs(head, *parts), (*((face,) for face in opening), (home(t),)))


def _by_call(coming: Sequence[Coming]) -> list[tuple[GrantCall, list[Coming]]]:
    """In the order of their first deadlines."""
    calls = {each.call.key: each.call for each in coming}
    return [
        (call, [each for each in coming if each.call.key == key]) for key, call in calls.items()
    ]


def _title(t: Texts, call: GrantCall) -> str:
    return listing.cut(terms.title_in(t, call), listing.WHOLE)


def _whens(t: Texts, call: GrantCall, coming: Sequence[Coming], now: datetime) -> Iterator[str]:
    """Those within the cluster come first."""
    yield from (_internal(t, call, one.at, now) for one in coming if one.internal)
    yield from terms.deadlines(t, [each for one in coming for each in one.deadlines], now)


def _internal(t: Texts, call: GrantCall, at: datetime, now: datetime) -> str:
    row = Deadline(call_id=call.key, at=at, zone=str(t.zone), hour_known=True)
    left, moment = terms.left(t, row, now), t.moment(at)
    if call.internal_what:
        return t("📌 Within the cluster by <b>{moment}</b> · {left}: {what}",
                 moment=moment, left=left, what=call.internal_what)  # fmt: skip
    return t("📌 Within the cluster by <b>{moment}</b> · {left}", moment=moment, left=left)


def _deeds(t: Texts, call: GrantCall) -> Rows:
    look = OpenCall(call.key).labelled(t.label("💶 Open the call"))
    handed = HandIn(call.key, Handed.SUBMITTED).labelled(t.label("📮 We have handed it in"))
    stop = StopFollowing(call.key).labelled(t.label("🔕 Stop following"))
    return ((look,), (handed, stop), (home(t),))
