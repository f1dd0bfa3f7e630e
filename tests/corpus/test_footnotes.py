"""Footnotes: the citation stands where the reference stands, the address in the definition."""

from tests.corpus.reading import cited, page, targets


def test_a_reference_cites_each_address_of_its_definition():
    text = """
        Water is wet.[^1] Fire is hot.[^1]

        [^1]: See [one](https://a.example/1) and https://a.example/2.
        """

    found = cited(text)

    notes = [one for one in found if one.kind == "footnote"]
    assert [(one.line, one.column, one.footnote, one.url) for one in notes] == [
        (1, 14, "1", "https://a.example/1"),
        (1, 14, "1", "https://a.example/2"),
        (1, 31, "1", "https://a.example/1"),
        (1, 31, "1", "https://a.example/2"),
    ]
    assert [one.claim.text for one in notes] == ["Water is wet."] * 2 + ["Fire is hot."] * 2
    assert [(one.label, one.definition) for one in notes[:2]] == [("one", ""), ("https://a.example/2", "")]


def test_the_links_of_a_definition_stand_there_too_and_have_no_claim():
    text = "A.[^n]\n\n[^n]: See [one](https://a.example/1)."

    link = cited(text)[1]
    assert (link.kind.value, link.line, link.column, link.definition) == ("link", 3, 11, "n")
    assert (link.footnote, link.claim) == ("", None)


def test_a_definition_without_an_address_is_one_citation():
    (citation,) = cited("A.[^1]\n\n[^1]: Smith, *A Book*, 1990.")

    assert (citation.kind.value, citation.url, citation.target) == ("footnote", "", "")
    assert citation.label == "Smith, A Book, 1990."


def test_a_definition_may_name_a_registered_source():
    note, component = cited('A.[^1]\n\n[^1]: <R id="294f55e1e8c8ecbb">Smith</R>')

    assert (note.kind.value, note.target, note.url, note.label) == ("footnote", "294f55e1e8c8ecbb", "", "Smith")
    assert (component.kind.value, component.definition, component.claim) == ("component", "1", None)


def test_labels_are_compared_without_case_and_kept_as_written():
    parsed = page("A[^Rc-Ab] b[^rc-aB].\n\n[^RC-AB]: https://a.example/1")

    assert [one.footnote for one in parsed.citations if one.kind == "footnote"] == ["Rc-Ab", "rc-aB"]
    assert parsed.findings == ()


def test_the_first_definition_counts_and_another_is_a_finding():
    parsed = page("A.[^1]\n\n[^1]: https://a.example/1\n\n[^1]: https://a.example/2")

    assert [one.url for one in parsed.citations if one.kind == "footnote"] == ["https://a.example/1"]
    assert [(one.rule.value, one.line) for one in parsed.findings] == [("broken-markup", 5)]


def test_definitions_stand_anywhere_and_take_many_paragraphs():
    text = """
        A[^q] b[^l] c[^m] d[^tab].

        > [^q]: In a quotation https://a.example/1

        - [^l]: In a list https://a.example/2

        [^m]: One https://a.example/3
            two https://a.example/4

            Three https://a.example/5

            - four https://a.example/6
        [^tab]:\tFive https://a.example/7

        Not part of it https://a.example/8
        """

    found = cited(text)

    by_note = [(one.footnote, one.url[-1]) for one in found if one.kind == "footnote"]
    assert by_note == [("q", "1"), ("l", "2"), *(("m", digit) for digit in "3456"), ("tab", "7")]
    assert [one.definition for one in found if one.url.endswith("8")] == [""]


def test_references_stand_in_cells_headings_components_and_definitions():
    text = """
        # Title[^1]

        | a | b[^1] |
        |---|---|
        | c[^1] | d |

        <Note>
          Words[^1]
        </Note>

        [^1]: https://a.example/1 and[^2]
        [^2]: https://a.example/2
        """

    places = [(one.line, one.footnote) for one in cited(text) if one.kind == "footnote"]
    assert places == [(1, "1"), (3, "1"), (5, "1"), (8, "1"), (11, "2")]


def test_what_is_not_defined_and_what_is_not_used_are_findings():
    text = "A[^gone], `b[^code]`, \\[^escaped] and c[^see note].\n\n[^left]: https://a.example/1\n"

    found = [(one.rule.value, one.line, one.column, one.message) for one in page(text).findings]

    assert [one[:3] for one in found] == [
        ("undefined-footnote", 1, 2),
        ("undefined-footnote", 1, 40),
        ("unused-footnote", 3, 1),
    ]
    assert "'gone'" in found[0][3]
    assert "'see note'" in found[1][3]


def test_a_footnote_nothing_defines_is_no_word_of_the_claim():
    (citation,) = cited("Water[^9] is wet ([a](https://a.example/1)).", "page.md")

    assert citation.claim.text == "Water is wet (a)."


def test_a_definition_that_looks_wrong_is_not_passed_over_in_silence():
    parsed = page("Water is wet.[^1]\n\n[^1] : https://a.example/1\n")

    assert {one.rule.value for one in parsed.findings} == {"undefined-footnote"}
    assert targets("Water is wet.[^1]\n\n[^1] : https://a.example/1\n") == ["https://a.example/1"]
