"""References for other tools: BibTeX as a real reader of it takes it, CSL-JSON and RIS as they are defined."""

import json
import re
from pathlib import Path

import pytest
import typst
from msgspec.structs import replace

from sourcebook.export.references import Form, reference_lines
from sourcebook.extract import About, extract
from sourcebook.ids import stable_id
from sourcebook.types.sources import SourceType
from tests.web.shelf import RECORD, UNRATED

HOSTILE = (
    "}}, note = {x}} @misc{evil, title={y}",
    r"\input{/etc/passwd} costs $5 & 100% of #1",
    "line\none\r\nER  - \r\nTY  - JOUR @misc{evil}",
    "{{{ ~a^b_c \\}",
    "Ünïcödé “quoted” — dash",
)
RECORDS = [
    *(replace(RECORD, type=kind, title=f"Kept as {kind}", stable_id=stable_id(kind)) for kind in SourceType),
    *(
        replace(RECORD, title=title, authors=(title, "Bo Writer"), stable_id=stable_id(title), published="2024")
        for title in HOSTILE
    ),
    UNRATED,
]

CSL_TYPES = set(  # of CSL 1.0.2, those that we give
    "article article-journal article-newspaper book broadcast dataset entry-encyclopedia post post-weblog report "
    "software speech webpage".split()
)


def text_of(form: Form) -> str:
    return "".join(reference_lines(form, RECORDS))


def test_bibtex_is_read_by_a_typesetter_and_every_entry_is_set(tmp_path: Path) -> None:
    (tmp_path / "all.bib").write_text(text_of(Form.BIBTEX), "utf-8")
    paper = '#set page(width: 60cm, height: auto)\n#bibliography("all.bib", full: true, style: "apa")'
    (tmp_path / "all.typ").write_text(paper, "utf-8")
    pdf = bytes(typst.compile(tmp_path / "all.typ", root=tmp_path))
    words = " ".join(extract(pdf, About("https://a.example/all.pdf", "application/pdf", "")).text.split())

    assert all(f"Kept as {kind}" in words for kind in SourceType)
    assert words.count("Ann Reporter") == len(SourceType)
    assert "@misc{evil, title={y}" in words  # as words of a title, and not as an entry
    assert r"\input{/etc/passwd} costs $5 & 100% of #1" in words
    assert "Ünïcödé “quoted” — dash" in words


def test_every_bibtex_entry_has_its_own_key() -> None:
    keys = re.findall(r"^@[a-z]+\{(\w+),$", text_of(Form.BIBTEX), re.MULTILINE)

    assert keys == [record.stable_id for record in RECORDS]


def test_csl_json_is_a_list_of_items_of_known_types() -> None:
    items = json.loads(text_of(Form.CSL))

    assert [item["id"] for item in items] == [record.stable_id for record in RECORDS]
    for item in items:
        assert item["type"] in CSL_TYPES
        assert item["URL"].startswith("https://")
        for name in item.get("author", []):
            assert set(name) == {"literal"}
        for date in (item[field] for field in ("issued", "accessed") if field in item):
            (parts,) = date["date-parts"]
            assert all(isinstance(part, int) for part in parts)
            assert 1 <= len(parts) <= 3
    assert items[len(SourceType)]["title"] == HOSTILE[0]


def test_ris_has_one_tag_a_line_and_begins_and_ends_every_reference() -> None:
    text = text_of(Form.RIS)
    references = [part.splitlines() for part in text.split("\r\n\r\n") if part]

    assert len(references) == len(RECORDS)
    for lines in references:
        assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines)
        assert lines[0].startswith("TY  - ")
        assert [line[:2] for line in lines].count("TY") == 1
        assert lines[-1] == "ER  - "
    assert "TI  - " + " ".join(HOSTILE[2].split()) in references[len(SourceType) + 2]


@pytest.mark.parametrize(("form", "empty"), [(Form.BIBTEX, ""), (Form.CSL, "[]\n"), (Form.RIS, "")])
def test_no_sources_are_an_empty_file_of_their_form(form: Form, empty: str) -> None:
    assert "".join(reference_lines(form, [])) == empty
