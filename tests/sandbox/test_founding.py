"""People found groups and rule them, and the bot hears what Telegram would tell it."""

from typing import Any

import pytest

from bot.sandbox.founding import people_in
from bot.sandbox.people import Person
from bot.sandbox.sandbox import Sandbox
from tests.sandbox.conftest import ANN, BOB, EVE, TOKEN

BOT = 42


@pytest.fixture
def club(sandbox: Sandbox, ann: Person) -> Person:
    """Ann, in a forum she has founded."""
    return Person(sandbox, ANN, ann.founds("  Fibres ", is_forum=True).id)


async def heard(sandbox: Sandbox) -> list[dict[str, Any]]:
    """How the bot's place has changed, for as long as it does not confirm it."""
    _, body = await sandbox.call(TOKEN, "getUpdates", {})
    return [one["my_chat_member"] for one in body["result"] if "my_chat_member" in one]


def test_a_group_belongs_to_whoever_founds_it(sandbox: Sandbox, ann: Person) -> None:
    small, forum = ann.founds("Fibres"), ann.founds("Pillars", is_forum=True)
    assert (small.type, small.owner, small.people) == ("group", ANN, [ANN])
    assert (forum.type, forum.is_forum) == ("supergroup", True)
    assert forum.id < -1_000_000_000_000 < small.id < 0
    assert ann.founds("Fibres").id not in (small.id, forum.id)
    with pytest.raises(ValueError, match="needs a name"):
        ann.founds("  ")


async def test_the_bot_is_added_led_and_shown_out(sandbox: Sandbox, club: Person) -> None:
    club.appoints(BOT, ["can_pin_messages"])
    club.appoints(BOT, ["can_invite_users"])
    club.dismisses(BOT)
    club.removes(BOT)
    club.adds(BOT)
    changes = await heard(sandbox)
    assert [change["new_chat_member"]["status"] for change in changes] == [
        "administrator",
        "administrator",
        "member",
        "kicked",
        "member",
    ]
    assert {change["from"]["id"] for change in changes} == {ANN}
    first, second = (change["new_chat_member"] for change in changes[:2])
    assert (first["can_pin_messages"], first["can_invite_users"]) == (True, False)
    assert (second["can_pin_messages"], second["can_invite_users"]) == (False, True)
    came_and_went = [
        kind
        for one in club.chat.messages.values()
        for kind in ("new_chat_members", "left_chat_member")
        if kind in one.body
    ]
    assert came_and_went == ["new_chat_members", "left_chat_member", "new_chat_members"]


def test_those_in_the_group_and_what_one_may_do_there(sandbox: Sandbox, club: Person) -> None:
    club.adds(BOB)
    club.appoints(BOT, ["can_invite_users"])
    seen = people_in(sandbox, club.chat, ANN)
    rights = {one["id"]: (one["status"], one["rights"]) for one in seen["people"]}
    assert rights == {
        ANN: ("creator", []),
        BOT: ("administrator", ["can_manage_chat", "can_invite_users"]),
        BOB: ("member", []),
    }
    assert seen["may_add"]
    assert not people_in(sandbox, club.chat, BOB)["may_appoint"]


def test_what_nobody_may(sandbox: Sandbox, club: Person) -> None:
    club.appoints(BOB, ["can_promote_members"])
    bob = Person(sandbox, BOB, club.chat.id)
    bob.appoints(EVE, ["can_promote_members"])
    with pytest.raises(PermissionError, match="only the rights you have"):
        bob.appoints(EVE, ["can_pin_messages"])
    with pytest.raises(PermissionError, match="owner"):
        bob.appoints(ANN, [])
    with pytest.raises(PermissionError, match="owner"):
        club.removes(ANN)
    with pytest.raises(PermissionError):
        bob.adds(BOT)
    with pytest.raises(PermissionError):
        bob.removes(EVE)
    with pytest.raises(PermissionError):
        bob.upgrades()
    with pytest.raises(LookupError):
        club.adds(404)


def test_topics_are_begun_by_those_who_may(sandbox: Sandbox, ann: Person, club: Person) -> None:
    club.adds(BOB)
    first, second = club.begins_topic("Lasers"), club.begins_topic(" Films ")
    begun = [(topic.id, topic.name) for topic in club.chat.topics.values()]
    assert begun == [(first, "Lasers"), (second, "Films")]
    club.says("A pulse", thread_id=first)
    assert club.messages[-1]["message_thread_id"] == first
    with pytest.raises(PermissionError):
        Person(sandbox, BOB, club.chat.id).begins_topic("Mine")
    with pytest.raises(ValueError, match="no topics"):
        Person(sandbox, ANN, ann.founds("Fibres").id).begins_topic("Lasers")


async def test_a_group_becomes_a_supergroup_with_all_its_people(
    sandbox: Sandbox, ann: Person
) -> None:
    here = Person(sandbox, ANN, ann.founds("Fibres").id)
    here.appoints(BOT, ["can_invite_users"])
    there = here.upgrades()
    assert (there.type, there.people) == ("supergroup", [ANN, BOT])
    assert there.rights[BOT]["can_invite_users"]
    status, body = await sandbox.call(TOKEN, "sendMessage", {"chat_id": here.chat.id, "text": "x"})
    assert (status, body["parameters"]) == (400, {"migrate_to_chat_id": there.id})
    with pytest.raises(ValueError, match="only groups"):
        Person(sandbox, ANN, there.id).upgrades()


def test_whoever_was_shown_out_is_added_but_does_not_come_by_a_link(
    sandbox: Sandbox, club: Person, eve: Person
) -> None:
    club.adds(EVE)
    club.removes(EVE)
    with pytest.raises(PermissionError, match="banned"):
        Person(sandbox, EVE, club.chat.id).joins()
    club.adds(EVE)
    assert EVE in club.chat.people
