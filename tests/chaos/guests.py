"""People who press *sign up* below a greeting, and what they see afterwards."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from bot.sandbox.people import Person
from handlers.workshops.card import Leave, SignUp
from tests.chaos.stage import Stage

EVENT = "select workshop_id from part where capacity = 100000"
SEATS = "select count(*), count(distinct person_id) from seat"
SEATED = "select telegram_id from seat join person on person.id = person_id"


@dataclass
class Guest:
    phone: Person
    greeting: int

    def signs_up(self, event: int) -> None:
        self.phone.presses_data(SignUp(event).pack(), self.greeting)

    def sees_the_seat(self, event: int) -> bool:
        keyboard = self.phone.chat.messages[self.greeting].inline_keyboard or {}
        return f'"{Leave(event).pack()}"' in str(keyboard).replace("'", '"')


async def guests(stage: Stage) -> list[Guest]:
    """Everybody, with a greeting."""
    phones = [stage.person(number) for number in range(len(stage.sandbox.world.users))]
    return [Guest(phone, await stage.greet(phone)) for phone in phones]


async def sign_up(some: Sequence[Guest], event: int, pause: float = 0.005) -> None:
    for guest in some:
        guest.signs_up(event)
        await asyncio.sleep(pause)


def without_a_seat(crowd: Sequence[Guest], event: int) -> list[int]:
    """Those who do not see theirs."""
    return [guest.phone.id for guest in crowd if not guest.sees_the_seat(event)]
