"""The sources that config.toml comes with can be asked, each by an adapter that knows it."""

import pytest

from bot.config import Source, load
from bot.domain.calls.found import Unreadable
from bot.sources import adapters
from bot.sources.addresses import checked
from tests.house.sources import ROOT

CONFIG = load(ROOT / "config.toml")
WITHOUT_A_LOOK = {"gacr", "jmk"}  # nobody has seen yet what they answer


@pytest.mark.parametrize("source", CONFIG.sources, ids=lambda source: source.code)
def test_each_is_asked_at_a_host_that_is_allowed(source: Source) -> None:
    request = adapters.requests(source.form, source.address, source.settings)
    assert checked(request.url, CONFIG.hosts).host in request.url


def test_what_nobody_has_seen_is_off_and_nothing_is_trusted() -> None:
    assert not WITHOUT_A_LOOK & {each.code for each in CONFIG.sources if each.active}
    assert not [each.code for each in CONFIG.sources if each.trusted]


def test_one_may_be_given_more_time() -> None:
    [slow] = [each for each in CONFIG.sources if each.code == "opz"]
    assert adapters.requests(slow.form, slow.address, slow.settings).timeout == 60


@pytest.mark.parametrize("timeout", [0, -1, 3600, "long", None])
def test_but_not_any_time(timeout: object) -> None:
    with pytest.raises(Unreadable, match="timeout"):
        adapters.requests("feed", "https://feeds.example.org/", {"timeout": timeout})
