"""Findings of parsers that a person has dismissed."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text

from sourcebook import ids, wiring
from sourcebook.errors import NotFoundError, UsageError
from sourcebook.library import Signed
from sourcebook.records import PROBLEMS, PageRecord, Problem, parse_view
from sourcebook.store import schema
from sourcebook.store.database import sqlite_database
from sourcebook.types.findings import Finding, Rule
from tests.library.conftest import Shelf

TEXT = """# Ferries

Nine ferries were built.[^yard] The yard is old.[^yard]

Another line.[^other]
"""
KIND = "undefined-footnote"
SIGNED = Signed("Ann", "it comes with the next edition")
YARD = "a.md: undefined-footnote: footnote 'yard' is not defined"


@pytest.fixture
def built(shelf: Shelf) -> Shelf:
    shelf.page("a.md", TEXT)
    shelf.build()
    return shelf


def waiting(shelf: Shelf) -> list[tuple[str, int]]:
    """The findings that wait, with their lines."""
    with wiring.open_records(shelf.place, shelf.config) as records:
        page = records.list_rows(parse_view(PROBLEMS, [("rule", "undefined-footnote")]))
        assert (
            page.total == len(page.rows) == records.queue(parse_view(PROBLEMS, [])).waiting.get("undefined-footnote", 0)
        )
        assert all(isinstance(row, Problem) for row in page.rows)
        return [(row.finding, row.line) for row in page.rows]


def dismiss(shelf: Shelf, finding: str) -> None:
    shelf.now += timedelta(minutes=1)
    with shelf.open() as library:
        library.dismiss(finding, SIGNED)


def take_back(shelf: Shelf, finding: str) -> None:
    shelf.now += timedelta(minutes=1)
    with shelf.open() as library:
        library.take_back_dismissal(finding, SIGNED)


def page(shelf: Shelf) -> PageRecord:
    with wiring.open_records(shelf.place, shelf.config) as records:
        return records.page("a.md")


def test_findings_have_names_and_a_second_one_that_says_the_same_has_its_own(built: Shelf) -> None:
    other = "a.md: undefined-footnote: footnote 'other' is not defined"

    assert waiting(built) == [(YARD, 3), (f"{YARD} (2)", 3), (other, 5)]


def test_a_dismissed_finding_waits_no_longer_and_another_that_says_the_same_does(built: Shelf) -> None:
    dismiss(built, YARD)

    assert [name for name, _ in waiting(built)] == [f"{YARD} (2)", YARD.replace("yard", "other")]
    assert [one.who for one in page(built).dismissed] == ["Ann"]
    assert [one.span.line for one in page(built).findings if one.rule is Rule.UNDEFINED_FOOTNOTE] == [3, 5]
    assert [one.message for one in built.build().findings] == [
        "footnote 'yard' is not defined", "footnote 'other' is not defined",
    ]  # fmt: skip


def test_the_word_stands_while_the_finding_is_the_same_wherever_it_moves(built: Shelf) -> None:
    dismiss(built, "a.md:5")
    built.page("a.md", TEXT.replace("# Ferries", "# Ferries\n\nA new paragraph.").replace("Another", "A changed"))
    built.build()

    assert [line for _, line in waiting(built)] == [5, 5]


def test_another_finding_on_the_same_line_does_not_inherit_it(built: Shelf) -> None:
    dismiss(built, "a.md:5")
    built.page("a.md", TEXT.replace("[^other]", "[^third]"))
    built.build()

    assert YARD.replace("yard", "third") in [name for name, _ in waiting(built)]


def test_the_word_survives_a_lost_database(built: Shelf) -> None:
    dismiss(built, YARD)
    (built.place.library / "library.db").unlink()
    wiring.rebuild_store(built.place, built.config)
    built.build()

    assert [name for name, _ in waiting(built)] == [f"{YARD} (2)", YARD.replace("yard", "other")]


def test_what_was_dismissed_can_wait_again(built: Shelf) -> None:
    dismiss(built, YARD)
    take_back(built, YARD)

    assert YARD in [name for name, _ in waiting(built)]
    assert page(built).dismissed == ()


def test_an_unreadable_page_is_the_same_finding_wherever_its_fault_is(shelf: Shelf) -> None:
    shelf.page("b.md", "A [link](https://a.example/).")
    (shelf.folder / "a.md").write_bytes(b"A page \xff of bytes")
    shelf.build()
    dismiss(shelf, "a.md:1")
    (shelf.folder / "a.md").write_bytes(b"A page with other words \xfe of bytes")
    shelf.build()

    assert waiting(shelf) == []


@pytest.mark.parametrize(
    ("finding", "words"),
    [
        ("", "no finding ''"),
        ("a.md: undefined-footnote: footnote 'x' is not defined", "no finding"),
        ("a.md:4", "nothing was found on line 4"),
        ("a.md:3", "has 2 findings"),
        ("nothing.md:3", "no page 'nothing.md'"),
    ],
)
def test_what_is_no_finding_is_not_dismissed(built: Shelf, finding: str, words: str) -> None:
    with pytest.raises(UsageError, match=words), built.open() as library:
        library.dismiss(finding, SIGNED)


def test_a_dismissal_says_who_and_why_and_only_one_that_stands_is_taken_back(built: Shelf) -> None:
    with built.open() as library:
        with pytest.raises(UsageError, match="for a reason"):
            library.dismiss(YARD, Signed("Ann", " "))
        with pytest.raises(UsageError, match="nobody says who"):
            library.dismiss(YARD, Signed("", "why"))
        with pytest.raises(UsageError, match="nobody has dismissed"):
            library.take_back_dismissal(YARD, SIGNED)
        with pytest.raises(NotFoundError):
            library.take_back_dismissal("nothing", SIGNED)


def test_a_place_in_a_message_is_no_part_of_the_name_and_a_number_that_is_a_name_is() -> None:
    fault = Finding(Rule.UNREADABLE_PAGE, "a.md", 1, 1, "the page is not UTF-8: byte 20 is 0xff")
    note = Finding(Rule.UNDEFINED_FOOTNOTE, "a.md", 1, 1, "footnote '3' is not defined")

    assert ids.finding_name(fault, 0) == "a.md: unreadable-page: the page is not UTF-8: byte # is #"
    assert ids.finding_name(note, 1) == "a.md: undefined-footnote: footnote '3' is not defined (2)"


def test_findings_of_a_library_from_before_they_had_names_are_named(built: Shelf) -> None:
    before = waiting(built)
    with closing(sqlite3.connect(built.place.library / "library.db")) as database, database:
        database.execute("DROP INDEX findings_by_name")
        database.execute("ALTER TABLE findings DROP COLUMN name")
        database.execute("ALTER TABLE reviews DROP COLUMN finding")
        database.execute("UPDATE alembic_version SET version_num = '0004'")
    migrations = Config()
    migrations.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
    older = sqlite_database(built.place.library / "library.db")
    with older.write() as connection:
        migrations.attributes["connection"] = connection
        command.upgrade(migrations, "0005")
        connection.execute(text("UPDATE alembic_version SET version_num = :newest"), {"newest": schema.NEWEST})
    older.close()

    assert waiting(built) == before
