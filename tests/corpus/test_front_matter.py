"""What a page says about itself."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.corpus.plain_yaml import plain_values
from tests.corpus.reading import page


@pytest.mark.parametrize("name", ["page.md", "page.mdx", "page.html"])
def test_front_matter_gives_title_type_quality_description_and_tags(name):
    text = """
        ---
        title: "Open: Source"
        entityType: ai-model
        quality: 62
        description: >
          Two
          lines.
        tags: [one, two]
        more: {a: [1, {b: 2}]}
        ---

        Words.
        """

    found = page(text, name).page

    assert (found.title, found.type, found.quality) == ("Open: Source", "Ai model", 62.0)
    assert (found.description, found.tags) == ("Two lines.", ("one", "two"))


def test_toml_front_matter_is_read_too():
    found = page('+++\ntitle = "T"\ntype = "concept"\nquality = 8.5\ntags = ["a"]\n+++\n# Other', "page.md").page

    assert (found.title, found.type, found.quality, found.tags) == ("T", "Concept", 8.5, ("a",))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        pytest.param("Intro.\n\n## Two\n\n# *One* `x`\n\n# Other", "One x", id="first heading of the first level"),
        pytest.param("One\n===\n", "One", id="underlined heading"),
        pytest.param("## Two", "my-page", id="the file's name"),
        pytest.param("---\ntitle:\n---\n# One", "One", id="an empty title"),
        pytest.param("---\n\n# One\n", "One", id="a rule at the top is no front matter"),
    ],
)
def test_a_page_without_a_title_is_named_by_what_readers_see(text, title):
    parsed = page(text, "folder/my-page.md")

    assert parsed.page.title == title
    assert parsed.findings == ()


def test_settings_name_the_keys():
    text = "---\ntitle: a\nname: b\nkind: c\nscore: 3\n---\n"

    found = page(text, title_keys=("name",), type_keys=("kind",), quality_keys=("score",)).page

    assert (found.title, found.type, found.quality) == ("b", "C", 3.0)


@pytest.mark.parametrize(
    ("line", "quality"),
    [
        pytest.param("quality: 62.5", 62.5, id="fraction"),
        pytest.param('quality: "62"', 62.0, id="quoted"),
        pytest.param("quality:", None, id="empty"),
        pytest.param("quality: null", None, id="null"),
        pytest.param("other: 1", None, id="missing"),
    ],
)
def test_quality_is_a_number_or_not_said(line, quality):
    parsed = page(f"---\n{line}\n---\n")

    assert parsed.page.quality == quality
    assert parsed.findings == ()


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("good", "'good'"), ("true", "'true'"), (".nan", "'.nan'"), (".inf", "'.inf'"),
        ("[1]", "a list or a table"), ("{a: 1}", "a list or a table"),
    ],
)  # fmt: skip
def test_a_quality_that_is_no_number_is_a_finding(value, said):
    parsed = page(f"---\nquality: {value}\ntitle: T\n---\n")

    assert (parsed.page.quality, parsed.page.title) == (None, "T")
    assert [one.rule.value for one in parsed.findings] == ["broken-front-matter"]
    assert parsed.findings[0].message == f"'quality' is no number: {said}"


@pytest.mark.parametrize(
    ("head", "line"),
    [
        pytest.param("---\ntitle: a: b\n---", 2, id="colon"),
        pytest.param("---\ntitle: x\nbad: [1, 2\n---", 3, id="bracket"),
        pytest.param("---\n- a\n---", 2, id="a list"),
        pytest.param("---\ntitle: *nobody\n---", 2, id="unknown alias"),
        pytest.param("+++\ntitle = x\n+++", 2, id="TOML"),
        pytest.param("---\ntitle: x\n", 1, id="never closed"),
        pytest.param("---\na: " + "[" * 5000 + "\n---", 2, id="deep"),
    ],
)
def test_broken_front_matter_is_a_finding_and_the_rest_is_read(head, line):
    parsed = page(f"{head}\n\n# One\n\nA [b](https://a.example/1).\n", "page.md")

    assert [one.rule.value for one in parsed.findings] == ["broken-front-matter"]
    assert abs(parsed.findings[0].line - line) <= 1
    assert [one.url for one in parsed.citations] == ["https://a.example/1"]
    assert parsed.page.title == "One"


def test_aliases_that_multiply_are_not_followed():
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{name}: &{name} [{','.join(['*' + before] * 9)}]\n"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )

    parsed = page(f"---\n{bomb}merged:\n  <<: [*i, *i]\ntitle: T\n---\n")

    assert parsed.page.title == "T"


_PARTS = ["a", "b:", "\nc: ", ": ", '"', "'", "x y", "- ", "\n", "\n  ", "[", "]", ", ", "#", " #", "1", "null", "~"]
_PARTS += [
    "é",
    "—",
    "$",
    "|",
    "&a",
    "*a",
    "!t",
    "{",
    "}",
    "\\",
    "\r\n",
    "\nd:\n  - ",
    "\nf:\n  g: ",
    '\\"',
    '"h"',
    "\n  b c",
]


@given(st.lists(st.sampled_from(_PARTS), max_size=9).map("".join))
def test_what_is_read_without_yaml_is_read_as_yaml_reads_it(text):
    words = f"k: {text}".encode()
    values = plain_values(words)

    if values is not None:
        said = yaml.load(words, Loader=yaml.BaseLoader)
        assert {key: _said(value) for key, value in values.items()} == {key: _said(said[key]) for key in said}


def _said(value):
    """Text, a list of texts, or nothing, which BaseLoader cannot tell from `null` and `""`."""
    if isinstance(value, list):
        return tuple(value)
    return () if isinstance(value, dict) else None if value in {"", "null"} else value


@pytest.mark.parametrize("deep", ["[" * 100_000, "- " * 100_000, "{a: " * 50_000])
def test_front_matter_that_nests_too_deeply_is_a_finding(deep):
    parsed = page(f"---\ntitle: T\na:\n  {deep}x\n---\nCold [@one].\n", "page.md")

    assert "nested too deeply" in parsed.findings[0].message
