"""How much of the work a page holds: an abstract never passes for the paper."""

import pytest

from sourcebook.extract import About, extract
from sourcebook.types.documents import Completeness

SENTENCE = "The council tested the model in spring and wrote down what it had seen on each of the sixty days. "
ABSTRACT = f"<p>{SENTENCE * 8}</p>"
PAPER = "".join(f"<h2>{part}</h2><p>{SENTENCE * 8}</p>" for part in ("1 Introduction", "2 Methods", "3 Results"))
SCHOLARLY = '<meta name="citation_title" content="On tests"><meta name="citation_journal_title" content="Tests">'


def ld(**fields: object) -> str:
    said = ", ".join(f'"{name}": {value}' for name, value in fields.items())
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", {said}}}</script>'


def read(head: str, body: str, url: str = "https://a.example/page") -> Completeness:
    page = f"<html><head><title>On tests</title>{head}</head><body><article><h1>On tests</h1>{body}</article>"
    return extract(page.encode(), About(url, "text/html")).completeness


@pytest.mark.parametrize(
    ("head", "body", "url", "completeness"),
    [
        pytest.param("", ABSTRACT, "", "full", id="an article"),
        pytest.param(SCHOLARLY, ABSTRACT, "", "abstract", id="a publisher's page with the abstract alone"),
        pytest.param(SCHOLARLY, PAPER, "", "full", id="a paper with its parts"),
        pytest.param("", ABSTRACT, "https://arxiv.org/abs/2401.00001", "abstract", id="a repository's page"),
        pytest.param("", ABSTRACT, "https://pubmed.ncbi.nlm.nih.gov/1/", "abstract", id="a record in an index"),
        pytest.param('<meta property="og:type" content="book">', ABSTRACT, "", "abstract", id="a page about a book"),
        pytest.param(ld(isAccessibleForFree='"False"'), ABSTRACT, "", "preview", id="a publisher says that it is paid"),
        pytest.param(
            ld(isAccessibleForFree="false"), f"<p>{SENTENCE * 60}</p>", "", "full", id="paid, but all of it came"
        ),
        pytest.param(
            ld(isAccessibleForFree="false", wordCount="3000"),
            f"<p>{SENTENCE * 60}</p>",
            "",
            "preview",
            id="paid, and less than they counted",
        ),
        pytest.param("", ABSTRACT + "<p>Subscribe to continue reading.</p>", "", "preview", id="a wall below the text"),
        pytest.param(
            "", "<p>The council tested the model in spring, and that is all.</p>", "", "fragment", id="a line"
        ),
        pytest.param("", '<div id="root"></div>', "", "fragment", id="a heading alone"),
    ],
)
def test_how_much_there_is_follows_from_what_the_page_says_and_holds(head, body, url, completeness):
    assert read(head, body, url or "https://a.example/page") == completeness


@pytest.mark.parametrize(
    ("lines", "completeness"),
    [
        pytest.param(["Ada Merrow: {}", "Bo: {}", "Ada Merrow: {}", "Bo: {}"], "full", id="people who speak in turn"),
        pytest.param(
            ["[00:12] Ada: {}", "[01:10] Bo: {}", "[01:30] Ada: {}", "[02:00] Bo: {}"], "full", id="with times"
        ),
        pytest.param(["Guest: {}", "Music: {}", "Links: {}", "Editor: {}"], "abstract", id="labels, each once"),
        pytest.param(
            ["Ada Merrow: {}", "Ada Merrow: {}", "Ada Merrow: {}", "Ada Merrow: {}"], "abstract", id="one name"
        ),
        pytest.param(["{}", "{}"], "abstract", id="what it is about"),
    ],
)
def test_a_recording_is_held_where_its_words_are(lines, completeness):
    head = '<script type="application/ld+json">{"@type": "PodcastEpisode", "name": "On tests"}</script>'
    body = "".join(f"<p>{line.format(f'{SENTENCE * 2} So it said {at} times.')}</p>" for at, line in enumerate(lines))

    assert read(head, body) == completeness


def test_a_page_without_words_holds_nothing():
    page = b'<html><head><title>App</title></head><body><div id="root"></div></body></html>'

    assert extract(page, About("https://a.example/", "text/html")).completeness is Completeness.NONE
