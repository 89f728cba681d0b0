"""Quizzes and polls with several answers, as bots and voters meet them."""

from typing import Any

import pytest

from bot.sandbox.people import Person
from bot.sandbox.sandbox import Sandbox
from tests.sandbox.conftest import ANN, BOB, GROUP, Call

BAD = "Bad Request: "
MENU = ["Soup", "Goulash", "Dumplings"]


@pytest.fixture
def ann_there(sandbox: Sandbox) -> Person:
    return Person(sandbox, ANN, chat=GROUP)


@pytest.fixture
def bob_there(sandbox: Sandbox) -> Person:
    return Person(sandbox, BOB, chat=GROUP)


def _counts(poll: dict[str, Any]) -> list[int]:
    return [option["voter_count"] for option in poll["options"]]


async def test_several_answers_are_counted_by_option(
    call: Call, ann_there: Person, bob_there: Person
) -> None:
    several = {"allows_multiple_answers": True, "is_anonymous": False}
    sent = await call("sendPoll", chat_id=GROUP, question="Lunch?", options=MENU, **several)
    ann_there.votes([2, 0])
    seen = bob_there.votes([0])
    assert (_counts(seen["poll"]), seen["poll"]["total_voter_count"]) == ([2, 0, 1], 2)
    assert seen["chosen"] == [0]
    bob_there.votes([])
    for wrong in ([3], [0, 0], [-1]):
        with pytest.raises(ValueError, match="there is no such option"):
            bob_there.votes(wrong)
    updates = await call("getUpdates")
    answers = [update["poll_answer"] for update in updates if "poll_answer" in update]
    assert [(one["user"]["id"], one["option_ids"]) for one in answers] == [
        (ANN, [0, 2]),
        (BOB, [0]),
        (BOB, []),
    ]
    there = {"chat_id": GROUP, "message_id": sent["message_id"]}
    assert _counts(await call("stopPoll", **there)) == [1, 0, 1]


async def test_an_anonymous_poll_tells_numbers_and_no_names(call: Call, ann_there: Person) -> None:
    await call("sendPoll", chat_id=GROUP, question="Lunch?", options=MENU)
    ann_there.votes([1])
    updates = await call("getUpdates")
    assert not any("poll_answer" in update for update in updates)
    assert _counts(updates[-1]["poll"]) == [0, 1, 0]


async def test_a_quiz_has_right_answers_and_one_try(call: Call, ann_there: Person) -> None:
    quiz = {"type": "quiz", "correct_option_ids": [1], "is_anonymous": False}
    explained = {"explanation": "<b>Goulash</b>, always", "explanation_parse_mode": "HTML"}
    sent = await call("sendPoll", chat_id=GROUP, question="?", options=MENU, **quiz, **explained)
    poll = sent["poll"]
    assert (poll["type"], poll["correct_option_ids"]) == ("quiz", [1])
    assert (poll["explanation"], poll["explanation_entities"][0]["type"]) == (
        "Goulash, always",
        "bold",
    )
    ann_there.votes([0])
    with pytest.raises(ValueError, match="cannot be changed"):
        ann_there.votes([1])
    with pytest.raises(ValueError, match="cannot be changed"):
        ann_there.votes([])


async def test_a_quiz_of_the_time_of_one_answer(call: Call) -> None:
    quiz = {"chat_id": GROUP, "question": "?", "options": MENU, "type": "quiz"}
    sent = await call("sendPoll", **quiz, correct_option_id=2)
    assert sent["poll"]["correct_option_ids"] == [2]
    for wrong, refusal in (
        ({}, "correct quiz option list must be non-empty"),
        ({"correct_option_ids": [7]}, "wrong quiz correct_option_id"),
    ):
        assert str(await call("sendPoll", **quiz, **wrong)).startswith(BAD + refusal)
