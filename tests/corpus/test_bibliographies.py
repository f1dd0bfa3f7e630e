"""Where the works stand that keys mean: in front matter, beside the page, in the settings of its project."""

import json
import os
from pathlib import Path

import pytest

from sourcebook import corpus
from sourcebook.config import CorpusSettings
from sourcebook.types.pages import ParsedPage
from sourcebook.types.sources import Imported

BIB = "@misc{%s, title={Of %s}, url={https://%s.example/}}\n"


def bib(*keys: str) -> str:
    return "".join(BIB % (key, key, key) for key in keys)


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def read(folder: Path, path: str = "page.md") -> ParsedPage:
    how = corpus.Reading(bibliographies=corpus.Bibliographies(folder))
    return corpus.read(path, folder / path, CorpusSettings(), how)


def urls(page: ParsedPage) -> list[str]:
    return [one.url for one in page.citations]


def told(page: ParsedPage) -> list[str]:
    return [f"{one.line} {one.rule.value}: {one.message}" for one in page.findings]


ONE, TWO = "https://one.example/", "https://two.example/"


@pytest.mark.parametrize(
    "front",
    [
        pytest.param("bibliography: refs/all.bib", id="one"),
        pytest.param("bibliography: [refs/none-of-it.bib, refs/all.bib]", id="a list in a line"),
        pytest.param("bibliography:\n  - refs/none-of-it.bib\n  - refs/all.bib", id="a list"),
        pytest.param("bibliography:\n  main: refs/all.bib\n  more: refs/none-of-it.bib", id="by topic"),
    ],
)
def test_front_matter_names_bibliographies(tmp_path, front):
    files = {"refs/all.bib": bib("one"), "refs/none-of-it.bib": bib("three")}
    write(tmp_path, **files, **{"page.md": f"---\ntitle: T\n{front}\n---\nCold [@one].\n"})

    page = read(tmp_path)
    assert (urls(page), told(page)) == ([ONE], [])


def test_front_matter_in_toml_names_them_too(tmp_path):
    write(tmp_path, **{"refs.bib": bib("one"), "page.md": '+++\nbibliography = ["refs.bib"]\n+++\nCold [@one].\n'})

    assert urls(read(tmp_path)) == [ONE]


def test_front_matter_holds_works_itself(tmp_path):
    front = """---
references:
- id: one
  type: article-journal
  title: Of <i>one</i>
  author:
  - {family: Doe, given: Jane}
  - literal: ACME
  container-title: Things
  issued: {date-parts: [[2020, 3]]}
  DOI: 10.1000/182
- id: 2020
  title: By number
  URL: https://two.example/
  issued: 2019
---
Cold [@one; @2020].
"""
    write(tmp_path, **{"page.md": front})

    page = read(tmp_path)
    assert urls(page) == ["https://doi.org/10.1000/182", TWO]
    assert page.described[0][1] == Imported(
        title="Of one",
        type="article-journal",
        authors=("Jane Doe", "ACME"),
        published="2020-03",
        origin="page.md",
        container="Things",
        in_bibliography=True,
    )
    assert corpus.parse("page.md", front.encode(), CorpusSettings()).citations == page.citations


@pytest.mark.parametrize(
    ("file", "settings"),
    [
        ("_quarto.yml", "project:\n  type: book\nbibliography: refs/all.bib\n"),
        ("_metadata.yml", "bibliography: [refs/all.bib]\n"),
        ("_bookdown.yml", "bibliography: [refs/all.bib]\n"),
        ("myst.yml", "version: 1\nproject:\n  bibliography:\n    - refs/all.bib\n"),
        ("_config.yml", "title: A book\nbibtex_bibfiles:\n  - refs/all.bib\n"),
        ("_config.yml", "sphinx:\n  config:\n    bibtex_bibfiles: [refs/all.bib]\n"),
        ("conf.py", "project = 'x'\nbibtex_bibfiles = ['refs/all.bib']\n"),
        ("index.Rmd", "---\ntitle: Book\nbibliography: [refs/all.bib]\n---\n"),
    ],
)
@pytest.mark.parametrize("root", ["", "docs"], ids=["within the folder", "above the folder"])
def test_the_settings_of_a_project_name_them(tmp_path, root, file, settings):
    files = {file: settings, "refs/all.bib": bib("one"), "docs/part/page.md": "Cold [@one].\n"}
    write(tmp_path, **files)

    page = read(tmp_path / root, "docs/part/page.md".removeprefix(root).lstrip("/"))
    assert (urls(page), told(page)) == ([ONE], [])


def test_the_page_s_own_counts_before_that_of_its_project(tmp_path):
    files = {"_quarto.yml": "bibliography: all.bib\n", "all.bib": BIB % ("one", "x", "two") + bib("two")}
    write(tmp_path, **files, **{"own.bib": bib("one"), "page.md": "---\nbibliography: own.bib\n---\n[@one; @two]\n"})

    assert urls(read(tmp_path)) == [ONE, TWO]


