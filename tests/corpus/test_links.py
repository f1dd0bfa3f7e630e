"""Markdown: what is a citation, and where it stands."""

import pytest

from sourcebook.types.pages import CitationKind
from tests.corpus.reading import cited, page, targets


@pytest.mark.parametrize(
    ("text", "kind", "target", "label"),
    [
        pytest.param("A [b *c*](https://a.example/1) d.", "link", "https://a.example/1", "b c", id="inline"),
        pytest.param('[b](<https://a.example/1> "t")', "link", "https://a.example/1", "b", id="inline with title"),
        pytest.param("[b](https://a.example/a_(b))", "link", "https://a.example/a_(b)", "b", id="brackets in address"),
        pytest.param("[b][One]\n\n[one]: https://a.example/1", "reference", "https://a.example/1", "b", id="reference"),
        pytest.param(
            "[one][]\n\n[One]: https://a.example/1", "reference", "https://a.example/1", "one", id="collapsed"
        ),
        pytest.param("[one]\n\n[One]: https://a.example/1", "reference", "https://a.example/1", "one", id="shortcut"),
        pytest.param("See <https://a.example/1>.", "autolink", "https://a.example/1", "https://a.example/1", id="auto"),
        pytest.param("See https://a.example/1.", "bare", "https://a.example/1", "https://a.example/1", id="bare"),
        pytest.param(
            "[![i](https://b.example/i.png)](https://a.example/1)", "link", "https://a.example/1", "i", id="image"
        ),
        pytest.param("A `b` [`c` d](https://a.example/1)", "link", "https://a.example/1", "c d", id="code in label"),
    ],
)
@pytest.mark.parametrize("name", ["page.md", "page.mdx"])
def test_every_kind_of_link_is_found(text, kind, target, label, name):
    (citation,) = cited(text, name)

    assert (citation.kind, citation.target, citation.label) == (kind, target, label)
    assert citation.url == target


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[a](/b) [a](../b.md) [a](#b) [a](b.md)", id="within the corpus"),
        pytest.param("[a](mailto:a@b.example) <a@b.example> [a](javascript:x) [a](data:text/plain,x)", id="no web"),
        pytest.param("![a](https://a.example/1.png)", id="image"),
        pytest.param("`[a](https://a.example/1)` ``https://a.example/2``", id="code"),
        pytest.param("```\n[a](https://a.example/1)\n```", id="fenced code"),
        pytest.param("~~~md\n[a](https://a.example/1)\n~~~", id="tildes"),
        pytest.param("[unused]: https://a.example/1", id="definition nobody uses"),
        pytest.param("a://b xhttps://a.example/1 /www.a.example", id="part of another word"),
    ],
)
@pytest.mark.parametrize("name", ["page.md", "page.mdx"])
def test_what_points_nowhere_outside_is_no_citation(text, name):
    assert targets(text, name) == []


def test_html_comments_and_indented_code_are_no_citations_in_markdown():
    text = "<!-- [a](https://a.example/1) -->\n\n    [a](https://a.example/2)\n\nA <!-- https://a.example/3 --> b."

    assert targets(text, "page.md") == []


@pytest.mark.parametrize(
    ("text", "target"),
    [
        pytest.param("See https://a.example/b, and", "https://a.example/b", id="comma"),
        pytest.param("(see https://a.example/b)", "https://a.example/b", id="closing bracket"),
        pytest.param("https://a.example/b_(c)", "https://a.example/b_(c)", id="balanced brackets"),
        pytest.param("(https://a.example/b_(c))", "https://a.example/b_(c)", id="one bracket too many"),
        pytest.param("**https://a.example/b**", "https://a.example/b", id="strong"),
        pytest.param("_https://a.example/b_", "https://a.example/b", id="emphasis"),
        pytest.param("“https://a.example/b?c=d&e=f”", "https://a.example/b?c=d&e=f”", id="GFM ends at space only"),
        pytest.param("https://a.example/a_b_c*d*e", "https://a.example/a_b_c*d*e", id="signs of emphasis inside"),
        pytest.param("https://a.example/b&quot;", "https://a.example/b", id="entity at the end"),
        pytest.param("| a |\n|---|\n| https://a.example/b|", "https://a.example/b", id="end of a cell"),
        pytest.param("https://a.example/ünï", "https://a.example/ünï", id="letters beyond ASCII"),
    ],
)
def test_a_bare_address_ends_where_gfm_ends_it(text, target):
    assert targets(text, "page.md") == [target]


def test_a_bare_www_address_is_asked_for_over_http():
    (citation,) = cited("See www.a.example/b.", "page.md")

    assert (citation.target, citation.url) == ("www.a.example/b", "http://www.a.example/b")


def test_own_sites_are_not_cited():
    text = "[a](https://wiki.example/b) [c](https://www.wiki.example/d) [e](https://a.example/f)"

    assert targets(text, own_sites=("wiki.example",)) == ["https://a.example/f"]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("name", ["page.md", "page.mdx"])
def test_places_count_code_points_whatever_ends_the_lines(newline, name):
    text = newline.join(["# Émile ≠ 漢字", "", "“Ünï” [漢](https://a.example/1) 🎉 https://a.example/2.", ""])

    parsed = page(text.replace("\r\n", "\r\n"), name)

    one, two = parsed.citations
    assert (one.line, one.column) == (3, 7)
    assert parsed.text[one.start : one.end] == "[漢](https://a.example/1)"
    assert (two.line, two.column) == (3, 34)
    assert parsed.text[two.start : two.end] == "https://a.example/2"
    assert parsed.text[one.claim.start : one.claim.end] == parsed.text.split(newline)[2]


def test_a_byte_order_mark_is_no_part_of_the_text():
    parsed = page("\ufeff---\ntitle: T\n---\n[a](https://a.example/1)", "page.md")

    assert parsed.page.title == "T"
    assert parsed.text.startswith("---")
    assert [(one.line, one.column) for one in parsed.citations] == [(4, 1)]


def test_an_address_without_a_host_is_a_finding():
    parsed = page("[a](http://) and [b](https:///c)")

    assert parsed.citations == ()
    assert [finding.rule for finding in parsed.findings] == ["unusable-address"] * 2
    assert "'http://'" in parsed.findings[0].message


def test_a_reference_that_nothing_defines_is_a_finding():
    parsed = page("[words][nope] and array[a][b] and [1][2] and `[c][d]` and [^1][^2]", "page.md")

    found = [(one.rule, one.column) for one in parsed.findings if one.rule == "undefined-reference"]
    assert found == [("undefined-reference", 1)]


def test_a_link_in_a_heading_names_its_section():
    (citation,) = cited("# One\n\n## Two [a](https://a.example/1)\n")

    assert citation.claim.heading == "Two a"
    assert citation.kind is CitationKind.LINK


def test_html_in_markdown_cites():
    text = """
        Words <a href="https://a.example/1">one</a> and <cite>A book</cite>.

        <div>
        <p>A claim of <a href='https://a.example/2'>two</a> &amp; more. Next.</p>
        [no](https://a.example/no)
        </div>

        <blockquote cite="https://a.example/3">They said so.</blockquote>
        """

    found = cited(text, "page.md")

    assert [(one.kind.value, one.target) for one in found] == [
        ("anchor", "https://a.example/1"),
        ("cite", "A book"),
        ("anchor", "https://a.example/2"),
        ("cite", "https://a.example/3"),
    ]
    assert found[2].claim.text == "A claim of two & more."
    assert found[3].claim.text == "They said so."
