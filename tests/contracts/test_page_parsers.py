"""What every page parser promises, whatever the format."""

import hashlib

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook import corpus, ids
from sourcebook.config import CorpusSettings

SETTINGS = CorpusSettings()

# One page that cites once, in each format.
PAGES = {
    ".md": "# T\n\nIron is [heavy](https://a.example/1).\n",
    ".qmd": "# T\n\nIron is [heavy](https://a.example/1).\n",
    ".mdx": "# T\n\nIron is [heavy](https://a.example/1).\n",
    ".rmd": "# T\n\nIron is [heavy](https://a.example/1).\n",
    ".html": "<h1>T</h1>\n<p>Iron is <a href='https://a.example/1'>heavy</a>.</p>\n",
    ".wiki": "= T =\n\nIron is [https://a.example/1 heavy].\n",
    ".xhtml": "<h1>T</h1>\n<p>Iron is <a href='https://a.example/1'>heavy</a>.</p>\n",
}

every_format = pytest.mark.parametrize("extension", list(PAGES))


def test_every_format_has_its_page():
    assert {corpus.format_of("a" + extension) for extension in PAGES} == set(corpus.PARSERS)


@every_format
def test_a_page_is_identified_by_its_path_and_its_bytes(extension):
    data = PAGES[extension].encode()

    page = corpus.parse("a/b" + extension, data, SETTINGS).page

    assert (page.id, page.path, page.digest) == (
        ids.page_id(page.path),
        "a/b" + extension,
        hashlib.sha256(data).hexdigest(),
    )
    assert (page.title, page.type, page.quality) == ("T", "", None)


@every_format
def test_a_citation_has_its_place_its_address_and_its_claim(extension):
    parsed = corpus.parse("a" + extension, PAGES[extension].encode(), SETTINGS)

    (one,) = parsed.citations
    assert (one.url, one.label, one.footnote, one.definition) == ("https://a.example/1", "heavy", "", "")
    assert parsed.text[one.start : one.end] in parsed.text
    assert one.claim.text == "Iron is heavy."
    assert one.claim.heading == "T"
    assert one.claim.id == ids.claim_id(one.claim.text)
    assert parsed.text[one.claim.start : one.claim.end].startswith("Iron is ")


@every_format
def test_extensions_are_read_in_any_case(extension):
    assert len(corpus.parse("A" + extension.upper(), PAGES[extension].encode(), SETTINGS).citations) == 1


@every_format
@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(b"line one\nl\xefne [a](https://a.example/1)", "not UTF-8", id="Latin-1"),
        pytest.param("x".encode("utf-16"), "not UTF-8", id="UTF-16"),
        pytest.param(b"PK\3\4\0\0", "not text", id="binary"),
        pytest.param(b"x" * 50_000_001, "too large", id="50 MB"),
    ],
)
def test_a_file_that_is_no_page_is_one_finding(extension, data, words):
    parsed = corpus.parse("a" + extension, data, SETTINGS)

    (finding,) = parsed.findings
    assert (finding.rule, finding.page) == ("unreadable-page", "a" + extension)
    assert words in finding.message
    assert (parsed.citations, parsed.text, parsed.page.title) == ((), "", "a")


@every_format
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_bytes_make_a_parser_fail(extension, data):
    parsed = corpus.parse("a" + extension, data, SETTINGS)

    assert all(one.page == "a" + extension and one.line >= 1 and one.column >= 1 for one in parsed.findings)


@every_format
def test_an_empty_page_is_a_page(extension):
    parsed = corpus.parse("a" + extension, b"", SETTINGS)

    assert (parsed.page.title, parsed.citations, parsed.findings) == ("a", (), ())


@every_format
def test_a_large_page_is_read_in_time_that_grows_with_its_size(extension):
    data = ("<p>\n\n" + PAGES[extension] * 5_000).encode()

    parsed = corpus.parse("a" + extension, data, SETTINGS)

    assert len(parsed.citations) == 5_000


@every_format
def test_without_claims_the_same_is_cited_in_the_same_places(extension):
    data = PAGES[extension].encode()
    parsed = corpus.parse("a" + extension, data, SETTINGS)
    without = corpus.parse("a" + extension, data, SETTINGS, corpus.Reading(claims=False))

    (one,), (other,) = parsed.citations, without.citations
    assert one.claim is not None
    assert other == msgspec.structs.replace(one, claim=None)
    assert without.page == parsed.page
