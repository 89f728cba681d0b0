"""Feeds as they are in the wild: any encoding, damaged, misleading, or no feed at all."""

import pytest

from bot.domain.calls.found import Unreadable
from tests.calls.answers import answer, feed, guessed, item, only, read

TITLE = "Výzva Světlo pro školy – žárovky a čočky"
CALL = item(TITLE, "/vyzvy/svetlo/?utm_source=rss&id=3", "<p>Uzávěrka 3. března 2027 v 10:00</p>")


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "utf-8"),
        ("windows-1250", "windows-1250"),
        ("iso-8859-2", "iso-8859-2"),
        ("windows-1250", "utf-8"),  # it lies
        ("utf-8", "windows-1250"),  # so does this one
        ("utf-16", "utf-16"),
    ],
)
def test_czech_letters_are_right_whatever_is_declared(encoding: str, declared: str) -> None:
    title = TITLE if encoding != "iso-8859-2" else TITLE.replace("–", "-")
    body = feed(item(title), encoding=encoding, declared=declared)
    assert only(read("feed", body)).title == title


def test_links_are_whole_and_without_what_follows_readers() -> None:
    call = only(read("feed", feed(CALL)))
    assert call.link == "https://vyzvy.example.cz/vyzvy/svetlo/?id=3"
    assert call.reference == call.link


def test_an_entry_keeps_its_name_over_two_readings() -> None:
    guid = '<guid isPermaLink="false">grant-7</guid>'
    named = feed(f"<item><title>{TITLE}</title>{guid}</item>")
    assert only(read("feed", named)).reference == "grant-7"
    nameless = feed(f"<item><title>{TITLE}</title></item>")
    assert only(read("feed", nameless)).reference == only(read("feed", nameless)).reference


def test_a_deadline_is_but_a_guess_with_its_words() -> None:
    call = only(read("feed", feed(CALL)))
    assert call.deadlines is None
    (guess,) = (each for each in call.guesses if each.field == "deadlines")
    assert guess.value[0].at.isoformat() == "2027-03-03T10:00:00+01:00"
    assert "Uzávěrka 3. března 2027" in guess.snippet


def test_the_day_of_publication_is_known_only_where_it_can_be_read() -> None:
    good = feed(item(TITLE, pubDate="Tue, 06 Oct 2026 08:00:00 +0200"))
    assert only(read("feed", good)).fields["announced_at"].isoformat() == (
        "2026-10-06T06:00:00+00:00"
    )
    czech = feed(item(TITLE, pubDate="6. 10. 2026"))
    assert "announced_at" not in only(read("feed", czech)).fields


def test_words_choose_what_is_a_call() -> None:
    board = feed(
        item("Program na podporu optiky", "/1"),
        item("Odpověď k programu", "/2"),
        item("Zápis z jednání", "/3"),
    )
    told = read("feed", board, include=["PROGRAM"], exclude=["odpoved"])
    assert [call.title for call in told.calls] == ["Program na podporu optiky"]
    assert told.rows == 3


def test_what_is_true_of_a_source_is_true_of_its_calls() -> None:
    told = read("feed", feed(CALL), fields={"kind": "regional", "regions": ["CZ071"]})
    assert only(told).fields["regions"] == ["CZ071"]
    assert only(told).fields["kind"] == "regional"
    assert only(read("feed", feed(CALL))).fields["kind"] == "national"


def test_a_feed_cut_in_the_middle_gives_what_came() -> None:
    whole = feed(CALL, item("Druhá výzva & další", "/2"))
    told = read("feed", whole[: whole.index("další".encode()) + 3])
    assert told.calls[0].title == TITLE


def test_markup_in_titles_is_gone_and_long_texts_are_cut() -> None:
    long = item("&lt;b&gt;Optika&lt;/b&gt; &amp;amp; sklo " + "x" * 900, "/1", "slovo " * 9_000)
    call = only(read("feed", feed(long)))
    assert call.title.startswith("Optika & sklo")
    assert len(call.title) <= 500
    assert len(call.description) <= 20_000


def test_scripts_never_come_through() -> None:
    call = only(read("feed", feed(item(TITLE, "javascript:alert(1)", "<script>x()</script>Text"))))
    assert call.link == ""
    assert call.description == "Text"


def test_atom_is_read_as_well() -> None:
    atom = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry>
        <title>{TITLE}</title><link href="https://a.example.cz/1"/><id>urn:x:1</id>
        <summary>Příjem žádostí do 5. ledna 2027, míra podpory 70 %</summary></entry></feed>"""
    call = only(read("feed", atom))
    assert call.reference == "urn:x:1"
    assert guessed(call)["rate"] == 70


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    '<rss version="2.0"><channel><item><title>&b;</title></item></channel></rss>'
)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "empty"),
        (b"<!doctype html><html><h1>503</h1></html>", "web page"),
        (b'{"calls": []}', "no feed"),
        (feed(), "no entries"),
        (BOMB, "entities"),
        (BOMB.encode("utf-16"), "entities"),
        ("<!-- padding -->" * 9_000 + BOMB, "entities"),
        (feed(CALL).decode().encode("utf-8").decode("windows-1252", "replace"), "letters"),
        (b"\xff\xfe<\x00r", "begins as"),
    ],
)
def test_what_is_no_feed_is_refused_with_a_reason(body: bytes | str, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        read("feed", body)


def test_a_header_that_contradicts_the_bytes_is_not_believed() -> None:
    from bot.sources import feeds
    from tests.calls.answers import NOW

    said = answer(feed(CALL), "text/xml; charset=iso-8859-1")
    assert feeds.read(said, {}, NOW).calls[0].title == TITLE
