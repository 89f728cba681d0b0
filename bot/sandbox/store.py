"""Keeps the sandbox over restarts: one JSON file, replaced whole."""

import asyncio
import base64
import json
import logging
import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.sandbox.callbacks import Press
from bot.sandbox.records import (
    Chat,
    InviteLink,
    Json,
    Message,
    Profile,
    StickerSet,
    StoredFile,
    Topic,
)
from bot.sandbox.updates import Waiting
from bot.sandbox.voting import watch_all_polls
from bot.sandbox.webhooks import Webhook

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox

FORMAT = 2
BY_PERSON = ("read", "rights", "restricted", "until", "titles", "tags", "spoke_at")
PAUSE_SECONDS = 2.0
PAUSE_FACTOR = 20
log = logging.getLogger(__name__)


def save(sandbox: "Sandbox", path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".new")
    with fresh.open("w", encoding="utf-8") as file:
        json.dump(_state(sandbox), file, default=_plain, separators=(",", ":"))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def load(sandbox: "Sandbox", path: Path) -> bool:
    """Whether there was something to go on from. A broken file is set aside, and said so."""
    if not path.exists():
        return False
    try:
        state = json.loads(path.read_text("utf-8"))
        if state["format"] != FORMAT:
            raise ValueError(f"format {state['format']} is not {FORMAT}")
        _restore(sandbox, state)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        aside = path.with_name(f"{path.name}.broken-{int(datetime.now(UTC).timestamp())}")
        path.replace(aside)
        log.warning("The sandbox's memory was broken (%s) and now lies in %s", error, aside)
        return False
    return True


async def keep(sandbox: "Sandbox", path: Path) -> None:
    """Save soon after changes, and at the end; runs until cancelled.

    Saving holds everything up, so the larger the world has grown, the rarer it is done.
    """
    saved, took = sandbox.events.last, 0.0
    try:
        while True:
            await asyncio.sleep(max(PAUSE_SECONDS, took * PAUSE_FACTOR))
            if sandbox.events.last != saved:
                saved, began = sandbox.events.last, time.perf_counter()
                save(sandbox, path)
                took = time.perf_counter() - began
    finally:
        save(sandbox, path)


def _state(sandbox: "Sandbox") -> Json:
    world = sandbox.world
    bots = world.bots.values()
    queues = [sandbox.queue(bot) for bot in bots]
    return {
        "format": FORMAT,
        "shift": world.clock.shift.total_seconds(),
        "profiles": {bot.id: bot.profile for bot in bots},
        "chats": list(world.chats.values()),
        "private_chats": [
            chat for chat in world.private_chats.values() if chat.last_message_id or chat.blocked
        ],
        "files": [_without_copies(file) for file in world.files.values()],
        "sticker_sets": world.sticker_sets,
        "last_file_number": world.last_file_number,
        "presses": sandbox.presses,
        "last_press": sandbox.last_press,
        "queues": {
            bot.id: {"next_id": queue.next_id, "allowed": queue.allowed, "waiting": queue.fresh()}
            for bot, queue in zip(bots, queues, strict=True)
        },
        "webhooks": {bot.id: sandbox.webhook(bot) for bot in bots},
    }


def _without_copies(file: StoredFile) -> Json:
    """Smaller sizes of a photo are kept once, with the original."""
    return {**vars(file), "content": b"" if file.original else file.content}


def _plain(thing: Any) -> Any:
    if isinstance(thing, bytes):
        return base64.b64encode(thing).decode()
    if isinstance(thing, datetime):
        return thing.isoformat()
    return vars(thing)


def _restore(sandbox: "Sandbox", state: Json) -> None:
    """Everything is read before anything is changed, so a broken file changes nothing."""
    world = sandbox.world
    chats = {chat.id: chat for chat in map(_chat, state["chats"])}
    private = [_chat(described) for described in state["private_chats"]]
    files = _files(state["files"])
    sets = {name: StickerSet(**kept) for name, kept in state.get("sticker_sets", {}).items()}
    presses = {number: Press(**press) for number, press in state["presses"].items()}
    profiles = {int(number): _profile(told) for number, told in state["profiles"].items()}
    webhooks = {int(number): Webhook(**kept) for number, kept in state["webhooks"].items()}
    queues = {int(number): _queue(kept) for number, kept in state["queues"].items()}
    world.clock.shift = timedelta(seconds=state["shift"])
    world.chats |= chats
    known = [chat for chat in private if chat.id in world.users]
    world.private_chats = {(chat.owner, chat.id): chat for chat in known}
    world.files, world.sticker_sets = files, sets
    world.last_file_number = state["last_file_number"]
    sandbox.presses, sandbox.last_press = presses, state["last_press"]
    for bot in world.bots.values():
        bot.profile = profiles.get(bot.id, bot.profile)
        sandbox.set_webhook(bot, webhooks.get(bot.id, Webhook()))
        if bot.id in queues:
            queue = sandbox.queue(bot)
            queue.next_id, queue.allowed, waiting = queues[bot.id]
            queue.refill(waiting)
    watch_all_polls(sandbox)


def _files(described: list[Json]) -> dict[str, StoredFile]:
    contents = {one["id"]: base64.b64decode(one["content"]) for one in described}
    return {
        one["id"]: StoredFile(**{**one, "content": contents[one.get("original") or one["id"]]})
        for one in described
    }


def _chat(described: Json) -> Chat:
    messages = [
        Message(**_numbered(one, "reactions", "votes", "scores"))
        for one in described["messages"].values()
    ]
    links = [InviteLink(**link) for link in described["links"]]
    topics = {topic["id"]: Topic(**topic) for topic in described["topics"].values()}
    by_id = {message.id: message for message in messages}
    parts = {"messages": by_id, "links": links, "topics": topics}
    return Chat(**{**_numbered(described, *BY_PERSON), **parts})


def _profile(described: Json) -> Profile:
    return Profile(**_numbered(described, "menu_buttons"))


def _queue(described: Json) -> tuple[int, list[str], list[Waiting]]:
    waiting = [
        Waiting(**{**one, "expires": datetime.fromisoformat(one["expires"])})
        for one in described["waiting"]
    ]
    return described["next_id"], described["allowed"], waiting


def _numbered(described: Json, *fields: str) -> Json:
    """JSON has made texts of the numbers that are keys."""
    mended = {
        field: {int(key): value for key, value in described.get(field, {}).items()}
        for field in fields
    }
    return {**described, **mended}
