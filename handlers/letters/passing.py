"""Letters on their way: to everybody who may answer them, and the answer back."""

from collections.abc import Sequence
from typing import Any

from telegram import Message

from bot.domain import letters
from bot.domain.letters import Answered, Content, Letter
from bot.domain.letters.amending import Amended
from bot.domain.letters.answering import organisation_of
from bot.kit.buttons import Rows
from bot.kit.context import Desk
from bot.kit.screens import Screen, paragraphs
from bot.kit.texts import Texts
from handlers.letters.ways import AnswerLetter, CloseLetter, OpenLetter
from handlers.links import WriteToManager
from storage import letters as store
from storage import people
from storage.outbox import Call, Priority
from storage.people import Person

CAPTION = ("caption", "caption_entities")


async def bring(desk: Desk, letter: Letter, who: Person) -> None:
    """To the forum of the team; where there is none, to the managers."""
    if await store.desk(desk.session) is not None:
        await desk.errand("letters.post", letter_id=letter.key)
    else:
        await bring_in_private(desk, letter, who)


async def bring_in_private(desk: Desk, letter: Letter, who: Person) -> None:
    """Each manager has a message of their own, to which they may reply."""
    for manager in await letters.team(desk.session, desk.now, but=who.key):
        t = desk.texts_of(manager)
        pieces = await _pieces(desk, t, letter, who)
        more = {"reply_markup": _markup(_ways(t, letter))}
        _owe(desk, store.key(letter.key, manager.key), manager.telegram_id, pieces, more)


async def post(desk: Desk, letter: Letter, who: Person, chat_id: int, thread_id: int) -> None:
    """Into a topic of the forum. Buttons are for private chats, so it has none."""
    t = desk.house.texts[desk.house.cluster.language]
    where: dict[str, Any] = {"message_thread_id": thread_id} if thread_id else {}
    pieces = await _pieces(desk, t, letter, who)
    placed = [Content(each.method, {**each.payload, **where}) for each in pieces]
    _owe(desk, store.forum_key(letter.key), chat_id, placed, {})


async def _pieces(desk: Desk, t: Texts, letter: Letter, who: Person) -> Sequence[Content]:
    organisation = await organisation_of(desk.session, letter)
    about = await letters.about(desk.session, letter.announcement_id)
    return letters.headed(head(t, who.name, organisation, about), content_of(letter))


def head(t: Texts, name: str, organisation: str, about: str) -> str:
    """Plain words that stand above what somebody wrote."""
    who = t.plain("✉️ {name}, guest", name=name)
    if organisation:
        who = t.plain("✉️ {name}, {organisation}", name=name, organisation=organisation)
    if not about:
        return who
    return "\n".join((who, t.plain("↩️ to the announcement “{about}”", about=about)))


def say_below(desk: Desk, message: Message, screen: Screen) -> None:
    """Beneath what somebody wrote, in the same topic."""
    below = {"message_id": message.message_id, "allow_sending_without_reply": True}
    payload = {**screen.payload, "reply_parameters": below}
    if message.is_topic_message and message.message_thread_id:
        payload["message_thread_id"] = message.message_thread_id
    desk.owe(Call("sendMessage", message.chat.id, payload, Priority.NOTICE))


async def bring_back(desk: Desk, answered: Answered) -> None:
    """As the bot; who of the team wrote it, they see only if the cluster wants it so."""
    letter, person = answered.letter, answered.person
    t = desk.texts_of(person)
    back = WriteToManager().labelled(t.label("✍️ Write back"))
    more: dict[str, Any] = {"reply_markup": _markup(((back,),))}
    if letter.message_id is not None:
        quoted = {"message_id": letter.message_id, "allow_sending_without_reply": True}
        more["reply_parameters"] = quoted
    title = await _title(desk, t, answered.answer)
    pieces = letters.headed(title, content_of(answered.answer))
    key = store.key(answered.answer.key, person.key)
    _owe(desk, key, person.telegram_id, pieces, more)


