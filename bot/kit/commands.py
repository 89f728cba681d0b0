"""What a message commands."""

from telegram import Message


def command_of(message: Message, bot_name: str) -> str | None:
    """The command a message begins with, without its slash; None when it is for another bot."""
    text = message.text or ""
    if not text.startswith("/"):
        return None
    name, _, bot = (
        text[1:].split(maxsplit=1)[0].partition("@") if text[1:].strip() else ("", "", "")
    )
    if bot and bot.lower() != bot_name.lower():
        return None
    return name.lower()
