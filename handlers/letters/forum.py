"""The team's forum: letters arrive in topics of organisations, a reply there is the answer."""

from datetime import timedelta

from telegram import ChatMemberUpdated, Message
from telegram.error import BadRequest, Forbidden

from bot.domain import letters, rights
from bot.domain.letters import forum
from bot.domain.letters.answering import organisation_of
from bot.domain.people import tidy
from bot.domain.refusals import NotAllowed, Refusal
from bot.domain.rights import Action
from bot.kit.buttons import link as link_to
from bot.kit.context import Context, Desk
from bot.kit.errands import Trip
from bot.kit.routes import errand, job, on, on_group_reply, on_membership
from bot.kit.screens import Screen, lines, paragraphs
from handlers.letters import passing
from handlers.letters.reading import read
from handlers.letters.ways import OfferForum
from handlers.links import LinkDesk, ListLetters, way_back
from handlers.refusals import announcements as refusals
from storage import letters as store
from storage import people

LONGEST = 128  # characters of a topic's name


@on(LinkDesk)
async def link(ctx: Context, press: LinkDesk) -> Screen:
    title = await forum.link(ctx.session, ctx.me, press.chat_id, ctx.now)
    t = ctx.t
    words = t(
        "✉️ Letters now come to <b>{title}</b>, each organisation in its own topic. Whoever of the"
        " team replies to one there answers it.",
        title=title,
    )
    return Screen(words, way_back(t, ListLetters()))


@on(OfferForum, reading=True)
async def offer(ctx: Context, _: OfferForum) -> Screen:
    await rights.require(ctx.session, ctx.me, Action.KEEP_LETTER_DESK, ctx.now)
    t = ctx.t
    text = paragraphs(
        t("👥 <b>Letters in a group of the team</b>"),
        t("All of the team read them there and answer by a reply; each organisation has a topic."),
        lines(
            t("1. Found a group, and switch <b>Topics</b> on in its settings."),
            t("2. Add me as an administrator who may manage topics."),
            t("3. I write to you; press <b>Desk of letters</b>."),
        ),
    )
    url = f"https://t.me/{ctx.house.bot_name}?startgroup&admin=manage_topics"
    add = link_to(t.label("➕ Add me to a group"), url)
    return Screen(text, ((add,), *way_back(t, ListLetters())))


@errand("letters.post")
async def post(trip: Trip, letter_id: int) -> None:
    """Where the organisation has no topic yet, one is opened."""
    async with trip.look() as desk:
        letter = await store.find(desk.session, letter_id)
        who = await people.find(desk.session, letter.person_id) if letter else None
        chat_id = await store.desk(desk.session)
        if letter is None or who is None:
            return
        own = letter.organisation_id
        known = await store.topic_of(desk.session, chat_id, own) if chat_id and own else 0
        name = await organisation_of(desk.session, letter)
    opened = await _open(trip, chat_id, name) if chat_id and known is None else None
    async with trip.deliver() as desk:
        if chat_id is None or (known is None and opened is None):
            await passing.bring_in_private(desk, letter, who)
            return
        if opened is not None:
            await forum.opened(desk.session, chat_id, opened, own)
        await passing.post(desk, letter, who, chat_id, known or opened or forum.GENERAL)


async def _open(trip: Trip, chat_id: int, name: str) -> int | None:
    wanted = {"chat_id": chat_id, "name": name[:LONGEST]}
    try:
        return int((await trip.call("createForumTopic", wanted))["message_thread_id"])
    except (Forbidden, BadRequest):
        return None


@on_group_reply
async def answer(desk: Desk, message: Message) -> None:
    """Who may answer is asked at the moment: anybody can be in a group."""
    replied, author = message.reply_to_message, message.from_user
    if replied is None or author is None or message.chat.id != await store.desk(desk.session):
        return
    letter = await store.shown_in(desk.session, message.chat.id, replied.message_id)
    content = read(message)
    if letter is None or content is None:
        return
    t = desk.house.texts[desk.house.cluster.language]
    me = await people.by_telegram(desk.session, author.id)
    try:
        if me is None:
            raise NotAllowed
        if await passing.goes_on(desk, message, content, me):
            return
        done = await letters.answer(
            desk.session,
            letter.key,
            me,
            content,
            desk.now,
            place=(message.chat.id, message.message_id),
        )
    except Refusal as refusal:
        only = t.plain("Only the team of the cluster answers letters. Nothing was sent.")
        said = t("{words}", words=refusals.words(t, refusal) or only)
        passing.say_below(desk, message, Screen(said))
        return
    await passing.bring_back(desk, done)
    await passing.mark(desk, done.letter, me)
    passing.say_below(desk, message, Screen(passing.sent(t, done)))


@on_membership
async def notice(desk: Desk, change: ChatMemberUpdated) -> None:
    """Without the right to open topics, or removed, we cannot work there."""
    member = change.new_chat_member
    if member.user.id != desk.house.bot.id or getattr(member, forum.TOPICS, False):
        return
    if not await forum.lose(desk.session, change.chat.id):
        return
    for manager in await letters.team(desk.session, desk.now):
        t = desk.texts_of(manager)
        words = t(
            "⚠️ I cannot work in <b>{title}</b> any more. Letters come to you here from now on;"
            " those that wait are in the list.",
            title=tidy(change.chat.title or ""),
        )
        desk.tell(manager, Screen(words, way_back(t, ListLetters())))


@job("letters.copies", every=timedelta(minutes=1))
async def look_after(desk: Desk) -> None:
    """What could not be shown in its topic, comes to the managers in private."""
    for letter, who in await forum.copied(desk.session, desk.now):
        await passing.bring_in_private(desk, letter, who)