async def goes_on(desk: Desk, message: Message, content: Content, me: Person) -> bool:
    """Whether it is one more file of an album with which `me` is answering; it follows alone."""
    if not message.media_group_id:
        return False
    place = (message.chat.id, message.message_id)
    more = await letters.go_on(desk.session, me, content, desk.now, place=place)
    if more is None:
        return False
    key = store.key(more.answer.key, more.person.key)
    _owe(desk, key, more.person.telegram_id, (content,), {})
    return True


async def amend(desk: Desk, amended: Amended) -> bool:
    """Where it has arrived. False where it is too long now to stand in its message."""
    t = desk.texts_of(amended.person)
    title, said = await _title(desk, t, amended.answer), content_of(amended.answer)
    now, before = letters.headed(title, said), letters.headed(title, amended.before)
    if len(now) > len(before):
        return False
    slots = ("text", "entities") if said.method == "sendMessage" else CAPTION
    look = (said if len(before) > 1 else now[-1]).payload
    payload = {slot: look[slot] for slot in slots if slot in look}
    back = WriteToManager().labelled(t.label("✍️ Write back"))
    payload |= {"message_id": amended.message_id, "reply_markup": _markup(((back,),))}
    method = "editMessageText" if said.method == "sendMessage" else "editMessageCaption"
    chat_id = amended.person.telegram_id
    if chat_id is not None:
        desk.owe(Call(method, chat_id, payload, Priority.NOTICE))
    return chat_id is not None


async def _title(desk: Desk, t: Texts, answer: Letter) -> str:
    author = None
    if desk.house.cluster.signed_answers:
        author = await people.find(desk.session, answer.author_id)
    if author is None:
        return t.plain("✉️ The manager answers")
    return t.plain("✉️ {name} answers", name=author.name)


async def mark(desk: Desk, letter: Letter, who: Person) -> None:
    """Wherever managers see the letter, they see who has taken care of it."""
    done = OpenLetter(letter.key).labelled(f"✅ {who.name}")
    managers = await letters.team(desk.session, desk.now)
    keys = [store.key(letter.key, each.key) for each in managers]
    for _, chat_id, message_id in (await store.fates(desk.session, keys)).values():
        if message_id is not None:
            payload = {"message_id": message_id, "reply_markup": _markup(((done,),))}
            desk.owe(Call("editMessageReplyMarkup", chat_id, payload, Priority.NOTICE))


async def mark_in_forum(desk: Desk, letter: Letter, said: Screen) -> None:
    """Below the letter, where the team reads it together."""
    known = await store.fates(desk.session, [store.forum_key(letter.key)])
    for _, chat_id, message_id in known.values():
        if message_id is None:
            continue
        below = {"message_id": message_id, "allow_sending_without_reply": True}
        payload = {**said.payload, "reply_parameters": below}
        own = letter.organisation_id
        if topic := await store.topic_of(desk.session, chat_id, own) if own else None:
            payload["message_thread_id"] = topic
        desk.owe(Call("sendMessage", chat_id, payload, Priority.NOTICE))


def sent(t: Texts, done: Answered) -> str:
    sent = t("✅ Sent to {name}.", name=done.person.name)
    if done.first is None:
        return sent
    return paragraphs(
        sent,
        t("{first} had answered before you; both answers have arrived.", first=done.first.name),
    )


def content_of(letter: Letter) -> Content:
    return Content(letter.method, letter.payload)


def _ways(t: Texts, letter: Letter) -> Rows:
    answer = AnswerLetter(letter.key).labelled(t.label("✍️ Answer"))
    return ((answer, CloseLetter(letter.key).labelled(t.label("✔️ Done"))),)


def _owe(
    desk: Desk, key: str, chat_id: int | None, pieces: Sequence[Content], more: dict[str, Any]
) -> None:
    """The last piece is what the letter says, and what is replied to."""
    if chat_id is None:
        return
    *above, said = pieces
    for each in above:
        desk.owe(Call(each.method, chat_id, each.payload, Priority.NOTICE, f"{key}:head"))
    desk.owe(Call(said.method, chat_id, {**said.payload, **more}, Priority.NOTICE, key))


def _markup(rows: Rows) -> dict[str, Any]:
    return {"inline_keyboard": [list(row) for row in rows]}
