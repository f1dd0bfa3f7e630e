"""A source as others cite it: in one line, for BibTeX and for reference managers."""

import json
import re

import pytest
from msgspec.structs import replace

from sourcebook.export.citing import cite
from sourcebook.types.sources import SourceType
from tests.web.shelf import RECORD, UNRATED


def test_a_line_names_who_when_what_where_and_when_it_was_read() -> None:
    assert cite(RECORD).line == (
        "Ann Reporter and Bo Writer (2025). Model makers signal that not all weights will be open. "
        "The Observer Example. https://observer.example/2025/07/30/open-weights. Retrieved 2026-04-07."
    )
    assert cite(UNRATED).line == "https://unknown.example/post. https://unknown.example/post."


def test_bibtex_has_the_fields_of_its_kind() -> None:
    paper = replace(RECORD, type=SourceType.PAPER, doi="10.5555/a_b", published_in="Journal of Ferries")

    assert cite(paper).bibtex.splitlines() == [
        "@article{sid_kPZ1jp40IG,",
        "  title = {{Model makers signal that not all weights will be open}},",
        "  author = {{Ann Reporter} and {Bo Writer}},",
        "  journal = {Journal of Ferries},",
        "  year = {2025},",
        "  month = {07},",
        r"  doi = {10.5555/a\_b},",
        "  url = {https://observer.example/2025/07/30/open-weights},",
        "  urldate = {2026-04-07},",
        "}",
    ]


@pytest.mark.parametrize(
    "title",
    [
        "}}, note = {x}} @misc{evil, title={y}",
        "\\input{/etc/passwd}",
        "100% & #1 $5 ~a^b_c",
        "line\none\r\n@misc{x}",
        "{{{",
        "\\}",
    ],
)
def test_no_title_can_end_its_field(title: str) -> None:
    text = cite(replace(RECORD, title=title, authors=(title,), url=f"https://a.example/{title}")).bibtex

    bare = re.sub(r"\\(textbackslash|textasciicircum|textasciitilde)\{\}|\\[{}$&#_%]", "", text)
    assert "\\" not in bare
    assert bare.count("{") == bare.count("}")
    depth, deepest = 0, []
    for sign in bare:
        depth += (sign == "{") - (sign == "}")
        deepest.append(depth)
    assert all(depth > 0 for depth in deepest[bare.index("{") : bare.rindex("}")])
    assert len(re.findall(r"^@", text, re.MULTILINE)) == 1


def test_csl_json_has_what_is_known_and_nothing_else() -> None:
    assert cite(RECORD).csl == {
        "id": "sid_kPZ1jp40IG",
        "type": "article-newspaper",
        "title": RECORD.title,
        "author": [{"literal": "Ann Reporter"}, {"literal": "Bo Writer"}],
        "container-title": "The Observer Example",
        "issued": {"date-parts": [[2025, 7, 30]]},
        "URL": RECORD.url,
        "language": "en",
        "accessed": {"date-parts": [[2026, 4, 7]]},
    }
    assert cite(UNRATED).csl == {"id": UNRATED.stable_id, "type": "webpage", "URL": UNRATED.url}


@pytest.mark.parametrize("kind", SourceType)
def test_every_type_can_be_cited(kind: SourceType) -> None:
    cited = cite(replace(RECORD, type=kind))

    assert json.dumps(cited.csl)
    assert cited.bibtex.startswith("@")
