"""A page's own text with its claims marked, and where passages stand in a source's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from sourcebook import corpus
from sourcebook.config import CorpusSettings
from sourcebook.records import PageCitation, PageClaim, PageHealth, PageRecord
from sourcebook.types.verdicts import Support
from sourcebook.web.page_text import parse_page
from sourcebook.web.passages import at_passage, lines_of
from tests.web.conftest import words_of
from tests.web.shelf import ID, PAGE, Shelf

A = "https://a.example/x"


def page_of(text: str, path: str = "page.md") -> PageRecord:
    """A page as the records tell of it, with an unjudged claim for each that the parser finds."""
    parsed = corpus.parse(path, text.encode(), CorpusSettings())
    citations = tuple(
        PageCitation(
            one.line, one.column, one.kind, one.label, one.url, "s" * 16 if one.url else "", "", None, None, "",
            one.start, one.end, one.footnote,
        )
        for one in parsed.citations
    )  # fmt: skip
    claims = {one.claim.start: one.claim for one in parsed.citations if one.claim}
    told = tuple(
        PageClaim(one.id, one.text, 1, 1, one.start, one.end, Support.PARTIAL, ()) for _, one in sorted(claims.items())
    )
    return PageRecord(replace(PAGE, path=path), parsed.text, told, citations, (), PageHealth(0, 0, 0, 0, 0))


def read(text: str, path: str = "page.md") -> list[tuple[str, str]]:
    """Kind and words of each block."""
    blocks = parse_page(page_of(text, path))
    return [(one.kind, "".join(piece.text for group in one.groups for piece in group.pieces).strip()) for one in blocks]


def marked(text: str, path: str = "page.md") -> list[str]:
    """The words of each claim, as they are marked."""
    found = page_of(text, path)
    said: dict[int, str] = {}
    for block in parse_page(found):
        for group in block.groups:
            if group.claim is not None:
                words = "".join(piece.text for piece in group.pieces if piece.kind != "note")
                said[group.claim] = f"{said.get(group.claim, '')} {words}".strip()
    return [" ".join(words.split()) for _, words in sorted(said.items())]


def test_a_page_is_read_block_by_block_without_its_markup():
    text = f"""---
title: Not shown
---
# A *heading*

Some **bold** words, [a link]({A}) and a note.[^1]

- one item
- another, see <{A}>

> quoted words

| a | b |
|---|---|
| c | [d]({A}) |

```js
const code = `as it is`
```

