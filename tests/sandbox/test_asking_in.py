"""Asking to be let into a group: the request, what the bot hears, and how it ends."""

from datetime import timedelta

import pytest

from bot.sandbox.clock import Clock
from bot.sandbox.people import Person
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world import World
from tests.sandbox.conftest import EVE, Call
from tests.sandbox.right_calls import world as new_world
from tests.sandbox.right_wares import CLUB

GONE = "Bad Request: HIDE_REQUESTER_MISSING"
EVE_THERE = {"chat_id": CLUB, "user_id": EVE}


@pytest.fixture(name="world")
def _world() -> World:
    return new_world()


@pytest.fixture
def clock(world: World) -> Clock:
    return world.clock


@pytest.fixture
async def link(call: Call) -> str:
    made = await call("createChatInviteLink", chat_id=CLUB, name="fair", creates_join_request=True)
    return str(made["invite_link"])


async def _updates(call: Call, kind: str) -> list[dict[str, object]]:
    return [update[kind] for update in await call("getUpdates") if kind in update]


async def test_a_request_that_is_granted(call: Call, eve: Person, link: str, world: World) -> None:
    await call("getUpdates", allowed_updates=["chat_join_request", "chat_member", "message"])
    eve.follows_invitation(link)
    assert EVE not in world.chats[CLUB].people
    (request,) = await _updates(call, "chat_join_request")
    assert request["from"]["id"] == request["user_chat_id"] == EVE  # type: ignore[index]
    assert request["invite_link"]["name"] == "fair"  # type: ignore[index]
    assert await call("approveChatJoinRequest", **EVE_THERE) is True
    assert (await call("getChatMember", **EVE_THERE))["status"] == "member"
    changed = (await _updates(call, "chat_member"))[-1]
    assert changed["new_chat_member"]["user"]["id"] == EVE  # type: ignore[index]
    already = "Bad Request: USER_ALREADY_PARTICIPANT"
    assert await call("approveChatJoinRequest", **EVE_THERE) == already


async def test_a_request_that_is_not_granted(call: Call, eve: Person, link: str) -> None:
    eve.follows_invitation(link)
    assert await call("declineChatJoinRequest", **EVE_THERE) is True
    assert (await call("getChatMember", **EVE_THERE))["status"] == "left"
    for method in ("approveChatJoinRequest", "declineChatJoinRequest"):
        assert await call(method, **EVE_THERE) == GONE
    eve.follows_invitation(link)
    assert await call("approveChatJoinRequest", **EVE_THERE) is True


async def test_links_that_lead_nowhere(
    call: Call, sandbox: Sandbox, link: str, clock: Clock
) -> None:
    short = {"chat_id": CLUB, "expire_date": clock.timestamp + 60}
    ending = (await call("createChatInviteLink", **short))["invite_link"]
    clock.advance(timedelta(minutes=1))
    await call("revokeChatInviteLink", chat_id=CLUB, invite_link=link)
    for dead in (ending, link, "https://t.me/+never"):
        with pytest.raises((PermissionError, LookupError)):
            Person(sandbox, EVE).follows_invitation(dead)
    alone = await call("createChatInviteLink", chat_id=CLUB, member_limit=1)
    Person(sandbox, EVE).follows_invitation(alone["invite_link"])
    assert (await call("getChatMember", **EVE_THERE))["status"] == "member"


async def test_who_asks_may_be_written_to_for_five_minutes(
    call: Call, sandbox: Sandbox, eve: Person, link: str, world: World, clock: Clock
) -> None:
    private = world.private_chat(world.bot, world.users[EVE])
    private.started = False
    hello = {"chat_id": EVE, "text": "Who are you?"}
    cold = "Forbidden: bot can't initiate conversation with a user"
    unknown = "Bad Request: chat not found"
    assert await call("sendMessage", **hello) in (cold, unknown)
    eve.follows_invitation(link)
    assert (await call("sendMessage", **hello))["text"] == "Who are you?"
    clock.advance(timedelta(minutes=5))
    assert await call("sendMessage", **hello) in (cold, unknown)
