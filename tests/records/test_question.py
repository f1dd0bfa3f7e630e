"""What a person types, read."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from sourcebook.errors import UsageError
from sourcebook.records.search.question import parse_question
from sourcebook.types.captures import LinkState
from sourcebook.types.listings import Listing
from sourcebook.types.sources import SourceType


def listing(domain: str = "example.org", credibility: int | None = 4) -> Listing:
    return Listing(
        "id", "sid", f"https://{domain}/", "T", SourceType.PAPER, domain, "", "", credibility, 50, 1, LinkState.ALIVE,
        None, datetime(2026, 1, 1, tzinfo=UTC),
    )  # fmt: skip


def test_words_phrases_and_what_must_not_be_there_are_told_apart() -> None:
    asked = parse_question('Open  weights "exact words" -rumour -"two words"')

    assert asked.wanted.words == ("open", "weights")
    assert asked.wanted.phrases == (("exact", "words"),)
    assert asked.wanted.without == (("rumour",), ("two", "words"))
    assert not asked.narrows


def test_typographic_quotation_marks_are_quotation_marks() -> None:
    assert parse_question("“exact words”").wanted.phrases == (("exact", "words"),)


def test_a_quotation_mark_that_is_never_closed_is_closed_at_the_end() -> None:
    assert parse_question('so "exact words').wanted.phrases == (("exact", "words"),)


@pytest.mark.parametrize("typed", ["", "   ", '""', "-", "!!!", '-""'])
def test_nothing_is_asked_by(typed: str) -> None:
    assert parse_question(typed).wanted.is_empty


def test_an_address_is_words_and_no_narrowing() -> None:
    asked = parse_question("https://example.org/a-page")

    assert asked.wanted.words == ("https", "example", "org", "a", "page")
    assert not asked.narrows


@pytest.mark.parametrize(
    ("typed", "domain", "credibility", "admitted"),
    [
        ("credibility:>=4", "example.org", 4, True),
        ("credibility:>4", "example.org", 4, False),
        ("credibility:<3", "example.org", 2, True),
        ("credibility:<3", "example.org", None, False),
        ("credibility:4", "example.org", 5, False),
        ("credibility:unrated", "example.org", None, True),
        ("credibility:unrated", "example.org", 1, False),
        ("site:example.org", "news.example.org", 3, True),
        ("site:https://www.example.org/x", "example.org", 3, True),
        ("site:example.org", "badexample.org", 3, False),
        ("site:news.example.org", "example.org", 3, False),
        ("type:paper state:alive", "example.org", 3, True),
        ("type:news-article", "example.org", 3, False),
        ("state:dead", "example.org", 3, False),
    ],
)
def test_a_narrowing_lets_through_what_it_says(typed, domain, credibility, admitted) -> None:
    asked = parse_question(f"words {typed}")

    assert asked.narrows
    assert asked.wanted.words == ("words",)
    assert asked.narrowing.admits(listing(domain, credibility)) is admitted


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        pytest.param("site:en.wikipedia.org", "https://en.wikipedia.org/wiki/Owl", id="below what was registered"),
        pytest.param("site:wikipedia.org", "https://en.wikipedia.org/wiki/Owl", id="what was registered"),
        pytest.param("site:blog.example.org", "https://www.blog.example.org/x", id="with and without www"),
        pytest.param(
            "site:en.wikipedia.org",
            "https://web.archive.org/web/20200101000000/https://en.wikipedia.org/wiki/Owl",
            id="a copy of it",
        ),
    ],
)
def test_a_site_may_be_a_part_of_what_somebody_registered(typed: str, url: str) -> None:
    one = replace(listing("wikipedia.org" if "wiki" in url else "example.org"), url=url)

    assert parse_question(typed).narrowing.admits(one)
    assert not parse_question("site:de.wikipedia.org").narrowing.admits(one)


@pytest.mark.parametrize("typed", ["type:owl", "credibility:9", "credibility:>=x", "state:lost"])
def test_a_narrowing_that_cannot_be_followed_is_refused_with_what_can(typed: str) -> None:
    with pytest.raises(UsageError) as raised:
        parse_question(typed)

    assert raised.value.hint


def test_a_very_long_question_is_cut_and_answered() -> None:
    assert len(parse_question("owl " * 10_000 + "x" * 10_000).wanted.words) <= 64
