"""When what holds for the seats of an event: registration, fairness, and the last two days."""

from datetime import datetime, timedelta

from storage.workshops import Event, Slot

FAIR_UNTIL = timedelta(days=5)  # before a part starts; until then organisations have their limit
RUSH = timedelta(hours=48)  # before a part starts; from then on the first who taps sits


def is_open(event: Event, now: datetime) -> bool:
    """One can sign up, as far as the times of registration go."""
    return has_opened(event, now) and not has_closed(event, now)


def has_opened(event: Event, now: datetime) -> bool:
    return event.opens_at is None or event.opens_at <= now


def has_closed(event: Event, now: datetime) -> bool:
    return event.closes_at is not None and event.closes_at <= now


def limit_of(event: Event, slot: Slot, now: datetime) -> int | None:
    """How many seats of the part one organisation may have now; None: as many as there are."""
    if event.organisation_limit is None or slot.starts_at - now <= FAIR_UNTIL:
        return None
    return event.organisation_limit


def is_rush(slot: Slot, now: datetime) -> bool:
    return timedelta(0) < slot.starts_at - now <= RUSH
