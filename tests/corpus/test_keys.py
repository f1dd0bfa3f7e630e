"""Citations by key: `[@doe2020, p. 3]`, as pandoc, Quarto, R Markdown and MyST write them."""

from pathlib import Path

import pytest

from sourcebook import corpus
from sourcebook.config import CorpusSettings
from sourcebook.corpus.locators import locator
from sourcebook.types.pages import Citation, ParsedPage

REFS = r"""
@article{doe2020, title={The {DNA} of M{\"u}ller}, author={Doe, Jane and Roe, Richard}, year=2020, doi={10.1000/182}}
@misc{vas17, title={Attention}, author={Vaswani, Ashish and others}, eprint={1706.03762}, archivePrefix={arXiv}}
@book{orwell, title={Animal Farm}, author={Orwell, George}, year=1945}
@online{site, title={A site}, url={https://a.example/x\_y}}
@misc{müller:1999.b, title={Z}, url={https://b.example/}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "refs.bib").write_text(REFS, encoding="utf-8")
    return tmp_path


def parsed(folder: Path, text: str, name: str = "page.md") -> ParsedPage:
    (folder / name).write_text(text, encoding="utf-8")
    how = corpus.Reading(bibliographies=corpus.Bibliographies(folder))
    return corpus.read(name, folder / name, CorpusSettings(), how)


def cited(folder: Path, text: str, name: str = "page.md") -> list[Citation]:
    return list(parsed(folder, text, name).citations)


def found(page: ParsedPage) -> list[tuple[str, int, int]]:
    return [(one.rule.value, one.line, one.column) for one in page.findings]


DOE, VASWANI = "https://doi.org/10.1000/182", "https://arxiv.org/abs/1706.03762"


@pytest.mark.parametrize(
    ("text", "expected", "claim"),
    [
        pytest.param("Ice is cold [@doe2020].", [(DOE, "")], "Ice is cold.", id="in brackets"),
        pytest.param("Ice is cold [@doe2020, p. 3].", [(DOE, "page 3")], "Ice is cold.", id="with a page"),
        pytest.param("Ice is cold.[-@doe2020]", [(DOE, "")], "Ice is cold.", id="without its author"),
        pytest.param(
            "Ice is cold [see @doe2020, pp. 33-35 and *passim*; also @vas17, chap. 2].",
            [(DOE, "page 33-35"), (VASWANI, "chapter 2")],
            "Ice is cold.",
            id="several, with words around them",
        ),
        pytest.param(
            "@doe2020 [p. 3] found that ice is cold.",
            [(DOE, "page 3")],
            "Doe and Roe found that ice is cold.",
            id="in the sentence",
        ),
        pytest.param(
            "As @vas17 [§ 4; see also @doe2020, 12] says, ice is cold.",
            [(VASWANI, "section 4"), (DOE, "page 12")],
            "As Vaswani et al. says, ice is cold.",
            id="in the sentence, with others",
        ),
        pytest.param("Ice is cold [@{doe2020}].", [(DOE, "")], "Ice is cold.", id="in braces"),
        pytest.param(
            "Ice is cold [@müller:1999.b].", [("https://b.example/", "")], "Ice is cold.", id="letters and signs"
        ),
        pytest.param("Ice is cold [[@doe2020]].", [(DOE, "")], "Ice is cold Doe and Roe.", id="as a note of Obsidian"),
        pytest.param("Ice is cold {cite}`doe2020`.", [(DOE, "")], "Ice is cold.", id="a role of MyST"),
        pytest.param(
            "Ice is cold {cite:p}`{see}doe2020{p. 3}, vas17`.",
            [(DOE, "page 3"), (VASWANI, "")],
            "Ice is cold.",
            id="a role with several",
        ),
        pytest.param(
            "{cite:t}`doe2020` say that ice is cold.",
            [(DOE, "")],
            "Doe and Roe say that ice is cold.",
            id="a role in the sentence",
        ),
        pytest.param("Ice is cold.^[See @doe2020, p. 3.]", [(DOE, "page 3")], "Ice is cold.", id="an inline note"),
        pytest.param("Ice is cold [@doi:10.1000/182].", [(DOE, "")], "Ice is cold.", id="a key that names its work"),
        pytest.param("Ice is cold [@site].", [("https://a.example/x_y", "")], "Ice is cold.", id="an address in LaTeX"),
    ],
)
def test_a_key_cites_the_work_of_its_entry(folder, text, expected, claim):
    page = parsed(folder, f"---\nbibliography: refs.bib\n---\n{text}\n")

    assert [(one.url, one.locator) for one in page.citations] == expected
    assert {one.kind.value for one in page.citations} == {"key"}
    assert [one.claim.text for one in page.citations] == [claim] * len(expected)
    assert found(page) == []


@pytest.mark.parametrize("name", ["page.md", "page.markdown", "page.mdx", "page.qmd", "page.Rmd"])
def test_all_kinds_of_markdown_cite_by_key(folder, name):
    (citation,) = cited(folder, "Ice is cold [@doe2020].\n", name)

    assert (citation.url, citation.label, citation.target) == (DOE, "Doe and Roe (2020)", "@doe2020")


def test_a_citation_stands_where_its_key_stands(folder):
    text = "Eis ist kühl [see @doe2020, p. 3; @vas17].\n\n@doe2020 [p. 4] said so. Cold.[@site]\n"

    stands = [text[one.start : one.end] for one in cited(folder, text)]
    assert stands == ["see @doe2020, p. 3", "@vas17", "@doe2020 [p. 4]", "[@site]"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Write to jane@doe2020 or jane@doe2020.example.", id="an e-mail address"),
        pytest.param("Thanks to @alice and [@alice](https://alice.example/).", id="a mention, and a link to one"),
        pytest.param("Use `@doe2020` and:\n\n```python\n@doe2020\ndef f(): ...\n```", id="code"),
        pytest.param(r"Write \@doe2020 here.", id="an escaped sign"),
        pytest.param("Install @scope/name, [@scope/name] or `[@doe2020]`.", id="packages"),
        pytest.param("See @fig-map, [@tbl-sums], [@eq:one] and [@sec-end].", id="cross-references of Quarto"),
        pytest.param("As [@doe2020](https://doe.example/) and ![@doe2020](a.png).", id="a link and a picture"),
        pytest.param("<a title='[@doe2020]' href='/x'>words</a>", id="an attribute"),
        pytest.param("Read https://social.example/@doe2020 today.", id="a name in an address"),
    ],
)
def test_other_signs_cite_nothing(folder, text):
    page = parsed(folder, f"---\nbibliography: refs.bib\n---\n{text}\n")

    assert [one for one in page.citations if one.kind.value == "key"] == []
    assert found(page) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Ask @alice, @bob or [the one called @carol].", id="mentions"),
        pytest.param("Ask [thanks to @alice].", id="a mention in a bracket"),
        pytest.param("Install [@scope/name].", id="a package"),
        pytest.param("See [[@alice]].", id="a link within a vault"),
    ],
)
def test_where_no_bibliography_is_known_a_mention_is_no_citation(tmp_path, text):
    assert found(parsed(tmp_path, text)) == []


@pytest.mark.parametrize("text", ["Cold [@doe2020].", "Cold [-@doe2020].", "Cold [see @doe2020]."])
def test_a_key_in_brackets_without_a_bibliography_is_a_finding(tmp_path, text):
    page = parsed(tmp_path, text)

    (finding,) = page.findings
    assert (finding.rule.value, finding.line) == ("undefined-citation", 1)
    assert finding.message == "no bibliography has the key 'doe2020': none is known for this page"
    assert page.citations == ()


def test_a_key_that_no_entry_has_is_a_finding_where_it_stands(folder):
    page = parsed(folder, "Cold.\n\nIce is cold [@doe2020; @roe1999]. Hot {cite}`none`.\n")

    assert found(page) == [("undefined-citation", 3, 24), ("undefined-citation", 3, 39)]
    assert "looked in refs.bib" in page.findings[0].message
    assert [one.url for one in page.citations] == [DOE]
    assert page.citations[0].claim.text == "Ice is cold."


def test_an_entry_without_an_address_is_a_citation_with_its_words_and_a_note(folder):
    page = parsed(folder, "Pigs talk [@orwell, chap. 1].\n")

    (citation,) = page.citations
    assert (citation.url, citation.label, citation.locator) == ("", "George Orwell. (1945). Animal Farm", "chapter 1")
    assert found(page) == [("unsourced-citation", 1, 11)]
    assert "'orwell' in refs.bib" in page.findings[0].message


def test_a_footnote_cites_what_its_keys_cite(folder):
    text = "Ice is cold.[^1]\n\n[^1]: See @doe2020 [p. 3].\n"

    note, inside = cited(folder, text)
    assert (note.kind.value, note.url, note.locator, note.claim.text) == ("footnote", DOE, "page 3", "Ice is cold.")
    assert (inside.kind.value, inside.definition, inside.claim) == ("key", "1", None)


def test_keys_in_tables_lists_and_headings_cite(folder):
    text = "# Ice [@doe2020]\n\n- cold [@doe2020]\n- @vas17 too\n\n"
    text += "| a | b |\n|---|---|\n| x | 5 [@site] |\n| y | @doe2020 |\n"

    assert [one.line for one in cited(folder, text)] == [1, 3, 4, 8, 9]


def test_a_link_that_a_definition_makes_of_a_key_stays_a_link(folder):
    (citation,) = cited(folder, "Thanks [@doe2020].\n\n[@doe2020]: https://doe.example/\n")

    assert (citation.kind.value, citation.url) == ("reference", "https://doe.example/")


@pytest.mark.parametrize(
    ("suffix", "expected"),
    [
        (", p. 3", "page 3"),
        (", pp. 33–35, 38--39 and more", "page 33-35, 38-39"),
        (" 12", "page 12"),
        (", 12-14", "page 12-14"),
        (", chap. IV", "chapter IV"),
        (", §§3.2", "section 3.2"),
        (", sec. 3 and 4", "section 3 and 4"),
        (", vol. 2", "volume 2"),
        (", fig. 3a", "figure 3a"),
        (", s.v. 3", "sub-verbo 3"),
        (", {ii, A, D-Z}, and so on", "ii, A, D-Z"),
        (", {pp. iv, vi}, and so on", "page iv, vi"),
        (", as I said", ""),
        (" and elsewhere", ""),
        ("", ""),
    ],
)
def test_the_place_in_the_work_is_read_by_the_terms_of_csl(suffix, expected):
    assert locator(suffix) == expected
