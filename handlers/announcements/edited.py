"""Whoever edits, in the chat, the message that became an announcement, is told what that does."""

from datetime import timedelta

from telegram import Message
from telegram.constants import ChatType

from bot.kit.context import Desk
from bot.kit.routes import on_edit
from bot.kit.screens import Screen
from bot.kit.texts import Texts
from handlers.announcements.cards import OpenAnnouncement, Rewrite
from handlers.announcements.running import Correct
from handlers.links import way_back
from storage import announcements as store
from storage import people
from storage.announcements import Announcement, Stage

AT_ONCE = timedelta(seconds=10)  # from the message until the bot had made a draft of it


@on_edit
async def edited(desk: Desk, message: Message) -> None:
    author = message.from_user
    if author is None or message.chat.type != ChatType.PRIVATE:
        return
    me = await people.by_telegram(desk.session, author.id)
    if me is None:
        return
    until = message.date + AT_ONCE
    made = await store.written(desk.session, me.key, message.date, until)
    if made is not None and made.recalled_at is None:
        desk.tell(me, _unchanged(desk.texts_of(me), made))


def _unchanged(t: Texts, made: Announcement) -> Screen:
    if made.stage is Stage.DRAFT:
        words = t("✋ The draft stays as it was. To change it, send it once more.")
        way = Rewrite(made.key).labelled(t.label("✏️ Write it anew"))
    elif made.stage is Stage.SCHEDULED:
        words = t("✋ The announcement stays as it was. To change it, take it back first.")
        way = OpenAnnouncement(made.key).labelled(t.label("👁 Look at it"))
    else:
        words = t("✋ Nothing has changed for those who have it. A typo can be put right for all.")
        way = Correct(made.key).labelled(t.label("✏️ Correct a typo"))
    return Screen(words, ((way,), *way_back(t)))
