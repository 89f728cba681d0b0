"""A reading of a source page by page: whole, or not at all."""

import pytest

from bot.domain.calls.found import Found, Unreadable
from bot.sources.fetching import Request
from bot.sources.runs import Run
from tests.calls.answers import NOW, answer, portal, topic
from tests.calls.test_pages import BY_LINKS, CARDS, DETAIL, OF_DETAIL

ADDRESS = "https://vyzvy.example.cz/seznam/"


def run_of(form: str, **settings: object) -> Run:
    return Run(form, ADDRESS, settings, NOW)


def asked(run: Run) -> Request:
    request = run.next
    assert request is not None
    return request


def test_pages_are_read_to_the_last_row() -> None:
    run = run_of("sedia", page_size=2)
    names = [f"HORIZON-A-{number}" for number in range(5)]
    found: list[Found] = []
    for page in (1, 2, 3):
        assert f"pageNumber={page}" in asked(run).url
        rows = [topic(name) for name in names[2 * page - 2 : 2 * page]]
        found += run.hear(answer(portal(rows, total=5, page=page)))
    assert run.next is None
    found += run.end()
    assert [call.reference for call in found] == names
    assert (run.rows, run.pages) == (5, 3)


def test_copies_on_both_sides_of_a_page_are_one() -> None:
    run = run_of("sedia", page_size=2)
    stub = topic("HORIZON-B", status=None)
    found = run.hear(answer(portal([topic("HORIZON-A"), stub], total=4)))
    assert [call.reference for call in found] == ["HORIZON-A"]
    rest = [topic("HORIZON-B", descriptionByte="Light"), topic("HORIZON-C")]
    found = run.hear(answer(portal(rest, total=4, page=2))) + run.end()
    assert [(call.reference, call.description) for call in found] == [
        ("HORIZON-B", "Light"),
        ("HORIZON-C", ""),
    ]


def test_fewer_rows_than_were_promised_is_a_fault() -> None:
    run = run_of("sedia", page_size=2)
    run.hear(answer(portal([topic("HORIZON-A"), topic("HORIZON-B")], total=900)))
    run.hear(answer(portal([], total=900, page=2)))
    assert run.next is None
    with pytest.raises(Unreadable, match="900 rows and gave 2"):
        run.end()


def test_a_page_of_the_list_that_fails_fails_the_run() -> None:
    with pytest.raises(Unreadable, match="did not answer"):
        run_of("sedia").miss("it did not answer")


def test_links_to_next_pages_are_followed_once() -> None:
    run = run_of("page", **BY_LINKS)
    assert run.hear(answer(CARDS)) == []  # held back: the next page may have it better
    assert asked(run).url == f"{ADDRESS}?strana=2"
    second = CARDS.replace("/soutez/1/", "/soutez/3/")  # its link leads to itself
    found = run.hear(answer(second, url=f"{ADDRESS}?strana=2")) + run.end()
    assert [call.link[-4:] for call in found] == ["z/1/", "z/3/"]
    assert run.next is None


def test_calls_are_completed_from_their_own_pages() -> None:
    run = run_of("page", **{**BY_LINKS, "next": ".none"}, **OF_DETAIL)
    assert run.hear(answer(CARDS)) == []
    assert asked(run).url == "https://vyzvy.example.cz/soutez/1/"
    (call,) = run.hear(answer(DETAIL))
    assert call.fields["budget"] == 25_000_000
    assert run.next is None
    assert run.end() == []


def test_a_call_whose_page_fails_is_kept_as_the_list_told_it() -> None:
    for broken in (True, False):
        run = run_of("page", **{**BY_LINKS, "next": ".none"}, **OF_DETAIL)
        run.hear(answer(CARDS))
        (call,) = run.miss("404") if broken else run.hear(answer(b""))
        assert call.title == "Soutěž Paprsek"
        assert run.end() == []


def test_a_form_that_nobody_reads_is_named() -> None:
    with pytest.raises(Unreadable, match="telegraph"):
        run_of("telegraph")
