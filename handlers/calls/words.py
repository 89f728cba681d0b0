"""Who may apply, where, and why a call fits or does not, in the reader's words."""

from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup

from bot.domain.calls import regions as places
from bot.domain.calls.eligibility import Applicant, Stop
from bot.domain.calls.fit import Reason
from bot.kit.texts import Texts, gettext_noop

APPLICANTS = {
    Applicant.ANYBODY: gettext_noop("anybody"),
    Applicant.COMPANY: gettext_noop("companies of any size"),
    Applicant.MICRO: gettext_noop("micro companies"),
    Applicant.SMALL: gettext_noop("small companies"),
    Applicant.MEDIUM: gettext_noop("medium companies"),
    Applicant.SME: gettext_noop("SMEs"),
    Applicant.MIDCAP: gettext_noop("small mid-caps"),
    Applicant.LARGE: gettext_noop("large companies"),
    Applicant.STARTUP: gettext_noop("start-ups"),
    Applicant.SELF_EMPLOYED: gettext_noop("the self-employed"),
    Applicant.UNIVERSITY: gettext_noop("universities"),
    Applicant.RESEARCH_ORG: gettext_noop("research organisations"),
    Applicant.CLUSTER: gettext_noop("clusters"),
    Applicant.MUNICIPALITY: gettext_noop("municipalities"),
    Applicant.REGION: gettext_noop("regional authorities"),
    Applicant.STATE: gettext_noop("state bodies"),
    Applicant.SCHOOL: gettext_noop("schools"),
    Applicant.NGO: gettext_noop("non-profits"),
    Applicant.PERSON: gettext_noop("individuals"),
}


def applicant(t: Texts, code: str) -> str:
    """As it was read where we have no word for it."""
    return t.plain(APPLICANTS[Applicant(code)]) if code in APPLICANTS else code


def applicants(t: Texts, codes: Iterable[str]) -> str:
    """The widest only, where one holds others: all SMEs are small and medium ones, too."""
    said = set(codes)
    if Applicant.SME in said:
        said -= {Applicant.MICRO, Applicant.SMALL, Applicant.MEDIUM}
    return ", ".join(applicant(t, code) for code in sorted(said, key=_place))


def _place(code: str) -> tuple[int, str]:
    """Those without a word of ours come last."""
    known = list(APPLICANTS)
    return (known.index(Applicant(code)) if code in APPLICANTS else len(known), code)


def region(t: Texts, code: str) -> str:
    return places.name_in(code, t.language)


def regions(t: Texts, codes: Iterable[str]) -> str:
    return ", ".join(region(t, code) for code in codes)


def reasons(t: Texts, codes: Iterable[str]) -> Iterator[Markup]:
    """Lines in HTML; what stands in the way comes first, in grey."""
    for code in codes:
        said = _barred(t, code)
        if said:
            yield t("⚪️ <i>{why}</i>", why=said)
            continue
        said = _for(t, code)
        if said:
            yield t("+ {why}", why=said)
            continue
        said = _mind(t, code)
        if said:
            yield t("⚠️ {why}", why=said)


def barred(t: Texts, codes: Sequence[str]) -> str:
    """Why somebody may not apply, in one plain line; empty when they may."""
    return "; ".join(said for code in codes if (said := _barred(t, code)))


def _barred(t: Texts, code: str) -> str:
    name, _, value = code.partition(":")
    match name:
        case Stop.APPLICANT:
            return t.plain("only for: {who}", who=applicants(t, value.split(",")))
        case Stop.REGION_OUT:
            return t.plain("not for {region}", region=region(t, value))
        case Stop.REGION:
            return t.plain("only {regions}", regions=regions(t, value.split(",")))
        case Stop.NO_CZECH_MONEY:
            return t.plain("no money for Czech bidders")
    return ""


def _for(t: Texts, code: str) -> str:
    name, _, value = code.partition(":")
    match name:
        case Reason.TOPIC:
            return t.plain("topic: {words}", words=value) if value else t.plain("topic")
        case Reason.ANY_TOPIC:
            return t.plain("open to any technology")
        case Reason.APPLICANT:
            return t.plain("for {who}", who=applicant(t, value))
        case Reason.REGION:
            return t.plain("your region: {region}", region=region(t, value))
        case Reason.LEVEL:
            return t.plain("TRL {span}", span=_span(value))
    return ""


def _mind(t: Texts, code: str) -> str:
    name, _, value = code.partition(":")
    match name:
        case Reason.NO_TOPIC:
            return t.plain("another topic than yours")
        case Reason.APPLICANT_UNKNOWN:
            return t.plain("see in the call who may apply")
        case Reason.REGION_UNKNOWN:
            return t.plain("only for some regions; yours is not set")
        case Reason.LEVEL_OFF:
            return t.plain("TRL {span}, unusual for you", span=_span(value))
        case Reason.OWN_MONEY:
            return t.plain("at least {share} % of your own money", share=value)
        case Reason.SOON:
            return t.plain_n("only {n} day left", "only {n} days left", int(value))
        case Reason.OVER:
            return t.plain("the deadline is over")
    return ""


def _span(levels: str) -> str:
    least, _, most = levels.partition("-")
    return least if least == most else f"{least}–{most}"
