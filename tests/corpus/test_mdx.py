"""MDX: components cite, scripts do not, and indented text is text."""

import pytest

from tests.corpus.reading import cited, page, rules, targets

ID = "294f55e1e8c8ecbb"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        pytest.param(f'A <R id="{ID}">source *words*</R> b.', "source words", id="around words"),
        pytest.param(f"A <R id={{'{ID}'}}>words</R> b.", "words", id="expression"),
        pytest.param(f"A <R id={{`{ID}`}} /> b.", "", id="self-closing"),
        pytest.param(f'A\n<R\n  id="{ID}"\n  kind="x"\n>words</R> b.', "words", id="over several lines"),
        pytest.param(f'<R a={{b ? "}}" : `>`}} id="{ID}">words</R>', "words", id="script among the attributes"),
        pytest.param(
            f'| a |\n|---|\n| <R id="{ID}"><E id="x">words</E></R> |', "words", id="in a cell, around another"
        ),
        pytest.param(f'<R id="{ID}">\n  words\n</R>', "words", id="on lines of its own"),
        pytest.param(f'- <R id="{ID}">words</R>', "words", id="item"),
    ],
)
def test_a_component_cites_a_registered_source(text, label):
    (citation,) = cited(text)

    assert (citation.kind.value, citation.target, citation.url, citation.label) == ("component", ID, "", label)


def test_components_are_named_by_a_setting():
    text = '<R id="a">x</R> <Source.Link ref="b">y</Source.Link>'

    assert targets(text, components={"Source.Link": "ref"}) == ["b"]


def test_a_component_without_an_id_is_a_finding():
    assert rules("A <R>x</R> and <R id={some.id}>y</R>.") == ["broken-markup", "broken-markup"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("{/* [a](https://a.example/1) */}", id="comment"),
        pytest.param("A {'[a](https://a.example/1)'} b", id="expression"),
        pytest.param("{`\n[a](https://a.example/1)\n\n}\n`}", id="template with a blank line and a brace"),
        pytest.param('import a from "https://a.example/1"\n\nb', id="import"),
        pytest.param(
            "export const a = {\n  b: 'https://a.example/1',\n\n  c: 1\n}\n\nd", id="export with a blank line"
        ),
        pytest.param('<A b="https://a.example/1" c={"[a](https://a.example/2)"} />', id="attributes"),
        pytest.param("<!-- [a](https://a.example/1) -->", id="comment of HTML"),
    ],
)
def test_scripts_and_comments_are_no_text(text):
    assert targets(text) == []
    assert rules(text) == []


def test_text_about_imports_is_text():
    text = "import taxes rose, says [a](https://a.example/1)\n\nThey\nexport goods, says [b](https://a.example/2)"

    assert targets(text) == ["https://a.example/1", "https://a.example/2"]


def test_what_components_enclose_is_markdown():
    text = """
        <div className="x" style={{a: 1}}>
          Words with [one](https://a.example/1).

              indented [two](https://a.example/2) words

            - item [three](https://a.example/3)
              - nested [four](https://a.example/4)

                paragraph [five](https://a.example/5)

          <Tabs>
            <Tab label="x">
              ## A heading
              Words https://a.example/6.[^1]

                  deeper [seven](https://a.example/7)
            </Tab>
          </Tabs>
        </div>

        [^1]: Note [eight](https://a.example/8).
        """

    parsed = page(text)

    links = [one for one in parsed.citations if one.kind != "footnote"]
    assert [one.url[-1] for one in links] == list("12345678")
    for one in links:
        assert parsed.text[one.start : one.end] in {f"[{one.label}]({one.url})", one.url}
    assert links[3].claim.text == "nested four"
    assert links[5].claim.heading == "A heading"
    assert parsed.findings == ()


def test_braces_in_addresses_belong_to_them():
    text = "[a](https://a.example/{b}/c) https://a.example/{d} [e](https://a.example/f) {'g'}"

    assert targets(text) == ["https://a.example/{b}/c", "https://a.example/{d}", "https://a.example/f"]


def test_signs_that_open_nothing_are_words():
    text = r"If a < b and c <3 then \{not} \<b> a [c](https://a.example/1)."

    (citation,) = cited(text)
    assert citation.claim.text == "If a < b and c <3 then {not} <b> a c."


def test_a_tag_or_brace_that_nothing_closes_is_a_finding_and_the_rest_is_read():
    text = "A { b [c](https://a.example/1).\n\nD <Foo bar={ [e](https://a.example/2).\n\nF [g](https://a.example/3)."

    assert targets(text) == ["https://a.example/1", "https://a.example/2", "https://a.example/3"]
    assert "broken-markup" in rules(text)


def test_an_anchor_in_jsx_cites():
    (citation,) = cited('So <a href="https://a.example/1?a=1&amp;b=2">it *says*</a>.')

    assert (citation.kind.value, citation.url, citation.label) == ("anchor", "https://a.example/1?a=1&b=2", "it says")
    assert citation.claim.text == "So it says."


def test_a_link_within_a_tag_is_a_citation_of_its_own():
    text = f'<R id="{ID}">the [page](https://a.example/1)</R>'

    assert [one.kind.value for one in cited(text)] == ["component", "link"]


def test_a_cite_around_a_link_is_no_second_citation():
    text = (
        "<cite>[A](https://a.example/1)</cite> and <cite>B</cite> and <a href='https://a.example/2'><cite>C</cite></a>"
    )

    assert targets(text) == ["https://a.example/1", "B", "https://a.example/2"]


@pytest.mark.parametrize("sign", ["{", "<a ", "<a b={", "`", "~~~\n", "<a b='", "[", "[^", "{`", "<R id="])
def test_a_page_of_nothing_but_openings_ends(sign):
    assert page(sign * 20_000).page.path == "page.mdx"
