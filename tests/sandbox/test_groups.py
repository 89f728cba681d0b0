"""Groups: what the bot hears, who is in them, invitations, and being thrown out."""

import pytest

from bot.sandbox.membership import migrate, set_status
from bot.sandbox.people import Person
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world import Chat
from tests.sandbox.conftest import ANN, BOB, EVE, GROUP, Call

BAD = "Bad Request: "
BOT = 42


@pytest.fixture
def group(sandbox: Sandbox) -> Chat:
    return sandbox.world.chats[GROUP]


@pytest.fixture
def ann_there(sandbox: Sandbox) -> Person:
    return Person(sandbox, ANN, chat=GROUP)


async def test_privacy_hides_small_talk(call: Call, ann_there: Person) -> None:
    ann_there.says("small talk")
    ann_there.says("/help")
    ann_there.says("@ray_bot are you there?")
    sent = await call("sendMessage", chat_id=GROUP, text="yes")
    ann_there.says("thanks", reply_to=sent["message_id"])
    heard = [update["message"]["text"] for update in await call("getUpdates")]
    assert heard == ["/help", "@ray_bot are you there?", "thanks"]


async def test_an_administrator_hears_everything(
    call: Call, ann_there: Person, group: Chat, sandbox: Sandbox
) -> None:
    set_status(sandbox, group, BOT, "administrator", by=BOB)
    ann_there.says("small talk")
    kinds = [list(update)[1] for update in await call("getUpdates")]
    assert kinds == ["my_chat_member", "message"]


@pytest.mark.parametrize(
    ("status", "refusal"),
    [
        ("kicked", "Forbidden: bot was kicked from the supergroup chat"),
        ("left", "Forbidden: bot is not a member of the supergroup chat"),
    ],
)
async def test_out_of_the_group(
    call: Call, group: Chat, sandbox: Sandbox, status: str, refusal: str
) -> None:
    set_status(sandbox, group, BOT, status, by=BOB)
    assert await call("sendMessage", chat_id=GROUP, text="x") == refusal


async def test_a_group_moves(call: Call, sandbox: Sandbox) -> None:
    sandbox.world.chats[-7] = Chat(-7, "group", "Small", owner=BOB, members=[BOT])
    migrate(sandbox, sandbox.world.chats[-7], -1_000_007)
    status, body = await sandbox.call("42:secret", "sendMessage", {"chat_id": -7, "text": "x"})
    assert (status, body["parameters"]) == (400, {"migrate_to_chat_id": -1_000_007})
    assert body["description"] == f"{BAD}group chat was upgraded to a supergroup chat"
    assert (await call("sendMessage", chat_id=-1_000_007, text="x"))["chat"]["title"] == "Small"


async def test_who_is_who(call: Call) -> None:
    assert (await call("getChatMember", chat_id=GROUP, user_id=BOB))["status"] == "creator"
    assert (await call("getChatMember", chat_id=GROUP, user_id=EVE))["status"] == "left"
    assert await call("getChatMember", chat_id=GROUP, user_id=9) == f"{BAD}user not found"
    assert await call("getChatMemberCount", chat_id=GROUP) == 3
    assert (await call("getChat", chat_id=ANN))["first_name"] == "Ann"


async def test_joining_by_a_link_that_asks(call: Call, sandbox: Sandbox, group: Chat) -> None:
    refused = await call("createChatInviteLink", chat_id=GROUP)
    assert refused == f"{BAD}not enough rights to manage chat invite link"
    set_status(sandbox, group, BOT, "administrator", by=BOB)
    link = await call("createChatInviteLink", chat_id=GROUP, creates_join_request=True, name="x")
    Person(sandbox, EVE, chat=GROUP).joins(link["invite_link"])
    request = (await call("getUpdates"))[-1]["chat_join_request"]
    assert (request["from"]["id"], request["invite_link"]["name"]) == (EVE, "x")
    who = {"chat_id": GROUP, "user_id": EVE}
    assert await call("approveChatJoinRequest", **who) is True
    assert await call("approveChatJoinRequest", **who) == f"{BAD}USER_ALREADY_PARTICIPANT"
    assert group.status_of(EVE) == "member"
    assert await call("banChatMember", **who) is True
    assert await call("declineChatJoinRequest", **who) == f"{BAD}HIDE_REQUESTER_MISSING"
    await call("revokeChatInviteLink", chat_id=GROUP, invite_link=link["invite_link"])
    with pytest.raises(LookupError, match="expired"):
        Person(sandbox, EVE, chat=GROUP).joins(link["invite_link"])


async def test_commands_by_scope_and_language(call: Call, sandbox: Sandbox) -> None:
    from bot.sandbox.commands import offered_commands

    ann = sandbox.world.users[ANN]
    english = [{"command": "menu", "description": "Menu"}]
    czech = [{"command": "menu", "description": "Nabídka"}]
    boss = [{"command": "admin", "description": "Správa"}]
    await call("setMyCommands", commands=english)
    await call("setMyCommands", commands=czech, language_code="cs")
    chat = sandbox.world.private_chat(sandbox.world.bot, ann)
    assert offered_commands(sandbox.world.bot, chat, ann) == czech
    scope = {"type": "chat", "chat_id": ANN}
    await call("setMyCommands", commands=boss, scope=scope)
    assert offered_commands(sandbox.world.bot, chat, ann) == boss
    await call("deleteMyCommands", scope=scope)
    assert await call("getMyCommands", scope=scope) == []
    bad = await call("setMyCommands", commands=[{"command": "Menu", "description": "x"}])
    assert bad == f"{BAD}BOT_COMMAND_INVALID"
    assert (await call("setMyCommands", commands="x")).startswith(f"{BAD}can't parse commands")


async def test_polls_pins_and_reactions(call: Call) -> None:
    sent = await call(
        "sendPoll", chat_id=ANN, question="When?", options='["Mon", {"text": "Tue"}]'
    )
    assert [option["text"] for option in sent["poll"]["options"]] == ["Mon", "Tue"]
    where = {"chat_id": ANN, "message_id": sent["message_id"]}
    assert (await call("stopPoll", **where))["is_closed"] is True
    assert await call("stopPoll", **where) == f"{BAD}poll has already been closed"
    assert await call("sendPoll", chat_id=ANN, question="?", options=[]) == (
        f"{BAD}poll must have at least one answer option"
    )
    assert await call("pinChatMessage", **where) is True
    assert (await call("getChat", chat_id=ANN))["pinned_message"]["message_id"] == where[
        "message_id"
    ]
    assert await call("unpinChatMessage", **where) is True
    heart = [{"type": "emoji", "emoji": "❤️"}]
    assert await call("setMessageReaction", **where, reaction=heart) is True
    odd = await call("setMessageReaction", **where, reaction=[{"type": "emoji", "emoji": "x"}])
    assert odd == f"{BAD}REACTION_INVALID"
