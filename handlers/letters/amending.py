"""Whoever of the team changes what they answered, changes it where it arrived."""

from contextlib import suppress

from telegram import Message

from bot.domain.letters.amending import amend
from bot.domain.refusals import NotAllowed
from bot.kit.context import Desk
from bot.kit.routes import on_edit
from bot.kit.screens import Screen
from handlers.letters import passing
from handlers.letters.reading import read
from storage import people


@on_edit
async def edited(desk: Desk, message: Message) -> None:
    content, author = read(message), message.from_user
    me = await people.by_telegram(desk.session, author.id) if author is not None else None
    if me is None or content is None:
        return
    with suppress(NotAllowed):  # then it stays as it was sent
        place = (message.chat.id, message.message_id)
        amended = await amend(desk.session, me, place, content, desk.now)
        if amended is None:
            return
        t = desk.texts_of(me)
        said = t("✏️ Corrected for {name}, too.", name=amended.person.name)
        if not await passing.amend(desk, amended):
            said = t("⚠️ This is too long to be corrected. Please send it as another answer.")
        passing.say_below(desk, message, Screen(said))
