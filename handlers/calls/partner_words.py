"""What is sought, who seeks and who answers, in words: no names until both have said yes."""

from collections.abc import Iterator

from bot.domain.calls.partner_search import Reply, Search
from bot.kit.buttons import Face, Rows, link
from bot.kit.screens import lines
from bot.kit.texts import Texts, gettext_noop
from handlers.calls.bid_ways import TurnDown, WantPartner
from storage.calls.bids import Role
from storage.organisations import Kind, Organisation
from storage.people import Person

ROLES = {
    Role.PARTNER: gettext_noop("partner"),
    Role.COORDINATOR: gettext_noop("coordinator"),
    Role.SUBCONTRACTOR: gettext_noop("subcontractor"),
}
KINDS = {
    Kind.LARGE: gettext_noop("large company"),
    Kind.SME: gettext_noop("SME"),
    Kind.UNIVERSITY: gettext_noop("university"),
    Kind.INSTITUTE: gettext_noop("research institute"),
    Kind.INFRASTRUCTURE: gettext_noop("research infrastructure"),
    Kind.OTHER: gettext_noop("other organisation"),
}


def wish(t: Texts, role: Role, share: int | None, what: str) -> str:
    """In HTML; what has been emptied says so."""
    return lines(*_wish(t, role, share, what))


def _wish(t: Texts, role: Role, share: int | None, what: str) -> Iterator[str]:
    yield t("🔎 Wanted: <b>{role}</b>", role=t.plain(ROLES[role]))
    if share is not None:
        yield t("💰 About {share} % of the budget", share=share)
    if what:
        yield t("💬 {words}", words=what)
    else:
        yield t("<i>What was written has been erased.</i>")


def sought(t: Texts, search: Search) -> str:
    row = search.row
    return wish(t, Role(row.role), row.share, row.what)


def kind(t: Texts, organisation: Organisation) -> str:
    """Plain."""
    return t.plain(KINDS[Kind(organisation.kind)])


def member(t: Texts, organisation: Organisation) -> str:
    """Plain: as much as may be known."""
    return t.plain("a member of the cluster ({kind})", kind=kind(t, organisation))


def identity(t: Texts, person: Person, organisation: Organisation) -> str:
    """Who has no username is reached by a tap on the name: both have written to the bot."""
    name, where = person.name, organisation.name
    if person.username or person.telegram_id is None:
        return t("👤 <b>{name}</b>, {where}", name=name, where=where)
    key = person.telegram_id
    return t('👤 <a href="tg://user?id={id}">{name}</a>, {where}', id=key, name=name, where=where)


def contact(t: Texts, person: Person) -> Rows:
    """A way to write to them directly."""
    if not person.username:
        return ()
    label = t.label("✉️ Write to @{name}", name=person.username)
    return ((link(label, f"https://t.me/{person.username}"),),)


def replies(t: Texts, search: Search) -> Iterator[str]:
    """How those who were asked have answered."""
    for each in search.met:
        yield t("✅ {who}", who=identity(t, each.person, each.organisation))
    for each in search.willing:
        yield t("👍 Interested: {who}", who=member(t, each.organisation))
    if search.waiting:
        yield t.n("⏳ {n} has not answered", "⏳ {n} have not answered", search.waiting)
    if search.declined:
        yield t.n("✖️ {n} said no", "✖️ {n} said no", search.declined)


def answered(t: Texts, reply: Reply, *, live: bool) -> str:
    """To who was asked: how it stands."""
    row = reply.asked
    if row.met_at is not None:
        return t("🤝 You both said yes.")
    if row.wanted is False:
        return t("🙏 They have chosen somebody else. Thank you for your yes.")
    if not live:
        return t("🏁 This search has ended.")
    if row.willing:
        return t("👍 You said yes. Names are shown once the other side says yes, too.")
    if row.willing is False:
        return t("✖️ You said no. You can still change your mind.")
    return t("You learn who asks, and they who you are, only if you both say yes.")


def settling(t: Texts, search: Search, reply: Reply) -> tuple[Face, ...]:
    """The other yes, or no."""
    key, person = search.row.key, reply.person.key
    label = t.label("🤝 Reveal: {kind}", kind=kind(t, reply.organisation))
    return (
        WantPartner(key, person).labelled(label, "success"),
        TurnDown(key, person).labelled(t.label("No, thanks")),
    )
