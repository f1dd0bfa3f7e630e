"""Lines of pages as paragraphs: what goes on, what begins anew, and what is no text."""

from hypothesis import given
from hypothesis import strategies as st

from sourcebook.extract.layout import Line
from sourcebook.extract.paragraphs import Kind, blocks_of
from sourcebook.extract.running import without_running_lines

FULL = "The council met on four Mondays in spring, and its minutes are the source of everything"


def lines(*texts: str, page: int = 1, top: float = 700, size: float = 10) -> list[Line]:
    return [
        Line(text, 72, 72 + 5.0 * len(text), top - 12 * number, size, page=page) for number, text in enumerate(texts)
    ]


def texts(*pages: list[Line]) -> list[str]:
    return [block.text for block in blocks_of(pages)]


def test_words_broken_at_line_ends_are_whole_again() -> None:
    assert texts(lines("The evalu-", "ation that was pro\u00ad", "mised is the ﬁnal one.")) == [
        "The evaluation that was promised is the final one."
    ]


def test_a_compound_keeps_its_hyphen_where_the_document_writes_it_so_elsewhere() -> None:
    (text,) = texts(lines("A well-known rule, and the well-", "known exception to an over-", "whelming case of it."))

    assert text == "A well-known rule, and the well-known exception to an overwhelming case of it."


def test_a_sentence_goes_on_over_the_end_of_a_page_and_knows_both_pages() -> None:
    (block,) = blocks_of([lines(FULL), lines("that is said below.", page=2)])

    assert block.text == f"{FULL} that is said below."
    assert block.pages == [(0, 1), (len(FULL) + 1, 2)]


def test_a_footnote_stands_behind_the_paragraph_that_it_interrupts() -> None:
    page = [*lines(FULL), *lines("1 The minutes were lost.", top=100, size=8)]
    blocks = blocks_of([page, lines("that is said below.", page=2)])

    assert [(block.kind, block.text) for block in blocks] == [
        (Kind.TEXT, f"{FULL} that is said below."),
        (Kind.FOOTNOTE, "1 The minutes were lost."),
    ]


def test_a_smaller_line_above_the_text_is_no_footnote() -> None:
    page = [*lines("1 University of Orrell", top=720, size=8), *lines(FULL)]

    assert Kind.FOOTNOTE not in [block.kind for block in blocks_of([page])]


def test_items_and_headings_begin_anew() -> None:
    page = lines(f"{FULL}.", "2 What was found", "• the first thing", "• the second thing")

    assert texts(page) == [f"{FULL}.", "2 What was found", "• the first thing", "• the second thing"]


def test_lines_that_repeat_on_three_pages_are_no_text() -> None:
    pages = [
        [*lines("Journal of Ferries, vol. 3", top=780, page=page), *lines(f"Page of words, {word}", page=page)]
        for page, word in enumerate(("one", "two", "three"), 1)
    ]

    assert [[line.text for line in page] for page in without_running_lines(pages)] == [
        ["Page of words, one"], ["Page of words, two"], ["Page of words, three"],
    ]  # fmt: skip


def test_two_pages_are_too_few_to_tell_a_running_head_of_full_size() -> None:
    pages = [lines("The same line", f"and another, {word}", page=page) for page, word in ((1, "first"), (2, "second"))]

    assert without_running_lines(pages)[1] == pages[1]


@given(st.lists(st.lists(st.text(min_size=1, max_size=40), max_size=8), max_size=5))
def test_every_word_is_kept_once(pages: list[list[str]]) -> None:
    words = [f"w{number}x{place}" for number, page in enumerate(pages) for place, _ in enumerate(page)]
    made = [
        lines(*(f"w{number}x{place} {text}" for place, text in enumerate(page)), page=number + 1)
        for number, page in enumerate(pages)
    ]
    joined = " ".join(texts(*made))

    assert all(joined.count(f"{word} ") + joined.endswith(word) >= 1 for word in words)
