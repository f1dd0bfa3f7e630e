"""A set of typeset documents: titles, authors, dates, the order of sentences, footnotes, running heads, pages."""

import pytest

from sourcebook.extract import About, extract
from sourcebook.types.documents import Document, RegionKind
from tests.extract.matter import Made
from tests.extract.papers import made


def fold(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


@pytest.fixture(scope="module")
def read() -> list[tuple[Made, Document]]:
    return [(one, extract(one.body, About("https://a.example/x.pdf", "application/pdf"))) for one in made()]


def share(right: list[bool]) -> float:
    return sum(right) / len(right)


def test_the_set_is_large_enough(read: list[tuple[Made, Document]]) -> None:
    assert len(read) >= 30


def test_titles_are_right(read: list[tuple[Made, Document]]) -> None:
    assert share([fold(document.title) == fold(one.title) for one, document in read]) >= 0.95


def test_authors_and_dates_are_right(read: list[tuple[Made, Document]]) -> None:
    assert share([document.authors == one.authors for one, document in read if one.authors]) >= 0.9
    assert share([document.published == one.published for one, document in read if one.published]) >= 0.9


def test_sentences_are_whole_and_in_order(read: list[tuple[Made, Document]]) -> None:
    for one, document in read:
        places = [document.text.find(sentence) for sentence in one.sentences]
        found = [place for place in places if place >= 0]

        assert len(found) >= 0.95 * len(places), one.name
        assert found == sorted(found), one.name


def test_footnotes_and_references_are_regions_and_running_heads_are_gone(read: list[tuple[Made, Document]]) -> None:
    for one, document in read:
        notes = [document.text[part.start : part.end] for part in document.regions if part.kind is RegionKind.FOOTNOTES]
        kinds = {part.kind for part in document.regions}

        assert all(any(note in words for words in notes) for note in one.notes), one.name
        assert (RegionKind.REFERENCES in kinds) == ("## References" in document.text), one.name
        if document.pages and document.pages > 1:
            assert not any(running in document.text for running in one.running), one.name


def test_every_passage_knows_its_page(read: list[tuple[Made, Document]]) -> None:
    for one, document in read:
        pages = [
            document.page_at(document.text.find(sentence)) for sentence in one.sentences if sentence in document.text
        ]

        assert pages == sorted(pages, key=lambda page: page or 0), one.name
        assert pages[-1] is not None
        assert pages[-1] >= (document.pages or 0) - 1, one.name
