"""What the members of a pillar want changed: lists of it, and a card for each topic."""

from collections.abc import Iterator

from bot.domain.groups import rewording, topics
from bot.domain.groups.rewording import Wording
from bot.domain.groups.topics import Card, Shelf, Shown, Supporter
from bot.domain.refusals import Gone
from bot.kit.buttons import Face, Rows
from bot.kit.context import Context
from bot.kit.paging import ROWS, Page
from bot.kit.routes import on
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts, gettext_noop
from handlers.groups.topic_ways import (
    ChooseMemo,
    LeaveTopic,
    ListComments,
    ListMoves,
    ListSupporters,
    MoveTopic,
    OpenTopic,
    PutTopic,
    RewordTopic,
    SupportTopic,
    state,
)
from handlers.groups.ways import JoinPillar, ListTopics
from handlers.links import OpenPillar, way_back
from storage.groups.topics import Progress, Topic

NAMED = 6  # organisations on a card; the others are counted
LABEL = 40  # characters of a title on a button
FILTERS = {
    Shown.OPEN: gettext_noop("Open"),
    Shown.ADOPTED: gettext_noop("Adopted"),
    Shown.MINE: gettext_noop("Mine"),
    Shown.CLOSED: gettext_noop("Closed"),
}
NONE = {
    Shown.OPEN: gettext_noop("Nothing is open just now. What should change in your field?"),
    Shown.ADOPTED: gettext_noop("Nothing has been adopted yet. The guarantor adopts topics."),
    Shown.MINE: gettext_noop("You have put nothing forward yet, and support nothing."),
    Shown.CLOSED: gettext_noop("Nothing has been done or dropped yet."),
}
PARTS = {
    "issue": gettext_noop("What is the matter"),
    "impact": gettext_noop("Impact"),
    "evidence": gettext_noop("Evidence"),
    "wanted": gettext_noop("Wanted change"),
}


@on(ListTopics, reading=True)
async def list_topics(ctx: Context, press: ListTopics) -> Screen:
    return await shelf_screen(ctx, press.pillar_id, press.page, press.shown)


async def shelf_screen(
    ctx: Context, pillar_id: int, number: int = 0, shown: str = Shown.OPEN
) -> Screen:
    t = ctx.t
    if shown not in list(Shown):
        raise Gone
    chosen = Shown(shown)
    shelf = await topics.shelf(ctx.session, pillar_id, chosen, number, ROWS, ctx.me, ctx.now)
    text = paragraphs(
        t("💡 <b>Topics: {pillar}</b>", pillar=shelf.pillar.name_in(t.language)),
        t("What the cluster should ask ministries and others for. Most supported first."),
        *(_line(t, topic, count) for topic, count in shelf.topics),
        "" if shelf.count else t("{words}", words=t.plain(NONE[chosen])),
    )
    return Screen(text, _rows(t, shelf, chosen, number))


def _line(t: Texts, topic: Topic, count: int) -> str:
    return lines(
        t("<b>{title}</b>", title=topic.title),
        t.n(
            "{state} · {n} organisation stands behind it",
            "{state} · {n} organisations stand behind it",
            count,
            state=state(t, topic.progress),
        ),
    )


