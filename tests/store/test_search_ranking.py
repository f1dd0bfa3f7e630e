"""A word that very many texts hold tells little: only some of them are ranked, those that are called by it first."""

from pathlib import Path

import pytest

from sourcebook.store.database import sqlite_database
from sourcebook.store.search import Entry, SearchKind, Wanted, open_file_index
from sourcebook.store.search.ranking import Ranking
from sourcebook.store.search.sqlite import FILE_NAME, SqliteIndex

TEXTS, RANKED = 60, 12
_TITLED = (20, 55)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    index: SqliteIndex = open_file_index(tmp_path)
    index.save(
        SearchKind.SOURCE,
        [
            Entry(f"s{at}", "1", "The report" if at in _TITLED else "Other", "", f"A report of winter, number{at}.")
            for at in range(TEXTS)
        ],
    )
    index.close()
    return tmp_path


def ranked(folder: Path, *words: str, most_ranked: int = RANKED) -> list[int]:
    database = sqlite_database(folder / FILE_NAME)
    with database.read() as connection:
        scores = Ranking(connection, "source_words", Wanted(words), 200, most_ranked).scores()
    database.close()
    return [row - 1 for row in sorted(scores, key=lambda row: (-scores[row], row))]


def test_those_with_the_word_in_their_title_come_first_and_then_the_first_of_the_others(folder: Path) -> None:
    found = ranked(folder, "report")

    assert found[:2] == list(_TITLED)
    assert found[2:] == list(range(RANKED))


def test_a_rarer_word_chooses_among_all(folder: Path) -> None:
    assert ranked(folder, "report", "number58")[0] == 58


def test_all_are_ranked_where_they_are_not_too_many(folder: Path) -> None:
    assert sorted(ranked(folder, "report", most_ranked=TEXTS)) == list(range(TEXTS))
