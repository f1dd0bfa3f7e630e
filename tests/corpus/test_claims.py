"""Claims: the statement that a citation is attached to, as a reader would say it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook import corpus
from sourcebook.config import CorpusSettings
from tests.corpus.reading import cited, claims, page

A = "https://a.example/1"


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        pytest.param(f"One. Two [a]({A}) is. Three.", "Two a is.", id="the sentence it stands in"),
        pytest.param(f"One is.[^1] Two.\n\n[^1]: {A}", "One is.", id="footnote after the stop"),
        pytest.param(f"One is [^1]. Two.\n\n[^1]: {A}", "One is.", id="footnote before the stop"),
        pytest.param(f"One is. [^1] Two.\n\n[^1]: {A}", "One is.", id="footnote after stop and space"),
        pytest.param(f"One is ([^1]). Two.\n\n[^1]: {A}", "One is.", id="footnote in brackets"),
        pytest.param(f"One *is* so. ([Reuters]({A})) Two.", "One is so.", id="link in brackets after the stop"),
        pytest.param(f"One is so. Source: [Reuters]({A})", "One is so.", id="a sentence that only points"),
        pytest.param(
            f"One is so. [It was found in May that two are too]({A}).",
            "It was found in May that two are too.",
            id="a label that is a sentence",
        ),
        pytest.param(
            f"It rose 3.5% in the U.S. market, e.g. in Jan. 2024 [a]({A}). Two.",
            "It rose 3.5% in the U.S. market, e.g. in Jan. 2024 a.",
            id="abbreviations",
        ),
        pytest.param(
            f"He said “It is. It was.” in [May]({A}). Two.", "He said “It is. It was.” in May.", id="quotation"
        ),
        pytest.param(f"It (so said Bob. He knows.) is [a]({A}).", "It (so said Bob. He knows.) is a.", id="brackets"),
        pytest.param(f"一つ。二つ[三]({A})です。四つ。", "二つ三です。", id="stops of other scripts"),
        pytest.param(f"One\nand two\n[a]({A}) is.", "One and two a is.", id="wrapped lines"),
        pytest.param(f"**By:** Bob  \n**On:** [May]({A})", "On: May", id="lines broken on purpose"),
        pytest.param(f"- One [a]({A}) thing\n- Two", "One a thing", id="list item"),
        pytest.param(f"- Lead:\n  - One [a]({A})", "One a", id="nested item"),
        pytest.param(f"1. First. Second [a]({A}).", "Second a.", id="a sentence of an item"),
        pytest.param(f"> Quoted [a]({A}).", "Quoted a.", id="quotation block"),
        pytest.param(f"- [ ] Done [a]({A})", "Done a", id="task"),
        pytest.param(f"See `a.b. C` in [a]({A}).", "See a.b. C in a.", id="code is a word"),
        pytest.param(f"A ~~b~~ __c__ &amp; [d]({A}) \\* e", "A b c & d * e", id="markup and entities"),
    ],
)
def test_a_claim_is_the_statement_that_the_citation_stands_in(text, claim):
    assert claims(text)[0] == claim


@pytest.mark.parametrize(
    ("row", "claim"),
    [
        pytest.param(f"| Iron | 5 | [a]({A}) |", "Metal: Iron; Count: 5; Source: a", id="a statement of the row"),
        pytest.param(f"| Iron | — | [a]({A}) |", "Metal: Iron; Source: a", id="empty cells are left out"),
        pytest.param(
            f"| **Iron** | 5.<br/>6 | [a]({A}) |", "Metal: Iron; Count: 5., 6; Source: a", id="markup and breaks"
        ),
        pytest.param(
            f"| Iron | It was found in [May]({A}). Nobody knew. | x |", "It was found in May.", id="a sentence"
        ),
    ],
)
@pytest.mark.parametrize("name", ["page.md", "page.mdx"])
def test_a_row_is_one_statement_unless_a_cell_holds_a_sentence(row, claim, name):
    assert claims(
        f"## H\n\n| Metal | Count | Source |\n|---|---|---|\n| Tin | 1 | 2 |\n{row}\n| Zinc | 3 | 4 |", name
    ) == [claim]


def test_a_sentence_in_a_cell_keeps_what_its_row_is_about():
    (citation,) = cited(f"| Metal | Found |\n|---|---|\n| Iron | It was found in [May]({A}) by Bob. |")

    assert citation.claim.before == "Metal: Iron"


def test_adjacent_citations_share_one_claim():
    text = f"One is.[^1][^2] [Ada]({A}) b, [c]({A}).\n\n[^1]: {A}\n[^2]: {A}"

    one, two, three, four = cited(text)[:4]
    assert one.claim is two.claim
    assert three.claim is four.claim
    assert one.claim.text == "One is."
    assert three.claim.text == "Ada b, c."


def test_a_claim_knows_its_section_and_the_sentence_before():
    text = f"# One\n\nBob is old.\n\n## Two\n\nAlice is young. She [ran]({A}).\n\n### Three\n"

    (citation,) = cited(text)
    assert citation.claim.heading == "Two"
    assert citation.claim.before == "Alice is young."


def test_an_item_knows_what_introduces_its_list():
    text = f"It rests. **The causes are:**\n\n- one [a]({A})\n- two [b]({A})\n\n  More of [c]({A}).\n"

    assert [one.claim.before for one in cited(text)] == ["The causes are:"] * 2 + [""]


def test_citations_that_stand_alone_belong_to_the_block_before():
    text = f"# One\n\nBob is. Alice is.\n\n[^1][^2]\n\n[^1]: {A}\n[^2]: {A}\n"

    parsed = page(text)

    notes = [one for one in parsed.citations if one.kind == "footnote"]
    assert [one.claim.text for one in notes] == ["Alice is."] * 2
    assert parsed.text[notes[0].claim.start : notes[0].claim.end] == "Alice is."


def test_citations_with_nothing_before_them_have_no_claim():
    assert claims(f"# One\n\n[^1]\n\n[^1]: {A}\n")[0] == ""


def test_the_same_words_are_the_same_claim_wherever_they_stand():
    one, two = cited(f"Iron is [heavy]({A}).\n\n# On\n\nIron *is* [heavy]({A}).")

    assert one.claim.id == two.claim.id
    assert one.claim.start != two.claim.start


_LINK, _TABLE = f"[a]({A}) ", "| d | e |\n|---|---|\n| f | "
_PIECES = ["Iron is. ", "é漢🎉 ", _LINK, "[^1] ", f"{A} ", "*b* ", "`c` ", "{g} ", "(", ") ", "“", "” ", "&amp; "]
_PIECES += ["\n\n", "\n- ", "\n> ", "\n    ", "# ", _TABLE, "\n[^1]: ", "\r\n", "<br/>", "<R id='x'>", "</R> "]


@pytest.mark.parametrize("name", ["page.md", "page.mdx", "page.html"])
@given(st.lists(st.sampled_from(_PIECES), max_size=30).map("".join))
def test_every_offset_holds_whatever_the_page(name, text):
    parsed = corpus.parse(name, text.encode(), CorpusSettings())

    lines = parsed.text.split("\n")
    for one in parsed.citations:
        assert 0 <= one.start <= one.end <= len(parsed.text)
        assert sum(len(line) + 1 for line in lines[: one.line - 1]) + one.column - 1 == one.start
        if one.kind in {"bare", "autolink"}:
            assert parsed.text[one.start : one.end].strip("<>") == one.target
        if one.kind == "link":
            assert parsed.text[one.start : one.end].endswith(f"({A})")
        if one.claim is not None:
            assert one.claim.text
            assert 0 <= one.claim.start < one.claim.end <= len(parsed.text)
            assert "\x1a" not in one.claim.text
