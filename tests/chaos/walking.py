"""A walk through the whole bot: everybody presses what they have not pressed yet, and answers
what they are asked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.kit import routes
from bot.sandbox.people import Person
from bot.sandbox.sights import buttons_of
from bot.sandbox.world import Message
from tests.chaos.town import Town

SCREENS = 4  # so many of the newest messages somebody still looks at
ANSWERS = (
    "Tenké vrstvy", "12. 5. 2027 9:00–16:00", "30", "150 000 Kč", "https://www.example.org/vyzva",
    "Hledáme partnera na měření optických povrchů do srpna.", "1,5 h", "20. 4. 2027", "Přerov",
    "12. 4. 2027 9:00–16:00\n13. 4. 2027 9:00–15:00", "Kdo přijde?", "Ano; Ne; Možná", "laser",
)  # fmt: skip
START = (
    "/menu",
    "/start",
    "/start w1",
    "/start w2",
    "/admin",
    "/announce",
    "laser",
    "interferometr",
)


@dataclass(frozen=True)
class Pressed:
    """Below which message of whose chat, and what the button carries."""

    phone: Person
    message_id: int
    data: str


@dataclass
class Walk:
    town: Town
    done: dict[str, Pressed] = field(default_factory=dict)
    kinds: dict[str, int] = field(default_factory=dict)

    async def step(self, phone: Person) -> Pressed | None:
        """Press something, the rarest kind first; or say something, and None."""
        dice = self.town.random
        found = [each for each in self._buttons(phone) if each.data not in self.done]
        if dice.random() < 0.6 and self._is_asked(phone):
            await self._say(phone, ANSWERS)
            return None
        if not found or dice.random() < 0.1:
            commands = [f"/{name}" for each in routes.commands for name in each.names]
            await self._say(phone, (*START, dice.choice(commands)))
            return None
        dice.shuffle(found)
        chosen = min(found, key=lambda each: self.kinds.get(_kind(each.data), 0))
        self.done[chosen.data] = chosen
        self.kinds[_kind(chosen.data)] = self.kinds.get(_kind(chosen.data), 0) + 1
        await self.press(chosen)
        return chosen

    async def press(self, pressed: Pressed, by: Person | None = None) -> str:
        """The query, which has to be answered; `by` somebody else it is below their own screen."""
        phone = by or pressed.phone
        below = pressed.message_id if by is None else newest(by).id
        query = phone.presses_data(pressed.data, below)
        await self.town.app.settle()
        return query

    async def _say(self, phone: Person, texts: Sequence[str]) -> None:
        phone.says(self.town.random.choice(texts))
        await self.town.app.settle()

    def _is_asked(self, phone: Person) -> bool:
        asked = "select 1 from draft join person on person.id = person_id where telegram_id = ?"
        return bool(self.town.ask(asked, phone.id))

    def _buttons(self, phone: Person) -> Iterator[Pressed]:
        messages = [each for each in phone.chat.messages.values() if each.inline_keyboard]
        for message in messages[-SCREENS:]:
            for button in buttons_of(message.inline_keyboard):
                if "callback_data" in button:
                    yield Pressed(phone, message.id, button["callback_data"])


def newest(phone: Person) -> Message:
    """Of what the bot has sent them."""
    return [each for each in phone.chat.messages.values() if each.author != phone.id][-1]


def _kind(data: str) -> str:
    return data.partition(":")[0]
