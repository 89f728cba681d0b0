"""An enquiry as either side reads it: what is wanted, how it stands, what can be done."""

from collections.abc import Iterator, Sequence

from bot.domain.instruments import asking, enquiries
from bot.domain.instruments.enquiries import Case, Look, Side
from bot.kit.buttons import Face, Rows, link
from bot.kit.context import Context
from bot.kit.routes import on
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts, gettext_noop
from handlers.equipment.enquiry_ways import (
    AskAlso,
    AskOutcome,
    BecomeKnown,
    Decline,
    Offer,
    OpenEnquiry,
    PassOn,
    TakeOver,
    Withdraw,
    WriteBack,
)
from handlers.equipment.listing import name_in
from handlers.links import ListEnquiries, way_back
from storage.instruments import Carried, Demand, Instrument
from storage.instruments.enquiries import Outcome, Reason, State
from storage.organisations import Kind, Organisation
from storage.people import Person

STATES = {
    State.WAITING: gettext_noop("waits for an answer"),
    State.TALKING: gettext_noop("being discussed"),
    State.OFFERED: gettext_noop("there is an offer"),
    State.DECLINED: gettext_noop("declined"),
    State.WITHDRAWN: gettext_noop("taken back"),
    State.UNANSWERED: gettext_noop("nobody answered"),
}
REASONS = {
    Reason.CAPACITY: gettext_noop("no capacity"),
    Reason.CANNOT: gettext_noop("the instrument cannot do it"),
    Reason.SAMPLES: gettext_noop("the samples do not suit"),
    Reason.OUT_OF_SERVICE: gettext_noop("out of service"),
    Reason.NOT_SHARED: gettext_noop("not offered to others"),
}
OUTCOMES = {
    Outcome.CONTRACT: gettext_noop("an order"),
    Outcome.RESEARCH: gettext_noop("joint research"),
    Outcome.NOT_YET: gettext_noop("nothing yet"),
    Outcome.NOTHING: gettext_noop("nothing"),
}
ASKERS = {
    Kind.LARGE: gettext_noop("large company"),
    Kind.SME: gettext_noop("SME"),
    Kind.UNIVERSITY: gettext_noop("university"),
    Kind.INSTITUTE: gettext_noop("research institute"),
    Kind.INFRASTRUCTURE: gettext_noop("research infrastructure"),
    Kind.OTHER: gettext_noop("other organisation"),
}
SHORT = 250  # characters of what was written, where there is more to show
EXCERPT = 700


@on(OpenEnquiry, reading=True)
async def open_enquiry(ctx: Context, press: OpenEnquiry) -> Screen:
    return await card_screen(ctx, press.enquiry_id)


async def card_screen(
    ctx: Context, enquiry_id: int, toast: str = "", *, alert: bool = False
) -> Screen:
    t = ctx.t
    look = await enquiries.look(ctx.session, enquiry_id, ctx.me, ctx.now)
    deeds = _asker_deeds(t, look) if look.side == Side.ASKER else owner_deeds(t, look)
    if look.side == Side.ASKER and look.case.enquiry.state in (State.DECLINED, State.UNANSWERED):
        deeds = (
            *deeds,
            *next_rows(t, look.case, await asking.next_ones(ctx.session, look.case, ctx.now)),
        )
    rows = (*deeds, *_contact(t, look), *way_back(t, ListEnquiries()))
    return Screen(card_text(t, look), rows, toast, alert)


def card_text(t: Texts, look: Look, lead: str = "") -> str:
    case = look.case
    return paragraphs(
        lead,
        title(t, case),
        demand_text(t, case.demand, EXCERPT if look.carried else enquiries.LONGEST),
        lines(*_who(t, look)),
        lines(*(_said(t, look, each) for each in look.carried)),
        lines(*_state(t, look)),
    )


def title(t: Texts, case: Case) -> str:
    if not case.enquiry.subject:
        return t("📣 <b>A question to all members</b>")
    return t("🔬 Enquiry about <b>{subject}</b>", subject=subject(t, case))


def subject(t: Texts, case: Case) -> str:
    """Plain; the name that the instrument had when it is gone."""
    if not case.enquiry.subject:
        return t.plain("a question to all members")
    return name_in(t, case.instrument) if case.instrument else case.enquiry.subject


def demand_text(t: Texts, demand: Demand, most: int = enquiries.LONGEST) -> str:
    if not demand.text:
        return t("<i>What was written has been erased.</i>")
    return lines(
        t("{words}", words=cut(demand.text, most)),
        t("🧪 {samples}", samples=demand.samples) if demand.samples else "",
        t("🕘 By {day}", day=t.date(demand.wanted_by))
        if demand.wanted_by
        else t("🕘 As soon as possible"),
        t("🔏 With an NDA") if demand.confidential else t("🔓 No NDA needed"),
    )


def cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}…"


def asked_by(t: Texts, organisation: Organisation | None) -> str:
    """As much as the owner may know."""
    if organisation is None:
        return t.plain("the cluster's team")
    kind = t.plain(ASKERS[Kind(organisation.kind)])
    return t.plain("a member of the cluster ({kind})", kind=kind)


