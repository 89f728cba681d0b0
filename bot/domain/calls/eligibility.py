"""Who may apply: what calls call their applicants, and whether an organisation is one of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.calls.regions import REGIONS
from bot.domain.instruments import places
from storage.calls.records import GrantCall, Purpose
from storage.calls.subscriptions import Profile, Size
from storage.organisations import Kind, Organisation

# The regions of towns are written in the order of these codes.
NUTS3 = dict(zip(places.regions(), REGIONS, strict=True))


class Applicant(StrEnum):
    """As calls name those who may apply; `GrantCall.applicants` holds these values."""

    ANYBODY = "anybody"
    COMPANY = "company"  # of any size
    MICRO = "micro"
    SMALL = "small"
    MEDIUM = "medium"
    SME = "sme"
    MIDCAP = "midcap"  # up to 499 people
    LARGE = "large"
    STARTUP = "startup"
    SELF_EMPLOYED = "self_employed"
    UNIVERSITY = "university"
    RESEARCH_ORG = "research_org"
    CLUSTER = "cluster"
    MUNICIPALITY = "municipality"
    REGION = "region"
    STATE = "state"
    SCHOOL = "school"
    NGO = "ngo"
    PERSON = "person"


NAMED = {each.value: each for each in Applicant}
COMPANIES = {Applicant.COMPANY, Applicant.MIDCAP}
SMALL = COMPANIES | {Applicant.SME, Applicant.STARTUP}
BY_SIZE = {
    Size.MICRO: SMALL | {Applicant.MICRO, Applicant.SMALL, Applicant.SELF_EMPLOYED},
    Size.SMALL: SMALL | {Applicant.SMALL},
    Size.MEDIUM: SMALL - {Applicant.STARTUP} | {Applicant.MEDIUM},
    Size.LARGE: COMPANIES | {Applicant.LARGE},
}
RESEARCH = {Applicant.RESEARCH_ORG}
BY_KIND = {
    Kind.LARGE: BY_SIZE[Size.LARGE],
    Kind.SME: SMALL | {Applicant.MICRO, Applicant.SMALL, Applicant.MEDIUM},
    Kind.UNIVERSITY: RESEARCH | {Applicant.UNIVERSITY, Applicant.SCHOOL, Applicant.STATE},
    Kind.INSTITUTE: RESEARCH | {Applicant.STATE},
    Kind.INFRASTRUCTURE: RESEARCH | {Applicant.UNIVERSITY, Applicant.STATE},
}
FIRMS = frozenset({Kind.LARGE, Kind.SME})


class Stop(StrEnum):
    """Why an organisation may not apply."""

    APPLICANT = "stop_applicant"
    REGION_OUT = "stop_region_out"  # such as Prague
    REGION = "stop_region"  # the call is for others
    NO_CZECH_MONEY = "stop_czech_money"


@dataclass(frozen=True, slots=True)
class Bidder:
    """What an organisation is when it bids; `region` is a NUTS code, empty when not known."""

    kind: Kind
    size: Size | None = None
    region: str = ""
    pillars: frozenset[int] = frozenset()

    @property
    def names(self) -> frozenset[Applicant]:
        """By which it may apply; empty when too little is known of it."""
        if self.size is not None and (self.kind in FIRMS or self.kind is Kind.OTHER):
            return frozenset(BY_SIZE[self.size])
        return frozenset(BY_KIND.get(self.kind, ()))


def bidder(
    organisation: Organisation, profile: Profile | None, pillars: Iterable[int] = ()
) -> Bidder:
    region, size = (profile.region, profile.size) if profile else ("", None)
    where = region_of(organisation.town, region)
    return Bidder(organisation.kind, size, where, frozenset(pillars))


def region_of(town: str | None, told: str | None) -> str:
    """A region that nobody has told us is that of the seat."""
    return told or NUTS3.get(places.region_of(town or ""), "")


def asked(call: GrantCall) -> frozenset[Applicant]:
    """Whom the call names; what we have no word for is left out."""
    return frozenset(NAMED[each] for each in call.applicants if each in NAMED)


def may_apply(call: GrantCall, who: Bidder) -> bool | None:
    """None: the call does not say, or we do not know what the organisation is."""
    names, wanted = who.names, asked(call)
    if Applicant.ANYBODY in wanted:
        return True
    if not names or not wanted:
        return None
    return bool(names & wanted)


def stops(call: GrantCall, who: Bidder) -> Iterator[tuple[Stop, str]]:
    """Each with the code of whom or what it is about."""
    if may_apply(call, who) is False:
        yield Stop.APPLICANT, ",".join(sorted(asked(call)))
    if who.region and _within(who.region, call.regions_out):
        yield Stop.REGION_OUT, next(each for each in call.regions_out if _is_in(who.region, each))
    elif who.region and call.regions and not _within(who.region, call.regions):
        yield Stop.REGION, ",".join(call.regions)
    if call.czech_money is False:
        yield Stop.NO_CZECH_MONEY, ""


def is_for_defence(call: GrantCall) -> bool:
    return call.purpose in (Purpose.DEFENCE, Purpose.DUAL)


def _within(region: str, areas: Iterable[str]) -> bool:
    return any(_is_in(region, each) for each in areas)


def _is_in(region: str, area: str) -> bool:
    """NUTS codes are nested: CZ010 is in CZ01, which is in CZ."""
    return region.startswith(area)
