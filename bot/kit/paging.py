"""Long lists, a page at a time."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.kit.buttons import Button, Face

T = TypeVar("T")
ROWS = 5


@dataclass(frozen=True)
class Page(Generic[T]):
    items: Sequence[T]
    number: int  # from 0
    count: int

    def turns(self, turn: Callable[[int], Button]) -> tuple[Face, ...]:
        """The row `◀ 2/7 ▶`; empty when everything fits on one page."""
        if self.count <= 1:
            return ()
        back = turn(self.number - 1 if self.number else self.count - 1).labelled("◀")
        here = turn(0).labelled(f"{self.number + 1}/{self.count}")
        on = turn((self.number + 1) % self.count).labelled("▶")
        return (back, here, on)


def page(items: Sequence[T], number: int, size: int = ROWS) -> Page[T]:
    """Cut `items` to the page asked for; a page that is not there any more is the last one."""
    count = max(1, -(-len(items) // size))
    number = min(max(number, 0), count - 1)
    return Page(items[number * size : (number + 1) * size], number, count)


def place(items: Iterable[T], wanted: Callable[[T], bool], size: int = ROWS) -> int:
    """The number of the page on which the first such item is; without one, of the first page."""
    return next((index for index, each in enumerate(items) if wanted(each)), 0) // size