def _rows(t: Texts, shelf: Shelf, chosen: Shown, number: int) -> Rows:
    key = shelf.pillar.key
    pages = max(1, -(-shelf.count // ROWS))
    shown = Page(shelf.topics, min(max(number, 0), pages - 1), pages)
    turns = shown.turns(lambda to: ListTopics(key, to, chosen))
    filters = [
        ListTopics(key, 0, each).labelled(_filter(t, each, chosen=each == chosen))
        for each in Shown
    ]
    put = PutTopic(key).labelled(t.label("✍️ Put a topic forward"))
    memo = ChooseMemo(key).labelled(t.label("📄 Memo for ministries"))
    return (
        *((OpenTopic(topic.key).labelled(_short(topic.title)),) for topic, _ in shelf.topics),
        *((turns,) if turns else ()),
        (filters[0], filters[1]),
        (filters[2], filters[3]),
        *(((put,),) if shelf.may_put else ()),
        *(((memo,),) if shelf.may_export else ()),
        *way_back(t, OpenPillar(key)),
    )


def _filter(t: Texts, shown: Shown, *, chosen: bool) -> str:
    return f"• {t.label(FILTERS[shown])}" if chosen else t.label(FILTERS[shown])


def _short(title: str) -> str:
    return title if len(title) <= LABEL else f"{title[: LABEL - 1].rstrip()}…"


@on(OpenTopic, reading=True)
async def open_topic(ctx: Context, press: OpenTopic) -> Screen:
    return await topic_screen(ctx, press.topic_id)


async def topic_screen(ctx: Context, topic_id: int, toast: str = "", above: str = "") -> Screen:
    t = ctx.t
    card = await topics.look(ctx.session, topic_id, ctx.me, ctx.now)
    wording = await rewording.wording(ctx.session, card.topic, ctx.me, ctx.now)
    told = (_head(t, card), *_words(t, card.topic), _support(t, card), _last(t, card))
    text = paragraphs(above, *told, _held(t, card, wording))
    return Screen(text, (*_deeds(t, card, wording), *_ways(t, card)), toast)


def _held(t: Texts, card: Card, wording: Wording) -> str:
    """Said to those who could have changed it."""
    if card.closed or wording.open or not wording.mine or card.topic.progress != Progress.NEW:
        return ""
    return t("🔒 Others stand behind these words, so they stay. Write what is new as a comment.")


def _head(t: Texts, card: Card) -> str:
    home = card.author_home
    put = t("Put forward by {name} on {day}", name=_author(card), day=_day(t, card))
    if home:
        put = t(
            "Put forward by {name}, {where}, on {day}",
            name=_author(card),
            where=home.short,
            day=_day(t, card),
        )
    return lines(
        t("💡 <b>{title}</b>", title=card.topic.title),
        t(
            "{pillar} · {state}",
            pillar=card.pillar.name_in(t.language),
            state=state(t, card.topic.progress),
        ),
        put,
    )


def _author(card: Card) -> str:
    return card.author.name if card.author else "–"


def _day(t: Texts, card: Card) -> str:
    return t.date(card.topic.put_at.astimezone(t.zone))


def _words(t: Texts, topic: Topic) -> list[str]:
    said = {
        "issue": topic.issue,
        "impact": topic.impact,
        "evidence": topic.evidence,
        "wanted": topic.wanted,
    }
    return parts(t, said)


def parts(t: Texts, said: dict[str, str]) -> list[str]:
    """Each under its heading; those that nobody has filled in are left out."""
    return [
        lines(t("<b>{heading}</b>", heading=t.plain(PARTS[name])), t("{words}", words=words))
        for name, words in said.items()
        if words
    ]


def _support(t: Texts, card: Card) -> str:
    count = len(card.supporters)
    return lines(
        t.n(
            "🏛 Supported by {n} organisation: {names}",
            "🏛 Supported by {n} organisations: {names}",
            count,
            names=names(t, card.supporters),
        )
        if count
        else t("🏛 No organisation stands behind it yet."),
        t(
            "⚠️ Not counted, having left the pillar or the cluster: {names}",
            names=names(t, card.uncounted),
        )
        if card.uncounted
        else "",
        _ours(t, card),
        "" if card.inside or card.closed else t("👋 Those who are in the pillar can support it."),
    )


def _ours(t: Texts, card: Card) -> str:
    if card.ours is None or card.ours.support.person_id == card.topic.person_id:
        return ""
    who, since = card.ours.person.name, card.ours.support.since
    day = t.date(since.astimezone(t.zone))
    return t("🙋 For your organisation {name} said so on {day}.", name=who, day=day)


def names(t: Texts, supporters: list[Supporter]) -> str:
    """The first few, and how many more."""
    said = ", ".join(each.organisation.short for each in supporters[:NAMED])
    more = len(supporters) - NAMED
    return (
        t.plain_n("{names} and {n} more", "{names} and {n} more", more, names=said)
        if more > 0
        else said
    )


def _last(t: Texts, card: Card) -> str:
    if card.last is None:
        return ""
    day = t.date(card.last.moved_at.astimezone(t.zone))
    return t("{state} on {day}: {why}", state=state(t, card.last.new), day=day, why=card.last.why)


def _deeds(t: Texts, card: Card, wording: Wording) -> Iterator[tuple[Face, ...]]:
    """What the reader may do with it."""
    key = card.topic.key
    if card.closed:
        return
    reword = RewordTopic(key).labelled(t.label("✏️ Other words")) if wording.open else None
    move = MoveTopic(key).labelled(t.label("➡️ Move it on")) if card.may_run else None
    if move or reword:
        yield tuple(face for face in (move, reword) if face)
    if not card.inside:
        yield (JoinPillar(card.pillar.key).labelled(t.label("➕ Join the pillar")),)
    elif card.may_support:
        yield (SupportTopic(key).labelled(t.label("👍 We support it"), "success"),)
    elif card.may_withdraw:
        yield (LeaveTopic(key).labelled(t.label("↩️ Withdraw our support")),)


def _ways(t: Texts, card: Card) -> Rows:
    key = card.topic.key
    said = t.label("💬 Comments ({n})", n=card.comments)
    behind = ListSupporters(key).labelled(t.label("🏛 Supporters"))
    past = ListMoves(key).labelled(t.label("📜 How it went"))
    return (
        (ListComments(key).labelled(said), behind),
        *(((past,),) if card.last else ()),
        *way_back(t, ListTopics(card.pillar.key, 0, _shelf_of(card.topic))),
    )


def _shelf_of(topic: Topic) -> Shown:
    return next(shown for shown, states in topics.OF_SHOWN.items() if topic.progress in states)
