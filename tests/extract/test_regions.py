"""Reference lists and their like, told from what a source itself says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.extract import About, extract
from sourcebook.extract.regions import find_regions
from sourcebook.types.documents import RegionKind

PROSE = "The council published the weights of its model on Monday, a week before the evaluation."
ENTRIES = "\n".join(
    f"[{n}] Doe, J. ({2000 + n}). What open weights change. Journal of Policy {n}(2), 10-20." for n in range(1, 7)
)


def parts(text):
    return [(region.kind, text[region.start : region.end]) for region in find_regions(text)]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("## References", RegionKind.REFERENCES),
        ("## 7. Works cited", RegionKind.REFERENCES),
        ("## Literaturverzeichnis:", RegionKind.REFERENCES),
        ("## 参考文献", RegionKind.REFERENCES),
        ("### Footnotes", RegionKind.FOOTNOTES),
        ("## See also", RegionKind.LINKS),
        ("## 12 Comments", RegionKind.COMMENTS),
    ],
)
def test_a_section_with_such_a_heading_is_a_region(heading, kind):
    text = f"# On tests\n\n{PROSE}\n\n{heading}\n\n- Another work\n- And one more\n\n## Methods\n\n{PROSE}"

    assert parts(text) == [(kind, f"{heading}\n\n- Another work\n- And one more")]


def test_a_section_ends_where_its_own_level_does():
    text = f"## References\n\n### Books\n\n- One\n\n### Papers\n\n- Two\n\n## Appendix\n\n{PROSE}"

    assert [words.count("\n- ") for _, words in parts(text)] == [2]


@pytest.mark.parametrize("name", ["## Sources", "## Notes", "References", "NOTES"])
def test_a_doubtful_name_is_decided_by_what_stands_below_it(name):
    assert parts(f"{PROSE}\n\n{name}\n\n{PROSE}\n\n{PROSE}") == []
    assert [words for _, words in parts(f"{PROSE}\n\n{name}\n\n{ENTRIES}")] == [f"{name}\n\n{ENTRIES}"]


def test_a_list_of_references_needs_no_heading():
    assert parts(f"{PROSE}\n\n{ENTRIES}\n\n{PROSE}") == [(RegionKind.REFERENCES, ENTRIES)]


def test_a_list_with_years_is_not_yet_a_bibliography():
    years = "\n".join(f"- In {2000 + n} the council met in spring and voted on its tests." for n in range(8))

    assert parts(f"{PROSE}\n\n{years}") == []


def test_code_heads_nothing():
    assert parts(f"```\ncat x\n\n# References\n\ny\n```\n\n{PROSE}") == []


def test_a_web_page_says_where_its_references_stand():
    entries = "".join(f"<li>Doe, Jane ({2000 + n}). <i>On tests</i>. Example Press.</li>" for n in range(5))
    page = f"<article><h1>On tests</h1><p>{PROSE * 3}</p><h2>References</h2><ol>{entries}</ol></article>"
    document = extract(page.encode(), About("https://a.example/", "text/html"))

    (region,) = document.regions

    assert region.kind is RegionKind.REFERENCES
    assert document.text[region.start :].startswith("## References")
    assert PROSE in document.text[: region.start]


LINES = st.sampled_from(
    [
        "# References",
        "## Notes",
        "References",
        "Appendix",
        "```",
        "- x",
        "",
        "[1] Doe 2001, vol. 2",
        "#",
        PROSE,
        ENTRIES,
    ]
)


@given(st.lists(LINES | st.text(max_size=40), max_size=40).map("\n\n".join))
def test_regions_are_in_order_and_do_not_overlap(text):
    position = 0
    for region in find_regions(text):
        assert position <= region.start < region.end <= len(text)
        position = region.end


@pytest.mark.parametrize(
    "piece", ["# References\n\n", "[1] 2001 doi\n\n", "```\n\n", "References\n\n[1] 2001 “", "\n\n"]
)
def test_long_texts_take_no_long_time(piece):
    find_regions(piece * 20_000)
