"""What people have answered to an announcement: by option, by organisation, and in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.domain.announcements import responses
from bot.domain.announcements.responses import Answers
from bot.kit.buttons import Button, Rows
from bot.kit.context import Context
from bot.kit.paging import page
from bot.kit.routes import on
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.announcements.cards import OpenAnnouncement, OpenAnswers
from handlers.links import way_back
from storage.announcements.responses import Tally, Words

BAR = 10  # squares
ORGANISATIONS = 10  # on a page
ANSWERS = 3  # in words, on a page


@dataclass(frozen=True)
class ListWords(Button, prefix="an.said"):
    announcement_id: int
    page: int


@on(OpenAnswers, reading=True)
async def open_answers(ctx: Context, press: OpenAnswers) -> Screen:
    t, key = ctx.t, press.announcement_id
    told = await responses.answers(ctx.session, key, ctx.me, ctx.now)
    parts = [[*each] for _, each in groupby(told.tally, lambda one: one.organisation)]
    part = page(parts, press.page, ORGANISATIONS)
    by_organisation = lines(*(_organisation(t, told, each) for each in part.items))
    text = paragraphs(
        t("📊 <b>Answers</b>"),
        _options(t, told),
        lines(t("<b>By organisation</b>"), by_organisation) if parts else "",
        "" if told.tally or told.words else t("Nobody has answered yet."),
    )
    turns = part.turns(lambda to: OpenAnswers(key, to))
    rows = (*((turns,) if turns else ()), *_words_row(t, told))
    return Screen(text, (*rows, *way_back(t, OpenAnnouncement(key))))


@on(ListWords, reading=True)
async def list_words(ctx: Context, press: ListWords) -> Screen:
    t, key = ctx.t, press.announcement_id
    told = await responses.answers(ctx.session, key, ctx.me, ctx.now)
    part = page(told.words, press.page, ANSWERS)
    said = (_said(t, each) for each in part.items)
    nothing = "" if part.items else t("Nobody has answered yet.")
    turns = part.turns(lambda to: ListWords(key, to))
    rows: Rows = (turns,) if turns else ()
    text = paragraphs(t("✍️ <b>Answers in words</b>"), *said, nothing)
    return Screen(text, (*rows, *way_back(t, OpenAnswers(key))))


def _options(t: Texts, told: Answers) -> str:
    return lines(
        *(
            _option(t, label, told.count(n), told.people)
            for n, label in enumerate(told.asked.options)
        )
    )


def _option(t: Texts, label: str, count: int, people: int) -> str:
    full = BAR * count // max(people, 1)
    bar = "▰" * full + "▱" * (BAR - full)
    return t("{bar} <b>{count}</b> {label}", bar=bar, count=t.number(count), label=label)


def _organisation(t: Texts, told: Answers, tally: Sequence[Tally]) -> str:
    labels = told.asked.options
    said = ", ".join(f"{labels[each.option]} {t.number(each.count)}" for each in tally)
    name = tally[0].organisation or t.label("without an organisation")
    return t("{organisation}: {answers}", organisation=name, answers=said)


def _words_row(t: Texts, told: Answers) -> Rows:
    if not told.words:
        return ()
    label = t.label("✍️ In words ({count})", count=t.number(len(told.words)))
    return ((ListWords(told.card.announcement.key, 0).labelled(label),),)


def _said(t: Texts, each: Words) -> str:
    name = each.person.name
    who = f"{name} ({each.organisation})" if each.organisation else name
    return lines(t("<b>{who}</b>", who=who), t("{words}", words=each.words))
