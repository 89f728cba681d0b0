"""The rules of seats once more, as lists: what the house does is held against it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

FAIR, RUSH = timedelta(days=5), timedelta(days=2)


@dataclass
class Person:
    """Without an organisation one counts as alone."""

    key: int
    organisation: int | None


@dataclass
class Model:
    """One part. `places` are in the order in which people came: who, and whether they sit."""

    capacity: int
    limit: int | None
    starts_at: datetime
    now: datetime
    places: dict[int, bool] = field(default_factory=dict)
    people: dict[int, Person] = field(default_factory=dict)
    rose: set[int] = field(default_factory=set)  # in the last step, by no deed of their own
    offers: int = 0  # seats offered to all who wait in the last step

    @property
    def seated(self) -> list[int]:
        return [key for key, sits in self.places.items() if sits]

    @property
    def waiting(self) -> list[int]:
        return [key for key, sits in self.places.items() if not sits]

    @property
    def free(self) -> int:
        return self.capacity - len(self.seated)

    @property
    def is_fair(self) -> bool:
        return self.limit is not None and self.starts_at - self.now > FAIR

    @property
    def in_rush(self) -> bool:
        return self.starts_at - self.now <= RUSH

    def colleagues(self, key: int) -> int:
        """How many of the same organisation sit."""
        home = self.people[key].organisation
        return sum(self.people[each].organisation == home for each in self.seated)

    def fits(self, key: int) -> bool:
        """Their organisation may have one more seat."""
        if not self.is_fair or self.people[key].organisation is None:
            return True
        assert self.limit is not None
        return self.colleagues(key) < self.limit

    def next(self) -> int | None:
        return next((key for key in self.waiting if self.fits(key)), None)

    def line(self) -> list[int]:
        """In the order in which they would sit, were one seat after another to be free."""
        if not self.is_fair:
            return self.waiting
        ahead = Model(10**6, self.limit, self.starts_at, self.now, dict(self.places), self.people)
        order = []
        while (key := ahead.next()) is not None:
            ahead.places[key] = True
            order.append(key)
        return order + ahead.waiting

    def join(self, key: int) -> None:
        if key in self.places:
            return
        first = self.in_rush and bool(self.waiting)
        self.places[key] = self.free > 0 and self.fits(key) and self.next() is None and not first

    def leave(self, key: int) -> None:
        sat = self.places.pop(key, False)
        self.settle(freed=int(sat))

    def claim(self, key: int) -> bool:
        """Whether they sit after that."""
        if key in self.places and not self.places[key] and self.in_rush and self.free > 0:
            self.places[key] = True
        return self.places.get(key, False)

    def resize(self, capacity: int) -> None:
        freed = max(0, capacity - self.capacity)
        self.capacity = capacity
        for key in self.seated[capacity:]:
            self.places[key] = False
        self.settle(freed=freed)

    def settle(self, *, freed: int = 0) -> None:
        if self.in_rush:
            self.offers = self.free if self.waiting and freed else 0
            return
        while self.free > 0 and (key := self.next()) is not None:
            self.places[key] = True
            self.rose.add(key)
