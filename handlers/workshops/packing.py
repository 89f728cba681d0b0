"""The pack of evidence: lists, tables, files from Telegram and a manifest, in one archive."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from telegram.error import TelegramError

from bot.domain.workshops import evidence
from bot.domain.workshops.evidence import Evidence
from bot.kit.context import House
from bot.kit.errands import Trip
from bot.kit.routes import errand
from bot.kit.screens import lines
from bot.kit.texts import Texts
from bot.papers import pack
from bot.papers.pack import Missing, safe_name
from bot.papers.spreadsheet import xlsx
from handlers.workshops.attendance import printed_list, table_list
from handlers.workshops.tables import tables
from handlers.workshops.words import part_name
from storage import people
from storage.workshops import Event, find
from storage.workshops.papers import Paper, PaperKind

ONE = 20_000_000  # bytes that Telegram gives out in one file
ALL = 45_000_000  # bytes of files from Telegram; it takes archives of 50 MB


@dataclass
class Files:
    """What could be downloaded, by its path, and what could not."""

    found: dict[str, bytes] = field(default_factory=dict)
    missing: list[Missing] = field(default_factory=list)

    @property
    def size(self) -> int:
        return sum(map(len, self.found.values()))


@errand("workshops.pack")
async def send_pack(trip: Trip, workshop_id: int, person_id: int) -> None:
    async with trip.look() as desk:
        me = await people.find(desk.session, person_id)
        event = await find(desk.session, workshop_id)
        assert me is not None
        assert event is not None
        known = await evidence.gather(desk.session, event)
    t = trip.house.texts[me.language]
    files = await _download(trip, t, known)
    made = await trip.aside(_packed, t, trip.house, known, files)
    async with trip.deliver() as desk:
        size, missing = len(made.content), len(files.missing)
        await evidence.seal(
            desk.session, workshop_id, person_id, made.sha256, size, missing, trip.now
        )
        name = f"evidence-{workshop_id}.zip"
        await desk.send_file(me, name, made.content, _caption(t, event, made.sha256, files))


async def _download(trip: Trip, t: Texts, known: Evidence) -> Files:
    files = Files()
    for number, paper in enumerate(known.papers, 1):
        path = _path(t, paper, number, files.found)
        room = min(ONE, ALL - files.size)
        try:
            files.found[path] = await trip.fetch(paper.file_id, room)
        except TelegramError as error:
            files.missing.append(Missing(path, _why(t, error, room)))
    return files


def _path(t: Texts, paper: Paper, number: int, taken: Mapping[str, bytes]) -> str:
    folder = {
        PaperKind.SLIDES: t.plain("slides"),
        PaperKind.PHOTO: t.plain("photos"),
        PaperKind.PROGRAMME: t.plain("programme"),
        PaperKind.SIGNED_SHEET: t.plain("signed-sheet"),
    }[paper.kind]
    there = [path.rpartition("/")[2] for path in taken if path.startswith(f"{folder}/")]
    return f"{folder}/{safe_name(paper.name or f'{number:03}.jpg', there)}"


def _why(t: Texts, error: TelegramError, room: int) -> str:
    if "too big" not in error.message.lower():
        return t.plain("Telegram did not give it out: {why}", why=error.message)
    if room < ONE:
        return t.plain("There was no room for it in the pack.")
    return t.plain("It has more than 20 MB, which bots cannot download.")


def _packed(t: Texts, house: House, known: Evidence, files: Files) -> pack.Pack:
    """For a thread."""
    attendance, event = known.attendance, known.attendance.event
    made = {
        f"{t.plain('attendance-list')}.pdf": printed_list(t, house, attendance),
        f"{t.plain('attendance-list')}.xlsx": table_list(t, house, attendance),
        f"{t.plain('overview')}.xlsx": xlsx(tables(t, known), house.cluster.name, event.starts_at),
        f"{t.plain('programme')}.txt": _programme(t, event).encode(),
    }
    facts = {
        "event": event.title,
        "when": t.span(event.starts_at, event.ends_at),
        "where": event.place,
        "project": event.project,
        "organiser": house.cluster.name,
    }
    return pack.pack({**made, **files.found}, facts, files.missing)


def _programme(t: Texts, event: Event) -> str:
    parts = [
        f"{part_name(t, slot)}: {t.span(slot.starts_at, slot.ends_at)}"
        + (f", {slot.place}" if slot.place else "")
        for slot in event.parts
    ]
    return "\n".join([event.title, event.place, "", *parts, "", event.about]).strip() + "\n"


def _caption(t: Texts, event: Event, sha256: str, files: Files) -> str:
    missing = len(files.missing)
    return lines(
        t("📦 <b>{title}</b>: everything there is", title=event.title),
        t("SHA-256: <code>{sum}</code>", sum=sha256),
        t.n(
            "⚠️ {n} file is missing; manifest.json says why.",
            "⚠️ {n} files are missing; manifest.json says why.",
            missing,
        )
        if missing
        else "",
    )