[^1]: The [note]({A}).
"""

    assert read(text) == [
        ("heading", "A heading"),
        ("paragraph", "Some bold words, a link and a note.1"),
        ("item", "one item"),
        ("item", f"another, see {A}"),
        ("quote", "quoted words"),
        ("row", "| a | b |"),
        ("row", "| c | d |"),
        ("code", "```js\nconst code = `as it is`\n```"),
        ("note", "The note."),
    ]


@pytest.mark.parametrize(
    ("text", "path", "claims"),
    [
        pytest.param(f"Zero. It rose by [57]({A}) %. Two.", "page.md", ["It rose by 57 %."], id="a sentence"),
        pytest.param(f"It *rose* by `57`.[^1] Two.\n\n[^1]: {A}", "page.md", ["It rose by 57."], id="a footnote"),
        pytest.param(f"It rose\nby 57, [they say]({A}).", "page.md", ["It rose by 57, they say."], id="two lines"),
        pytest.param(
            f"- One [a]({A}).\n- Two [b]({A}).", "page.md", ["One a.", "Two b."], id="items"
        ),
        pytest.param(
            f"<p>It rose by <b>57</b> &amp; <a href='{A}'>more</a>.</p><p>No.</p>", "page.html",
            ["It rose by 57 & more."], id="HTML",
        ),
        pytest.param(
            f"import X from './x'\n\n<X>It rose by [57]({A}).</X> {{/*a*/}}\n", "a.mdx", ["It rose by 57."], id="MDX"
        ),
    ],
)  # fmt: skip
def test_a_claim_is_marked_from_its_first_word_to_its_last(text, path, claims):
    assert marked(text, path) == claims


_PARTS = st.sampled_from(["It rose by 57. ", f"See [a b]({A}). ", "[^1]", "\n\n", "\n- ", "# ", "**", "`x`", "Ünï. ",
    "| a |\n", "```\n", f"<{A}> ", "\n[^1]: note ", "<b>", "> "])  # fmt: skip


@given(st.lists(_PARTS, max_size=14).map("".join))
def test_no_page_is_too_odd_and_every_claim_has_a_block(text):
    found = page_of(text)
    blocks = parse_page(found)

    assert sorted(number for block in blocks for number in block.claims) == list(range(len(found.claims)))


def test_each_note_is_a_block_and_where_a_named_link_leads_is_not_shown():
    text = f"A [named link][to] and *emphasis*: see.[^1]\n\n[^1]: One note: <{A}>.\n[^b]: Another.\n[to]: {A}\n"

    assert read(text) == [
        ("paragraph", "A named link and emphasis: see.1"),
        ("note", f"One note: {A}."),
        ("note", "Another."),
    ]


def test_emphasis_that_begins_before_a_claim_leaves_no_sign():
    blocks = read(f"1. *Adjustment*: decided with [an appeal]({A}) for all.\n")

    assert blocks == [("item", "Adjustment: decided with an appeal for all.")]


def test_the_page_shows_text_claims_and_cards_that_lead_to_each_other(reader):
    page = reader.page(f"/pages/{PAGE.id}")
    (first, second) = page.xpath("//mark")

    assert words_of(first) == "The company said that it would not open all of its models."
    assert [one.get("class") for one in (first, second)] == [
        "claim claim-supported nth-1",
        "claim claim-unjudged nth-1",
    ]
    for one in (first, second):
        number = one.get("id").removeprefix("claim-")
        assert f"#card-{number}" in page.xpath("//a/@href")
        (card,) = page.xpath(f"//details[@id='card-{number}']")
        assert f"#claim-{number}" in card.xpath(".//a/@href")
    text = words_of(page)
    assert "90% likely that every part of it holds, says the local judge The words are there. makers" in text
    assert "Unjudged not captured: nobody has asked for it yet" in text
    assert f"/sources/{ID}/text?start=4&end=10#passage" in page.xpath("//a/@href")


def test_findings_of_one_rule_stand_together_and_the_first_of_them_are_shown(reader):
    findings = reader.page(f"/pages/{PAGE.id}").xpath("//ol[@class='problems']/li")

    assert [words_of(one) for one in findings] == [
        "Error Undefined footnote Define it, or take the reference out. line 31 Footnote [^7] is not defined",
        (
            "Error Altered quote Define it, or take the reference out. "
            "line 31 The company said that it would not open all of its models. Altered quote: it says no"
        ),
        (
            "Note Uncited number 5 times Cite where it comes from. "
            "line 40 It took 40 years. line 41 It took 41 years. line 42 It took 42 years. "
            "2 more line 43 It took 43 years. line 44 It took 44 years."
        ),
    ]


def test_a_finding_about_a_claim_leads_to_it_in_the_text(reader):
    page = reader.page(f"/pages/{PAGE.id}")
    (way,) = page.xpath("//ol[@class='problems']//a")

    assert words_of(way) == "line 31"
    assert way.get("href") == f"#{page.xpath('//mark/@id')[0]}"


def test_the_page_is_the_same_for_programs(reader):
    told = reader.json(f"/pages/{PAGE.id}.json")

    assert [one["support"] for one in told["claims"]] == ["supported", None]
    for one in told["claims"]:
        assert told["text"][one["start"] : one["end"]].split()[0] == one["text"].split()[0]
    assert told["claims"][0]["answers"][0]["judgement"]["passages"][0]["quote"] == "makers"
    assert told["findings"][0]["severity"] == "error"


def test_the_kept_copy_opens_at_the_passage(reader):
    page = reader.page(f"/sources/{ID}/text?start=4&end=10")
    (passage,) = page.xpath("//mark")

    assert (passage.get("id"), words_of(passage)) == ("passage", "makers")
    assert "The makers of large models say" in words_of(page)
    assert reader.json(f"/sources/{ID}/text.json")["text"] == Shelf().text(ID).text
    reader.page(f"/sources/{ID}/text?start=x", status=400)
    reader.page("/sources/nobody/text", status=404)


@given(st.text("ab \n", max_size=60), st.integers(0, 70), st.integers(0, 70))
def test_every_word_of_a_text_is_shown_and_only_the_passage_is_marked(text, start, end):
    lines = lines_of(text, start, end)

    assert "".join("".join(part.text for line in lines for part in line).split()) == "".join(text.split())
    passage = "".join(part.text for line in lines for part in line if part.is_passage)
    assert "".join(passage.split()) == "".join(text[start:end].split())


@pytest.mark.parametrize(
    ("url", "words", "link"),
    [
        pytest.param(A, "two of five", f"{A}#:~:text=two%20of%20five", id="short"),
        pytest.param(f"{A}#top", "a-b, c", f"{A}#top:~:text=a%2Db%2C%20c", id="signs that mean something"),
        pytest.param(A, " ".join("abcdefghijklmnopq"), f"{A}#:~:text=a%20b%20c%20d%20e,m%20n%20o%20p%20q", id="long"),
        pytest.param(A, "  ", A, id="nothing"),
    ],
)
def test_a_text_fragment_names_the_words(url, words, link):
    assert at_passage(url, words) == link


def test_a_link_within_the_knowledge_base_is_shown_by_its_words():
    text = f"See [Open weights](../concepts/open.md), [Scale][scale] and [a report]({A}).\n\n[scale]: ../scale.md\n"

    assert read(text)[0] == ("paragraph", "See Open weights, Scale and a report.")


def test_a_wiki_page_is_shown_without_its_markup():
    text = (
        "{{Infobox company\n| name = Acme\n}}\n'''Acme''' is a [[yard|ship yard]] in [[Bergen]].\n"
        "[[File:A.jpg|thumb|A boat]]\n\n== History ==\n* Sold &amp; gone {{convert|5|km}} off.[[Category:Yards]]\n"
        '{| class="x"\n! Year !! Sold\n|-\n| style="y" | 2020 || 7\n|}\n'
    )

    assert read(text, "page.wiki") == [
        ("row", "name = Acme"),
        ("paragraph", "Acme is a ship yard in Bergen. A boat"),
        ("heading", "History"),
        ("item", "Sold & gone 5 km off."),
        ("row", "Year | Sold"),
        ("row", "2020 | 7"),
    ]
