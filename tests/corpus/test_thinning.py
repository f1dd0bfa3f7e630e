"""What is taken out of a page before it is read changes nothing of what is left."""

import re

import pyromark
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.corpus.runs import positions
from sourcebook.corpus.thinning import thinned

READER = pyromark.Markdown(options=pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_FOOTNOTES)
CELLS = ["one", "**two**", "[three](https://a.example)", "", "`four`"]


def lines(text):
    """Where each line of a page begins and ends."""
    return [(line.start(), line.end()) for line in re.finditer(rb"[^\n]*\n", text)]


def told(text, kept):
    """All that the Markdown reader says of these lines, and of nothing else."""
    within = [
        (str(event), span["start"], span["end"])
        for event, span in READER.events_with_range(text.decode())
        if any(start <= span["start"] and span["end"] <= end and span["end"] > span["start"] for start, end in kept)
    ]
    return [one for one in within if "Cell" not in one[0] or one[1] < one[2]]


def rows():
    return st.lists(st.tuples(*[st.sampled_from(CELLS)] * 3), min_size=0, max_size=6).map(
        lambda table: "| A | B | C |\n|---|---|---|\n" + "".join(f"| {' | '.join(row)} |\n" for row in table)
    )


ITEMS = st.tuples(
    st.sampled_from(["-", "*"]), st.lists(st.sampled_from([*CELLS[:3], "five\n  six"]), min_size=1, max_size=6)
).map(lambda said: "".join(f"{said[0]} {words}\n" for words in said[1]))
PAGES = st.lists(
    st.one_of(rows(), ITEMS, st.sampled_from(["Words.\n", "## Head\n", "```\n- a\n- b\n```\n", "| no table |\n"])),
    max_size=8,
).map(lambda blocks: "\n" + "\n".join(blocks))


@given(PAGES)
def test_the_lines_that_cite_are_read_the_same_without_those_that_do_not(page):
    data = page.encode()
    signs = positions(data, (b"[", b"<"))
    kept = [(start, end) for start, end in lines(data) if any(start <= sign < end for sign in signs)]
    thin = thinned(data, signs)
    assert len(thin) == len(data)
    assert [thin[start:end] for start, end in kept] == [data[start:end] for start, end in kept]
    assert told(thin, kept) == told(data, kept)


@pytest.mark.parametrize(
    ("page", "thin"),
    [
        ("\n\n- one\n- **two**\n- three\n\nEnd", "\n\n- xxxxxxxxxxxxx\n- three\n\nEnd"),
        ("\n\n- one\n- [two](x)\n- three\n", "\n\n- one\n- [two](x)\n- three\n"),
        ("\n\n- one\n  more\n- three\n", "\n\n- one\n  more\n- three\n"),
        ("\n\n| A |\n|---|\n| 1 |\n| 2 |\n\nEnd", "\n\n| A |\n|---|            \n\nEnd"),
        ("\n\n| A |\n|---|\n| [1](x) |\n| 2 |\n\nEnd", "\n\n| A |\n|---|\n| [1](x) |\n     \n\nEnd"),
    ],
    ids=["cold items", "a hot item", "an item of two lines", "a cold table", "a cold end of a table"],
)
def test_what_is_taken_out(page, thin):
    data = page.encode()
    assert thinned(data, positions(data, (b"[", b"<"))).decode() == thin
