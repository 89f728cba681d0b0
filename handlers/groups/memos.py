"""Adopted topics as a memo for ministries, made for the manager."""

from dataclasses import dataclass

from bot.domain.groups import memos
from bot.domain.groups.memos import Adopted
from bot.domain.refusals import Gone
from bot.kit.buttons import Button, Face
from bot.kit.context import Context
from bot.kit.errands import Trip
from bot.kit.routes import errand, on
from bot.kit.screens import Screen, Toast, lines, paragraphs
from bot.kit.texts import LANGUAGES, Texts
from bot.papers.memo import Memo, Page, Section
from handlers.groups.topic_ways import ChooseMemo
from handlers.groups.topics import PARTS
from handlers.groups.ways import ListTopics
from handlers.links import way_back
from storage import people
from storage import pillars as all_pillars
from storage.groups.topics import Topic
from storage.pillars import Pillar

IN_WORD = {"cs": "cs-CZ", "en": "en-GB"}


@dataclass(frozen=True)
class MakeMemo(Button, prefix="pt.memo.m"):
    """Of one pillar; 0: of all."""

    pillar_id: int
    language: str


@on(ChooseMemo, reading=True)
async def choose_memo(ctx: Context, press: ChooseMemo) -> Screen:
    t, key = ctx.t, press.pillar_id
    offer = await memos.offer(ctx.session, key, ctx.me, ctx.now)
    text = paragraphs(
        t("📄 <b>Memo for ministries</b>"),
        t("Adopted topics in Word, a page each, with the organisations that stand behind them."),
        lines(
            t("{pillar}: {n}", pillar=offer.pillar.name_in(t.language), n=offer.here),
            t("All pillars: {n}", n=offer.everywhere),
        ),
        t("Which one, and in which language are the headings to be?"),
    )
    here = (_choice(t, key, "cs"), _choice(t, key, "en")) if offer.here else ()
    every = (_choice(t, 0, "cs"), _choice(t, 0, "en"))
    rows = (here, every) if here else (every,)
    return Screen(text, (*rows, *way_back(t, ListTopics(key, 0, "adopted"))))


def _choice(t: Texts, pillar_id: int, language: str) -> Face:
    label = t.label("This pillar ({language})", language=language.upper())
    if not pillar_id:
        label = t.label("All pillars ({language})", language=language.upper())
    return MakeMemo(pillar_id, language).labelled(label)


@on(MakeMemo)
async def make_memo(ctx: Context, press: MakeMemo) -> Toast:
    if press.language not in LANGUAGES:
        raise Gone
    await memos.take_out(ctx.session, press.pillar_id, ctx.me, ctx.now)
    facts = {"pillar_id": press.pillar_id, "language": press.language}
    await ctx.errand("groups.memo", person_id=ctx.me.key, **facts)
    return Toast(ctx.t.plain("The memo is on its way."))


@errand("groups.memo")
async def give_memo(trip: Trip, person_id: int, pillar_id: int, language: str) -> None:
    from bot.papers.memo_docx import docx  # which takes a while to load

    async with trip.look() as desk:
        me = await people.find(desk.session, person_id)
        assert me is not None
        adopted = await memos.adopted(desk.session, pillar_id, me, trip.now)
        pillar = await all_pillars.find(desk.session, pillar_id) if pillar_id else None
    written = _memo(trip, trip.house.texts[language], pillar, adopted)
    content = await trip.aside(docx, written)
    caption = trip.house.texts[me.language].n(
        "📄 Memo with {n} topic. Once it is handed over, move the topics on.",
        "📄 Memo with {n} topics. Once it is handed over, move the topics on.",
        len(adopted),
    )
    async with trip.deliver() as desk:
        await desk.send_file(me, f"memo-{trip.now:%Y-%m-%d}.docx", content, caption)


def _memo(trip: Trip, t: Texts, pillar: Pillar | None, adopted: list[Adopted]) -> Memo:
    name = pillar.name_in(t.language) if pillar else t.plain("All pillars")
    return Memo(
        title=t.plain("What our field needs: {pillar}", pillar=name),
        cluster=trip.house.cluster.name,
        day=t.date(trip.now.astimezone(t.zone)),
        language=IN_WORD[t.language],
        number=t.plain("Page {page} of {pages}", page="{page}", pages="{pages}"),
        at=trip.now,
        pages=tuple(_page(t, each) for each in adopted),
    )


def _page(t: Texts, each: Adopted) -> Page:
    topic, names = each.topic, tuple(home.name for home in each.supporters)
    day = t.date(topic.put_at.astimezone(t.zone))
    put_by = t.plain("Put forward on {day}", day=day)
    if each.put_by:
        put_by = t.plain("Put forward by {where} on {day}", where=each.put_by.name, day=day)
    return Page(
        above=each.pillar.name_in(t.language),
        title=topic.title,
        put_by=put_by,
        sections=_sections(t, topic),
        supported=t.plain_n(
            "Supported by {n} member organisation",
            "Supported by {n} member organisations",
            len(names),
        ),
        supporters=names,
    )


def _sections(t: Texts, topic: Topic) -> tuple[Section, ...]:
    said = (topic.issue, topic.impact, topic.evidence, topic.wanted)
    return tuple(
        Section(t.plain(heading), words)
        for heading, words in zip(PARTS.values(), said, strict=True)
        if words
    )
