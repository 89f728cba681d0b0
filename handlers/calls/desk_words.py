"""What the desk's heaps, reasons and fields are called, and what is wrong with what was typed."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from bot.domain.calls import editing
from bot.domain.calls.cells import Fault, Wrong
from bot.domain.calls.settling import Why
from bot.kit.texts import Texts, gettext_noop
from handlers.calls import terms
from handlers.calls.differences import FIELDS, MONEY, value_in_words
from storage.calls.desk import Heap, Order
from storage.calls.records import GrantCall, Stage

HEAPS = {
    Heap.WAITING: gettext_noop("🆕 Waiting"),
    Heap.DEFENCE: gettext_noop("🛡 Defence"),
    Heap.DRAFTS: gettext_noop("📝 Drafts"),
    Heap.PROPOSALS: gettext_noop("❓ To confirm"),
    Heap.SENT: gettext_noop("📨 Sent"),
    Heap.DECLINED: gettext_noop("🚫 Not for us"),
}
EMPTY = {
    Heap.WAITING: gettext_noop("No new call waits. I will bring them as sources are read."),
    Heap.DEFENCE: gettext_noop("No call of a defence programme waits."),
    Heap.DRAFTS: gettext_noop(
        "There is no draft. Send me a link, a PDF or the text of a call and I will make one."
    ),
    Heap.PROPOSALS: gettext_noop("There is nothing to confirm."),
    Heap.SENT: gettext_noop("No call has been sent yet."),
    Heap.DECLINED: gettext_noop("No call has been put aside."),
}
ORDERS = {
    Order.DEADLINE: gettext_noop("by deadline"),
    Order.TOPIC: gettext_noop("by topic"),
    Order.NEWEST: gettext_noop("newest first"),
    Order.PROGRAMME: gettext_noop("by programme"),
}
STAGES = {
    Stage.QUIET: gettext_noop("🔕 Of no pillar: found by searching, brought to nobody."),
    Stage.DRAFT: gettext_noop("📝 Draft"),
    Stage.WAITING: gettext_noop("🆕 Waits for the manager's yes"),
    Stage.SENT: gettext_noop("📨 Sent {day}"),
    Stage.DECLINED: gettext_noop("🚫 Not for us: {why}"),
}
WHYS = {
    Why.FIELD: gettext_noop("another field"),
    Why.NOT_ELIGIBLE: gettext_noop("we may not apply"),
    Why.TOO_LATE: gettext_noop("too late"),
    Why.TOO_SMALL: gettext_noop("too small"),
    Why.CONDITIONS: gettext_noop("its conditions"),
    Why.NO_CALL: gettext_noop("no call at all"),
}
LANGUAGES = {"cs": gettext_noop("Czech"), "en": gettext_noop("English")}
ANSWERS = {editing.YES: gettext_noop("yes"), editing.NO: gettext_noop("no")}
OTHERS = {"trl": "TRL", "language": gettext_noop("Language of the call")}
HINTS = {
    "title_cs": gettext_noop("As Czech readers are to see it."),
    "description": gettext_noop("The call's own words. The pillars are recognised by them."),
    "link": gettext_noop("It begins with https://"),
    "budget": gettext_noop("For example <code>2.5 mil. CZK</code> or <code>3 M€</code>"),
    "support_least": gettext_noop("For example <code>500 000 Kč</code>"),
    "support_most": gettext_noop("For example <code>40 mil. Kč</code>"),
    "rate": gettext_noop("The highest that anybody gets, for example <code>70 %</code>"),
    "partners": gettext_noop("The fewest that must bid together, for example <code>3</code>"),
    "trl": gettext_noop("For example <code>4–7</code>"),
    "opens_at": gettext_noop("For example <code>5. 4. 2027</code>"),
}


def field(t: Texts, name: str) -> str:
    """Plain."""
    return t.plain(FIELDS.get(name) or OTHERS.get(name, name))


def value(t: Texts, name: str, said: Any, call: GrantCall, currency: str = "") -> str:
    """Plain; `said` is as `bot.domain.calls.values` has it, empty for what nobody has said.
    Amounts are in the call's currency, if in no other."""
    if said is None:
        return ""
    if name in MONEY and currency:
        return t.money(said, currency)
    return value_in_words(t, name, said, call)


def options(t: Texts, name: str) -> list[tuple[str, str]]:
    """The values that a field may have, with their labels."""
    names: Mapping[str, Mapping[Any, str]] = {
        "kind": terms.SINGLE,
        "state": terms.STATES,
        "purpose": terms.PURPOSES,
        "basis": terms.BASES,
        "language": LANGUAGES,
        "currency": {each: each for each in editing.CURRENCIES},
        "czech_money": ANSWERS,
        "continuous": ANSWERS,
    }
    known = names[name]
    unknown = t.label("not known")
    return [
        (each, t.label(known[each]) if each in known else unknown)
        for each in map(str, editing.CHOICES[name])
    ]


def wrong(t: Texts, fault: Fault) -> str:
    """HTML: what cannot be used, and what could."""
    match fault.wrong:
        case Wrong.EMPTY:
            return t("Please write it as a text.")
        case Wrong.TOO_LONG:
            return t("Please write a text of at most {n} characters.", n=fault.limit)
        case Wrong.NO_AMOUNT:
            return t("I cannot read this amount. For example <code>2.5 mil. CZK</code>")
        case Wrong.TOO_MUCH:
            return t("That is more than {n}. Is there not a zero too many?",
                     n=t.number(fault.limit))  # fmt: skip
        case Wrong.NO_RATE:
            return t("A rate is from 1 to 100 %, for example <code>70 %</code>")
        case Wrong.NO_NUMBER:
            return t("Please write a number from 1 to {n}.", n=fault.limit)
        case Wrong.NO_TRL:
            return t("TRL is from 1 to 9, for example <code>4–7</code>")
        case Wrong.NO_LINK:
            return t("This is no link. It looks like this: {x}", x="https://example.org/call")
        case Wrong.LEAST_OVER_MOST:
            return t("The least would be more than the most. Please look at both.")


def plainly_wrong(t: Texts, fault: Fault) -> str:
    """The same over the chat, where no markup is read."""
    return Markup(wrong(t, fault)).striptags()
