"""What people do one after another: forms, seats, announcements, letters, memberships."""

from dataclasses import dataclass

from bot.sandbox.people import Person
from handlers.workshops.card import Leave, SignUp
from tests.stories.announcing import MEMBERS


@dataclass(frozen=True)
class Act:
    who: str
    does: str  # a deed of a `Person`, or nothing while time passes
    what: str = ""
    jobs: tuple[str, ...] = ()  # that run because of it

    def on(self, phone: Person) -> None:
        if self.does:
            getattr(phone, self.does)(self.what)

    def __str__(self) -> str:
        return f"{self.who} {self.does} {self.what}".strip()


EVENT = (
    Act("manager", "says", "/akce"),
    Act("manager", "presses", "➕ Nová akce"),
    Act("manager", "presses", "☀️ Jednodenní workshop"),
    Act("manager", "says", "Tenké vrstvy"),
    Act("manager", "says", "Meopta, Přerov"),
    Act("manager", "says", "14. 5. 2027 9:00–16:00"),
    Act("manager", "says", "1"),
    Act("manager", "presses", "🌍 Pro všechny"),
    Act("manager", "presses", "📣 Zveřejnit"),
    Act("ann", "follows", "w1"),
    Act("ann", "presses_data", SignUp(1).pack()),
    Act("bob", "follows", "w1"),
    Act("bob", "presses_data", SignUp(1).pack()),
    Act("ann", "presses_data", Leave(1).pack()),
    Act("bob", "presses", "✅ Přijdu"),
)
ANNOUNCEMENT = (
    Act("manager", "says", "/oznameni"),
    Act("manager", "says", "Zítra je volno."),
    Act("manager", "presses", "👥 Vybrat komu"),
    Act("manager", "presses", MEMBERS),
    Act("manager", "presses", "📨 Poslat 4 lidem"),
    Act("manager", "", jobs=("announcements",)),
)
LETTER = (
    Act("bob", "says", "/pomoc"),
    Act("bob", "presses", "✉️ Napsat manažerovi"),
    Act("bob", "says", "Potřebuji potvrzení o členství."),
    Act("manager", "presses", "✍️ Odpovědět"),
    Act("manager", "says", "Pošleme zítra."),
)
PEOPLE = (
    Act("guest", "says", "/start"),
    Act("ann", "says", "/settings"),
    Act("ann", "presses", "🇨🇿 Čeština"),
    Act("contact", "says", "/start"),
    Act("contact", "presses", "🏢 Moje organizace"),
    Act("contact", "presses", "Bořek Člen"),
    Act("contact", "presses", "🚪 Už u nás není"),
    Act("contact", "presses", "🚪 Ano, ukončit"),
)
WALKS = {"event": EVENT, "announcement": ANNOUNCEMENT, "letter": LETTER, "people": PEOPLE}