def test_where_none_is_named_those_of_the_nearest_folder_count(tmp_path):
    files = {"far.bib": bib("one", "two"), "sub/near.bib": bib("one"), "sub/deep/page.md": "[@one; @two]\n"}
    write(tmp_path, **files)

    page = read(tmp_path, "sub/deep/page.md")
    assert urls(page) == [ONE]
    assert told(page) == ["1 undefined-citation: no bibliography has the key 'two': looked in sub/near.bib"]


def test_csl_json_and_yaml_are_bibliographies(tmp_path):
    items = [
        {
            "id": "one",
            "title": "One",
            "URL": ONE,
            "author": [{"family": "Doe", "given": "J."}],
            "issued": {"raw": "2020"},
        },
        {
            "id": "x",
            "citation-key": "two",
            "title": "Two",
            "PMID": 31452104,
            "issued": {"date-parts": [["2019", 5, 1]]},
        },
    ]
    yaml = "---\nreferences:\n- id: three\n  URL: https://three.example/\n  issued:\n  - year: 2018\n---\n"
    front = "---\nbibliography: [a.json, b.yaml]\n---\nCold [@one; @two; @three].\n"
    write(tmp_path, **{"a.json": json.dumps(items), "b.yaml": yaml, "page.md": front})

    page = read(tmp_path)
    assert urls(page) == [ONE, "https://pubmed.ncbi.nlm.nih.gov/31452104", "https://three.example/"]
    assert [(work.title, work.published, work.origin) for _, work in page.described] == [
        ("One", "2020", "a.json"),
        ("Two", "2019-05-01", "a.json"),
    ]


@pytest.mark.parametrize(
    ("fields", "url"),
    [
        ("doi={https://doi.org/10.1000/182}, url={https://a.example/}", "https://doi.org/10.1000/182"),
        ("doi={10.1000/a\\_b}", "https://doi.org/10.1000/a_b"),
        ("eprint={1706.03762v2}, eprinttype={arXiv}, url={https://a.example/}", "https://arxiv.org/abs/1706.03762"),
        ("journal={arXiv preprint arXiv:1706.03762}", "https://arxiv.org/abs/1706.03762"),
        ("journal={CoRR}, volume={abs/1706.03762}", "https://arxiv.org/abs/1706.03762"),
        ("howpublished={\\url{https://a.example/x\\_y}}", "https://a.example/x_y"),
        ("note={Accessed at https://a.example/x, in May.}", "https://a.example/x"),
        ("url={www.a.example/x}", "http://www.a.example/x"),
        ("pmid={31452104}", "https://pubmed.ncbi.nlm.nih.gov/31452104"),
        ("eprint={31452104}, eprinttype={pubmed}", "https://pubmed.ncbi.nlm.nih.gov/31452104"),
        ("pmcid={PMC7759461}", "https://pmc.ncbi.nlm.nih.gov/articles/PMC7759461"),
        ("isbn={0-306-40615-2}", "https://openlibrary.org/isbn/9780306406157"),
        ("eprint={2118559}, eprinttype={jstor}", "https://www.jstor.org/stable/2118559"),
        ("isbn={0-306-40615-3}, doi={none}", ""),
    ],
)
def test_an_entry_leads_to_its_work_by_what_says_most(tmp_path, fields, url):
    write(tmp_path, **{"refs.bib": f"@misc{{one, title={{T}}, {fields}}}", "page.md": "Cold [@one].\n"})

    assert urls(read(tmp_path)) == [url]


def test_what_an_entry_says_is_kept_in_plain_words(tmp_path):
    entry = r"""@string{jml = "Journal of Machine Learning"}
@article{one,
  title = {{\'E}tudes of {DNA} \& co --- 50% of $\alpha$},
  author = "M{\"u}ller, J{\"o}rg and {The ACME Group} and van der Berg, Ann",
  journal = jml # { B}, year = 2020, month = mar, volume = 3, doi = {10.1000/182},
}"""
    write(tmp_path, **{"refs.bib": entry, "page.md": "Cold [@one].\n"})

    page = read(tmp_path)
    assert page.citations[0].label == "Müller et al. (2020)"
    assert page.described == (
        (
            "https://doi.org/10.1000/182",
            Imported(
                title="Études of DNA & co — 50% of α",
                type="journal article",
                authors=("Jörg Müller", "The ACME Group", "Ann van der Berg"),
                published="2020-03",
                origin="refs.bib",
                container="Journal of Machine Learning B",
                in_bibliography=True,
            ),
        ),
    )


