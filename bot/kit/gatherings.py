"""In groups the bot is a guest: it says a line when it is called, and nothing of anybody."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from telegram import Message, Update

from bot.kit import routes
from bot.kit.commands import command_of
from bot.kit.context import Context, Desk
from bot.kit.screens import Screen, Toast
from storage.outbox import Call, Priority

T = TypeVar("T")


async def heard(desk: Desk, update: Update) -> bool:
    """Whether it only tells us what has happened; whoever is concerned takes it down."""
    change = update.my_chat_member or update.chat_member
    if change is not None:
        await _tell(routes.members, desk, change)
    elif update.poll_answer is not None:
        await _tell(routes.poll_answers, desk, update.poll_answer)
    elif update.poll is not None:
        await _tell(routes.polls, desk, update.poll)
    elif update.edited_message is not None:
        await _tell(routes.edits, desk, update.edited_message)
    return bool(change or update.poll_answer or update.poll or update.edited_message)


async def _tell(
    concerned: Sequence[Callable[[Desk, T], Awaitable[None]]], desk: Desk, what: T
) -> None:
    for run in concerned:
        await run(desk, what)


async def told_of_move(desk: Desk, message: Message | None) -> None:
    """A group that has become a supergroup has another id from now on."""
    if message is not None and message.migrate_to_chat_id is not None:
        for run in routes.moves:
            await run(desk, message.chat.id, message.migrate_to_chat_id)


async def overheard(desk: Desk, message: Message | None) -> None:
    """Nobody gave a command: only a move of the group, or a reply to us, is our concern."""
    await told_of_move(desk, message)
    replied = message.reply_to_message if message is not None else None
    if message is None or replied is None or replied.from_user is None:
        return
    if replied.from_user.id == desk.house.bot.id:
        for run in routes.group_repliers:
            await run(desk, message)


def calls_us(update: Update, known: frozenset[str], bot_name: str) -> bool:
    """Whether somebody pressed a button of ours, or gave a command that is not another bot's."""
    message = update.message
    if update.callback_query is not None or message is None:
        return update.callback_query is not None
    name = command_of(message, bot_name)
    by_name = f"@{bot_name}".lower() in (message.text or "").lower()
    return name is not None and (by_name or name in known or name in routes.group_commands)


async def answer(ctx: Context) -> None:
    """Some commands mean something here; everything else is for the private chat."""
    message = ctx.message
    if message is None:
        refuse(ctx, _elsewhere(ctx))
        return
    act = routes.group_commands.get(command_of(message, ctx.house.bot_name) or "")
    if act is None:
        refuse(ctx, _elsewhere(ctx))
        return
    shown = await act(ctx, (message.text or "").partition(" ")[2].strip())
    if isinstance(shown, Toast):
        refuse(ctx, shown.text)
    elif shown is not None:
        _reply(ctx, message, shown)


def refuse(ctx: Context, words: str) -> None:
    """A few plain words: over the chat to whoever pressed, else beneath what they wrote."""
    query, message = ctx.update.callback_query, ctx.message
    if query is not None:
        payload = {"callback_query_id": query.id, "text": words[:200], "show_alert": True}
        ctx.owe(Call("answerCallbackQuery", query.from_user.id, payload, Priority.ANSWER))
    elif message is not None:
        _reply(ctx, message, Screen(ctx.t("{words}", words=words)))


def _elsewhere(ctx: Context) -> str:
    return ctx.t.plain("Write to me in private: @{name}", name=ctx.house.bot_name)


def _reply(ctx: Context, message: Message, screen: Screen) -> None:
    """Beneath what they wrote, in the topic where they did."""
    about = {"message_id": message.message_id, "allow_sending_without_reply": True}
    payload = {**screen.payload, "reply_parameters": about}
    if message.is_topic_message and message.message_thread_id:
        payload["message_thread_id"] = message.message_thread_id
    ctx.owe(Call("sendMessage", message.chat.id, payload))