def identity(t: Texts, person: Person, organisation: Organisation | None) -> str:
    if organisation is None:
        return t("👤 <b>{name}</b>", name=person.name)
    return t("👤 <b>{name}</b>, {where}", name=person.name, where=organisation.name)


def _who(t: Texts, look: Look) -> Iterator[str]:
    case = look.case
    if look.side == Side.ASKER:
        if case.owner is not None:
            yield t("🏢 {owner}", owner=case.owner.name)
        if case.known_to_each_other and case.holder is not None:
            yield identity(t, case.holder, case.holder_from)
        return
    if case.known_to_each_other:
        yield identity(t, case.asker, case.asker_from)
    else:
        yield t("Asked by {who}.", who=asked_by(t, case.asker_from))
    if case.enquiry.subject and not case.still_shown:
        yield t("⚠️ The instrument is not in the database any more.")
    if case.holder is not None and not look.mine:
        yield t("🙋 {name} is dealing with it.", name=case.holder.name)


def _said(t: Texts, look: Look, words: Carried) -> str:
    mine = words.from_asker == (look.side == Side.ASKER)
    text = cut(words.text, SHORT) or "–"
    if mine:
        return t("➡️ <i>{words}</i>", words=text)
    return t("⬅️ {words}", words=text)


def _state(t: Texts, look: Look) -> Iterator[str]:
    enquiry = look.case.enquiry
    state = t.plain(STATES[State(enquiry.state)])
    if enquiry.reason is not None:
        state = f"{state} – {t.plain(REASONS[Reason(enquiry.reason)])}"
    yield t("<b>State:</b> {state}", state=state)
    if enquiry.outcome is not None:
        yield t("<b>Outcome:</b> {outcome}", outcome=t.plain(OUTCOMES[Outcome(enquiry.outcome)]))
    agreed = enquiry.asker_agrees if look.side == Side.ASKER else enquiry.owner_agrees
    if agreed and enquiry.live and not look.case.known_to_each_other:
        yield t("🤝 You agree to be known. I wait for the other side.")


def owner_deeds(t: Texts, look: Look) -> Rows:
    enquiry = look.case.enquiry
    key = enquiry.key
    if not enquiry.live:
        return ()
    if look.case.holder is not None and not look.mine:
        over = TakeOver(key).labelled(t.label("🙋 Take it over"))
        return ((over,), *_pass_on(t, look))
    first: tuple[Face, ...] = (Offer(key).labelled(t.label("💰 Offer"), "success"),)
    ask = t.label("💬 Ask") if enquiry.first_answer_at is None else t.label("💬 Write")
    second: tuple[Face, ...] = (
        WriteBack(key).labelled(ask),
        Decline(key).labelled(t.label("❌ Decline")),
    )
    known: Rows = ()
    if enquiry.first_answer_at is not None and not enquiry.owner_agrees:
        known = ((BecomeKnown(key).labelled(t.label("🤝 Reveal contact")),),)
    return (first, second, *known, *_pass_on(t, look))


def _pass_on(t: Texts, look: Look) -> Rows:
    if not look.manages:
        return ()
    return ((PassOn(look.case.enquiry.key).labelled(t.label("↪️ Pass on")),),)


def _asker_deeds(t: Texts, look: Look) -> Rows:
    enquiry = look.case.enquiry
    key = enquiry.key
    answered = enquiry.state in (State.TALKING, State.OFFERED)
    rows: list[tuple[Face, ...]] = []
    if enquiry.live and answered:
        rows.append((WriteBack(key).labelled(t.label("💬 Write"), "primary"),))
        if not enquiry.asker_agrees:
            rows.append((BecomeKnown(key).labelled(t.label("🤝 Reveal contact")),))
    last: list[Face] = []
    if answered:
        last.append(AskOutcome(key).labelled(t.label("🏁 What came of it")))
    if enquiry.live:
        last.append(Withdraw(key).labelled(t.label("↩️ Take back")))
    return (*rows, tuple(last)) if last else tuple(rows)


def _contact(t: Texts, look: Look) -> Rows:
    """A way to write to the other side directly, once both agree."""
    case = look.case
    other = case.holder if look.side == Side.ASKER else case.asker
    if not case.known_to_each_other or other is None or not other.username:
        return ()
    return (
        (
            link(
                t.label("✉️ Write to @{name}", name=other.username),
                f"https://t.me/{other.username}",
            ),
        ),
    )


def next_rows(t: Texts, case: Case, found: Sequence[Instrument]) -> Rows:
    return tuple(
        (
            AskAlso(case.demand.key, each.key).labelled(
                t.label("💬 Ask: {name}", name=name_in(t, each))
            ),
        )
        for each in found
    )


def to_card(t: Texts, case: Case) -> Face:
    return OpenEnquiry(case.enquiry.key).labelled(t.label("📄 Open the enquiry"))