FRONT = "---\ntitle: T\nbibliography: {}\n---\nCold [@one].\n"


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        pytest.param("no.bib", None, "'no.bib': there is no such file; put it there, or mend the name", id="missing"),
        pytest.param(
            "a.bib", bib("one") + "@misc{two, title={x}\n@misc{three}", "'a.bib', line 2: the entry", id="BibTeX"
        ),
        pytest.param("a.json", '[{"id": "one",\n ]', "'a.json', line 2: it is no JSON", id="JSON"),
        pytest.param("a.json", '"one"', "'a.json': it holds no list of works", id="another JSON"),
        pytest.param("a.yaml", "- id: one\n  title: 'x\n", "'a.yaml', line 3: it is no YAML", id="YAML"),
        pytest.param("a.docx", "x", "'a.docx': nobody here reads such a file; name one that ends with .bib", id="kind"),
        pytest.param("https://a.example/x.bib", None, "'https://a.example/x.bib': it is on the web; save it", id="web"),
    ],
)
def test_a_bibliography_that_cannot_be_read_is_a_finding_at_its_name(tmp_path, name, text, words):
    write(tmp_path, **{"page.md": FRONT.format(name)}, **({name: text} if text is not None else {}))

    broken = [one for one in read(tmp_path).findings if one.rule.value == "broken-bibliography"]
    assert [(one.line, one.column) for one in broken] == [(3, 15 if "/" not in name else 33)]
    assert broken[0].message.startswith(f"bibliography {words}")


def test_a_file_that_is_not_utf_8_is_told_and_read(tmp_path):
    write(tmp_path, **{"page.md": FRONT.format("a.bib")})
    (tmp_path / "a.bib").write_bytes(bib("one").encode() + "@misc{x, title={é}}".encode("latin-1"))

    page = read(tmp_path)
    assert urls(page) == [ONE]
    assert told(page)[0].startswith("3 broken-bibliography: bibliography 'a.bib', line 2: byte ")


def test_a_key_that_stands_twice_is_told_to_those_who_cite_it(tmp_path):
    write(tmp_path, **{"a.bib": bib("one") + BIB % ("one", "x", "two") + bib("three")})
    write(tmp_path, **{"page.md": FRONT.format("a.bib"), "other.md": "Cold [@three].\n"})

    page = read(tmp_path)
    assert urls(page) == [ONE]
    assert "line 2: key 'one' has another entry before; the first counts" in told(page)[0]
    assert told(read(tmp_path, "other.md")) == []


def test_broken_settings_of_a_project_are_told_to_pages_that_cite_by_key(tmp_path):
    write(tmp_path, **{"_quarto.yml": "a: 'x\n", "page.md": "# T\n\nCold [@one].\n", "other.md": "Ask @one.\n"})

    assert told(read(tmp_path))[1].startswith("3 undefined-citation")
    assert any("'_quarto.yml', line 2: it is no YAML" in one for one in told(read(tmp_path)))
    assert told(read(tmp_path, "other.md")) == []


def test_hostile_files_are_findings(tmp_path):
    write(
        tmp_path,
        **{"a.json": "[" * 100_000, "b.yaml": "[" * 50_000 + "]" * 50_000, "c.bib": "@" * 50_000 + "{" * 50_000},
    )
    (tmp_path / "d.bib").mkdir()
    os.mkfifo(tmp_path / "e.bib")
    names = "a.json, b.yaml, c.bib, d.bib, e.bib, " + "x" * 5_000 + '.bib, "\\0.bib"'
    write(tmp_path, **{"page.md": FRONT.format(f"[{names}]")})

    rules = [one.rule.value for one in read(tmp_path).findings]
    assert rules.count("broken-bibliography") >= 4


def test_a_page_is_read_again_when_its_bibliography_changes(tmp_path):
    write(tmp_path, **{"refs.bib": bib("one"), "page.md": "Cold [@one; @two].\n", "plain.md": "Cold.\n"})
    page, plain = read(tmp_path), read(tmp_path, "plain.md")
    first = corpus.Bibliographies(tmp_path)
    kept = corpus.kept_stamp("1:2:x", page, first)

    assert corpus.kept_stamp("1:2:x", plain, first) == "1:2:x"
    assert corpus.still_holds(kept, "1:2:x", corpus.Bibliographies(tmp_path))
    assert not corpus.still_holds(kept, "1:3:x", corpus.Bibliographies(tmp_path))
    write(tmp_path, **{"refs.bib": bib("one", "two")})
    assert not corpus.still_holds(kept, "1:2:x", corpus.Bibliographies(tmp_path))


@pytest.mark.parametrize("new", ["other.bib", "_quarto.yml", "index.Rmd"])
def test_a_page_is_read_again_when_a_bibliography_may_have_come(tmp_path, new):
    write(tmp_path, **{"sub/page.md": "Cold [@one].\n"})
    kept = corpus.kept_stamp("1", read(tmp_path, "sub/page.md"), corpus.Bibliographies(tmp_path))

    assert corpus.still_holds(kept, "1", corpus.Bibliographies(tmp_path))
    write(tmp_path, **{new: "\n"})
    assert not corpus.still_holds(kept, "1", corpus.Bibliographies(tmp_path))


def test_a_page_that_waits_for_a_missing_file_is_read_again_when_it_comes(tmp_path):
    write(tmp_path, **{"page.md": FRONT.format("refs/later.json")})
    kept = corpus.kept_stamp("1", read(tmp_path), corpus.Bibliographies(tmp_path))

    assert corpus.still_holds(kept, "1", corpus.Bibliographies(tmp_path))
    write(tmp_path, **{"refs/later.json": "[]"})
    assert not corpus.still_holds(kept, "1", corpus.Bibliographies(tmp_path))
