"""Which handler answers what: filled by decorators when `handlers` is imported."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from telegram import ChatJoinRequest, ChatMemberUpdated, Message, Poll, PollAnswer

from bot.kit.buttons import Button
from bot.kit.context import Context, Desk
from bot.kit.inline import Hits
from bot.kit.screens import Answer

B = TypeVar("B", bound=Button)
F = TypeVar("F", bound=Callable[..., Any])
OnPress = Callable[[Context, Any], Awaitable[Answer]]
OnText = Callable[[Context, str], Awaitable[Answer]]


@dataclass(frozen=True)
class Route:
    """`reading` handlers change nothing, so they run beside each other and never wait to write."""

    act: Callable[..., Awaitable[Answer]]
    reading: bool = False


@dataclass(frozen=True)
class Command:
    """`names` are its Czech name and its English ones; the description is shown in the menu."""

    names: tuple[str, ...]
    describe: str
    route: Route
    managers_only: bool = False
    listed: bool = True


@dataclass(frozen=True)
class Job:
    """One that `looks` first gets a trip, not a desk: it takes a turn to write only if it must."""

    name: str
    every: timedelta
    run: Callable[[Any], Awaitable[None]]
    looks: bool = False


presses: dict[type[Button], Route] = {}
commands: list[Command] = []
links: dict[str, OnText] = {}
jobs: dict[str, Job] = {}
errands: dict[str, Callable[..., Awaitable[Any]]] = {}
members: list[Callable[[Desk, ChatMemberUpdated], Awaitable[None]]] = []
fallbacks: dict[str, Route] = {}
takers: list[OnText] = []
repliers: list[Callable[[Context, Message], Awaitable[Answer]]] = []
join_requests: list[Callable[[Context, ChatJoinRequest], Awaitable[None]]] = []
edits: list[Callable[[Desk, Message], Awaitable[None]]] = []
group_repliers: list[Callable[[Desk, Message], Awaitable[None]]] = []
group_commands: dict[str, OnText] = {}
poll_answers: list[Callable[[Desk, PollAnswer], Awaitable[None]]] = []
polls: list[Callable[[Desk, Poll], Awaitable[None]]] = []
moves: list[Callable[[Desk, int, int], Awaitable[None]]] = []
inline: dict[int, Callable[[Context, str, str], Awaitable[Hits]]] = {}


def on(kind: type[B], *, reading: bool = False) -> Callable[[F], F]:
    """`@on(SignUp)`: what a press of that button does. `async def (ctx, press) -> Answer`."""

    def register(act: F) -> F:
        presses[kind] = Route(act, reading)
        return act

    return register


def command(
    *names: str,
    describe: str = "",
    reading: bool = False,
    managers_only: bool = False,
    listed: bool = True,
) -> Callable[[F], F]:
    """`@command("akce", "events", describe=...)`: `async def (ctx, rest_of_the_line) -> Answer`.

    The first name is Czech, the second English; `describe` is a message for the catalogue.
    """

    def register(act: F) -> F:
        route = Route(act, reading)
        commands.append(Command(names, describe, route, managers_only, listed))
        return act

    return register


def start_link(letter: str) -> Callable[[F], F]:
    """`@start_link("i")`: what `/start i<token>` does. `async def (ctx, token) -> Answer`."""

    def register(act: F) -> F:
        links[letter] = act
        return act

    return register


def job(name: str, *, every: timedelta) -> Callable[[F], F]:
    """`@job("reminders", every=…)`: `async def (desk) -> None`, in a transaction of its own."""

    def register(run: F) -> F:
        jobs[name] = Job(name, every, run)
        return run

    return register


def watch(name: str, *, every: timedelta) -> Callable[[F], F]:
    """`@watch("boards", every=…)`: `async def (trip) -> None`, see `bot.kit.errands`.

    For what is looked at often and seldom differs: nobody waits for it.
    """

    def register(run: F) -> F:
        jobs[name] = Job(name, every, run, looks=True)
        return run

    return register


def errand(kind: str) -> Callable[[F], F]:
    """`@errand("people.list")`: `async def (trip, **facts) -> None`, see `bot.kit.errands`."""

    def register(run: F) -> F:
        errands[kind] = run
        return run

    return register


def fallback(what: str, *, reading: bool = False) -> Callable[[F], F]:
    """For what nothing else has answered: `search` a typed text, `document` a file, `other`
    anything else, `stale` a button of a shape that we no longer make."""

    def register(act: F) -> F:
        fallbacks[what] = Route(act, reading)
        return act

    return register


def taking(act: F) -> F:
    """`@taking`: what is sent and answers no question is shown here first, with its text.

    `async def (ctx, text) -> Answer`, where None leaves it to the next one and to the fallbacks.
    """
    takers.append(act)
    return act


def on_reply(act: F) -> F:
    """`@on_reply`: a reply is shown here before a form takes it, since it says itself what it
    answers. `async def (ctx, message) -> Answer`, where None leaves it to others."""
    repliers.append(act)
    return act


def on_inline(*, place: int) -> Callable[[F], F]:
    """When somebody types the bot's name and a few words in any chat: several features answer,
    and show what they have found in the order of their places.

    `async def (ctx, words, page) -> Hits`, which changes nothing. `ctx.me` may be a stranger.
    """

    def register(run: F) -> F:
        inline[place] = run
        return run

    return register


def on_membership(run: F) -> F:
    """When somebody's or the bot's place in a chat changes. `async def (desk, change) -> None`."""
    members.append(run)
    return run


def on_join_request(run: F) -> F:
    """When somebody asks to be let into a group. `async def (ctx, request) -> None`."""
    join_requests.append(run)
    return run


def on_poll_answer(run: F) -> F:
    """When somebody votes in a poll of ours, or takes it back. `async def (desk, answer)`."""
    poll_answers.append(run)
    return run


def on_poll(run: F) -> F:
    """When a poll of ours is another than before. `async def (desk, poll) -> None`."""
    polls.append(run)
    return run


def group_command(*names: str) -> Callable[[F], F]:
    """`@group_command("propojit", "link")`: one that means something in a group.

    `async def (ctx, rest_of_the_line) -> Answer`, which everybody there will read.
    """

    def register(act: F) -> F:
        group_commands.update(dict.fromkeys(names, act))
        return act

    return register


def on_edit(run: F) -> F:
    """When somebody changes what they wrote. `async def (desk, message) -> None`."""
    edits.append(run)
    return run


def on_group_reply(run: F) -> F:
    """When somebody in a group replies to what the bot has said there.
    `async def (desk, message) -> None`; they need not be anybody whom we know."""
    group_repliers.append(run)
    return run


def on_move(run: F) -> F:
    """When a group gets another id. `async def (desk, old, new) -> None`."""
    moves.append(run)
    return run
