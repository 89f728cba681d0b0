"""What kinds and states of calls are called, and deadlines in words."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from itertools import groupby
from zoneinfo import ZoneInfo

from bot.kit.texts import Texts, gettext_noop
from storage.calls.records import Basis, Deadline, GrantCall, Kind, Purpose, State

KINDS = {
    Kind.NATIONAL: gettext_noop("national"),
    Kind.EUROPEAN: gettext_noop("European"),
    Kind.REGIONAL: gettext_noop("regional"),
    Kind.VOUCHER: gettext_noop("vouchers"),
    Kind.INTERNATIONAL: gettext_noop("international"),
}
SINGLE = {  # the same of one call
    Kind.NATIONAL: gettext_noop("national call"),
    Kind.EUROPEAN: gettext_noop("European call"),
    Kind.REGIONAL: gettext_noop("regional call"),
    Kind.VOUCHER: gettext_noop("voucher"),
    Kind.INTERNATIONAL: gettext_noop("international call"),
}
STATES = {
    State.FORECAST: gettext_noop("🔭 forecast"),
    State.OPEN: gettext_noop("🟢 open"),
    State.CLOSED: gettext_noop("⚪️ closed"),
    State.CANCELLED: gettext_noop("❌ cancelled"),
}
PURPOSES = {
    Purpose.CIVIL: gettext_noop("civil use only"),
    Purpose.DEFENCE: gettext_noop("defence"),
    Purpose.DUAL: gettext_noop("civil and defence"),
}
BASES = {
    Basis.SUPPORT: gettext_noop("the support"),
    Basis.COSTS: gettext_noop("all costs of a project"),
}
PROVIDERS = {"European Commission": gettext_noop("European Commission")}


def title_in(t: Texts, call: GrantCall) -> str:
    """Plain, in the reader's language where we know it."""
    return (call.title_cs if t.language == "cs" else "") or call.title


def origin(t: Texts, call: GrantCall) -> str:
    """Plain: its programme, who gives the money, and its kind; what the title says already is left
    out."""
    provider = t.plain(PROVIDERS.get(call.provider, call.provider)) if call.provider else ""
    named = (programme(t, call), provider, t.plain(SINGLE[call.kind]))
    return " · ".join(dict.fromkeys(each for each in named if each))


def programme(t: Texts, call: GrantCall) -> str:
    """Plain; empty where the title begins with it."""
    repeated = title_in(t, call).casefold().startswith(call.programme.casefold())
    return "" if repeated else call.programme


def day_of(t: Texts, deadline: Deadline) -> str:
    """„pátek 14. 5. 2027": where no hour is known, the day is that of the deadline's own zone."""
    return t.day(_noon(t, deadline))


def hour_of(t: Texts, deadline: Deadline) -> str:
    """„12:00", or that the call says it."""
    return t.time(deadline.at) if deadline.hour_known else t.plain("time in the call")


def left(t: Texts, deadline: Deadline, now: datetime) -> str:
    """„za 12 dní"; what is over says so."""
    if deadline.at <= now:
        return t.plain("over")
    last = _noon(t, deadline).astimezone(t.zone).date()
    days = (last - now.astimezone(t.zone).date()).days
    if days <= 0:
        return t.plain("today")
    return t.plain("tomorrow") if days == 1 else t.plain_n("in {n} day", "in {n} days", days)


def day_and_hour(t: Texts, deadline: Deadline) -> str:
    """„pátek 14. 5. 2027 12:00", plain; without an hour where none is known."""
    day = day_of(t, deadline)
    return f"{day} {t.time(deadline.at)}" if deadline.hour_known else day


def short(t: Texts, deadline: Deadline, now: datetime) -> str:
    """„pátek 14. 5. 2027 12:00 · za 12 dní", plain, for a list."""
    return f"{day_and_hour(t, deadline)} · {left(t, deadline, now)}"


def deadlines(t: Texts, every: Sequence[Deadline], now: datetime) -> Iterator[str]:
    """Lines in HTML, one a day: two on the same day stand beside each other."""
    ordered = sorted(every, key=lambda each: (_noon(t, each), each.at, each.what))
    for _, group in groupby(ordered, key=lambda each: _noon(t, each)):
        same_day = list(group)
        yield _day(t, same_day, now)


def _day(t: Texts, same_day: Sequence[Deadline], now: datetime) -> str:
    """One that is over or read from prose says so; the same hour is said once."""
    last = same_day[-1]
    said = dict.fromkeys(_hour_and_what(t, each) for each in same_day)
    doubt = "" if all(each.sure for each in same_day) else t.plain("not confirmed yet")
    values = {"day": day_of(t, last), "said": "; ".join(said), "left": left(t, last, now)}
    if last.at <= now:
        return t("⏳ <s>{day}, {said}</s>", **values)
    if doubt:
        return t("⏳ <b>{day}</b>, {said} · {left} ({doubt})", doubt=doubt, **values)
    return t("⏳ <b>{day}</b>, {said} · {left}", **values)


def _hour_and_what(t: Texts, deadline: Deadline) -> str:
    hour = hour_of(t, deadline)
    return f"{hour} – {deadline.what}" if deadline.what else hour


def _noon(t: Texts, deadline: Deadline) -> datetime:
    """Of its day, in the reader's zone."""
    zone = t.zone if deadline.hour_known else ZoneInfo(deadline.zone)
    return datetime.combine(deadline.at.astimezone(zone).date(), time(12), t.zone)
