"""People's votes in polls, and how polls end; the bot that sent a poll hears of both."""

import asyncio
from collections import Counter
from typing import TYPE_CHECKING

from bot.sandbox.messages import as_people_see
from bot.sandbox.world import Chat, Json, Message

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox


def vote(
    sandbox: "Sandbox", person_id: int, chat: Chat, message: Message, chosen: list[int]
) -> None:
    """Choose options by their place; none takes the vote back. ValueError says why not."""
    close_due(sandbox)
    poll = message.body.get("poll")
    if poll is None:
        raise ValueError("this is not a poll")
    _check(poll, message.votes.get(person_id, []), chosen)
    message.votes.pop(person_id, None)
    if chosen:
        message.votes[person_id] = sorted(chosen)
    counted = Counter(option for votes in message.votes.values() for option in votes)
    options = [
        {**option, "voter_count": counted[place]} for place, option in enumerate(poll["options"])
    ]
    _tell_vote(sandbox, person_id, message, poll, sorted(chosen))
    change_poll(
        sandbox, chat, message, {"options": options, "total_voter_count": len(message.votes)}
    )


def _check(poll: Json, before: list[int], chosen: list[int]) -> None:
    if poll["is_closed"]:
        raise ValueError("this poll is closed")
    if len(set(chosen)) != len(chosen) or not set(chosen) <= set(range(len(poll["options"]))):
        raise ValueError("there is no such option")
    if len(chosen) > 1 and not poll["allows_multiple_answers"]:
        raise ValueError("only one option can be chosen")
    if before and not poll["allows_revoting"]:
        raise ValueError("this vote cannot be changed")


def _tell_vote(
    sandbox: "Sandbox", person_id: int, message: Message, poll: Json, chosen: list[int]
) -> None:
    bot = sandbox.world.bot_by_id(message.author)
    if bot is None or poll["is_anonymous"]:
        return
    answer = {
        "poll_id": poll["id"],
        "user": sandbox.world.actor(person_id),
        "option_ids": chosen,
        "option_persistent_ids": [poll["options"][place]["persistent_id"] for place in chosen],
    }
    sandbox.queue(bot).push("poll_answer", f"poll:{poll['id']}", answer)


def change_poll(sandbox: "Sandbox", chat: Chat, message: Message, changes: Json) -> Json:
    poll: Json = {**message.body["poll"], **changes}
    message.body = {**message.body, "poll": poll}
    if bot := sandbox.world.bot_by_id(message.author):
        sandbox.queue(bot).push("poll", f"poll:{poll['id']}", poll)
    sandbox.events.publish("edited", chat_id=chat.id, message=as_people_see(message))
    return poll


def watch_poll(sandbox: "Sandbox", chat: Chat, message: Message) -> None:
    """Remember a poll that will end by itself."""
    poll = message.body.get("poll", {})
    if "close_date" in poll and not poll["is_closed"]:
        sandbox.timed_polls.append((chat, message))


def watch_all_polls(sandbox: "Sandbox") -> None:
    sandbox.timed_polls.clear()
    world = sandbox.world
    for chat in [*world.chats.values(), *world.private_chats.values()]:
        for message in chat.messages.values():
            watch_poll(sandbox, chat, message)


def close_due(sandbox: "Sandbox") -> None:
    """Close the polls whose time is over."""
    if not sandbox.timed_polls:
        return
    now = sandbox.clock.timestamp
    still_open = []
    for chat, message in sandbox.timed_polls:
        poll = message.body["poll"]
        if poll["is_closed"] or chat.messages.get(message.id) is not message:
            continue
        if poll["close_date"] <= now:
            change_poll(sandbox, chat, message, {"is_closed": True})
        else:
            still_open.append((chat, message))
    sandbox.timed_polls[:] = still_open


async def close_polls_in_time(sandbox: "Sandbox") -> None:
    """Runs until cancelled."""
    while True:
        await asyncio.sleep(1)
        close_due(sandbox)
