"""Works that are named by an identifier, where no address says where they are."""

import pytest

from tests.corpus.reading import cited, page


@pytest.mark.parametrize(
    ("words", "url"),
    [
        ("doi:10.1038/s41586-020-2649-2", "https://doi.org/10.1038/s41586-020-2649-2"),
        ("DOI: 10.1126/science.aaa8685", "https://doi.org/10.1126/science.aaa8685"),
        ("**DOI:** 10.1126/science.aaa8685", "https://doi.org/10.1126/science.aaa8685"),
        ("(doi: 10.1016/S0140-6736(05)67889-1)", "https://doi.org/10.1016/s0140-6736(05)67889-1"),
        (r"doi:10.1007/978-3-030-12345-6\_7", "https://doi.org/10.1007/978-3-030-12345-6_7"),
        ("doi:10.1007/978-3-030-12345-6_7", "https://doi.org/10.1007/978-3-030-12345-6_7"),
        ("info:doi/10.1000/182", "https://doi.org/10.1000/182"),
        ("dx.doi.org/10.1000/182", "https://doi.org/10.1000/182"),
        ("arXiv:1706.03762v5 [cs.CL]", "https://arxiv.org/abs/1706.03762"),
        ("arXiv preprint arXiv:hep-th/9901001", "https://arxiv.org/abs/hep-th/9901001"),
        ("PMID: 31452104", "https://pubmed.ncbi.nlm.nih.gov/31452104"),
        ("PMCID: PMC7759461", "https://pmc.ncbi.nlm.nih.gov/articles/PMC7759461"),
        ("ISBN 978-0-306-40615-7", "https://openlibrary.org/isbn/9780306406157"),
        ("ISBN-10: 0-306-40615-2", "https://openlibrary.org/isbn/9780306406157"),
    ],
)
def test_an_identifier_cites_the_work_that_it_names(words, url):
    (citation,) = cited(f"Water is wet, says Smith in 2020, {words}.")

    assert (citation.kind.value, citation.url) == ("identifier", url)
    assert citation.claim.text.startswith("Water is wet, says Smith in 2020")


@pytest.mark.parametrize(
    "words",
    [
        "version 10.1038/s41586 of it",
        "at 10.30 PM in Tel Aviv",
        "ISBN 978-0-306-40615-8, whose check digit is wrong",
        "a PMID, or a PMC, or an ISBN",
        "bioRxiv: a server",
        "`doi:10.1000/182`",
        "doi:10.1000",
        "mydoi:10.1000/182x and x/doi:10.1000/182",
        "a [page](doi/10.1000/182) and [another](10.1000/182)",
    ],
)
def test_what_only_looks_like_one_cites_nothing(words):
    assert cited(f"Water is wet, {words}.") == []


@pytest.mark.parametrize("target", ["doi:10.1000/182", "DOI:10.1000/182", "info:doi/10.1000/182"])
def test_a_link_may_lead_to_an_identifier(target):
    (link,) = cited(f"[Water]({target}) is wet.")
    (anchor,) = cited(f'<a href="{target}">Water</a> is wet.')

    assert (link.kind.value, link.target, link.url) == ("link", target, "https://doi.org/10.1000/182")
    assert (anchor.kind.value, anchor.url) == ("anchor", "https://doi.org/10.1000/182")


def test_a_footnote_without_an_address_cites_the_work_that_it_names():
    note, inside = cited("Water is wet.[^1]\n\n[^1]: Smith (2020). *Water*. doi:10.1000/182. PMID: 31452104.")

    assert (note.kind.value, note.url, note.label) == ("footnote", "https://doi.org/10.1000/182", "doi:10.1000/182")
    assert (inside.kind.value, inside.definition, inside.claim) == ("identifier", "1", None)


def test_a_footnote_with_an_address_cites_that_alone():
    found = cited("Water is wet.[^1]\n\n[^1]: [Water](https://a.example/1). *Letters* 5 (2020), doi:10.1000/182.")

    assert {one.url for one in found} == {"https://a.example/1"}


@pytest.mark.parametrize(
    ("words", "urls"),
    [
        ("[Water](https://a.example/1) (arXiv:1706.03762)", ["https://a.example/1"]),
        ("[Water](https://a.example/1), *Letters* 5 (2020), doi:10.1000/182", ["https://a.example/1"]),
        ("a test (doi:10.1000/182) that [Smith](https://a.example/1) did", ["https://a.example/1"]),
        ("doi:10.1000/182. PMID: 31452104", ["https://doi.org/10.1000/182"]),
        ("doi:10.1000/182. Epub 2020 Sep 16. PMID: 31452104; PMCID: PMC7759461", ["https://doi.org/10.1000/182"]),
        ("doi:10.1000/182; doi:10.1000/183", ["https://doi.org/10.1000/182", "https://doi.org/10.1000/183"]),
        (
            "<https://a.example/1>, doi:10.1000/182 and arXiv:1706.03762",
            ["https://a.example/1", "https://doi.org/10.1000/182", "https://arxiv.org/abs/1706.03762"],
        ),
    ],
)
def test_a_second_name_of_a_work_is_no_second_work(words, urls):
    assert [one.url for one in cited(f"Water is wet: {words}.")] == urls


def test_an_identifier_in_a_table_belongs_to_its_row():
    (citation,) = cited("| Year | Source |\n|---|---|\n| 2020 | doi:10.1000/182 |\n")

    assert citation.claim.text == "Year: 2020; Source: doi:10.1000/182"


def test_an_identifier_in_a_row_with_an_address_names_the_same_work():
    found = cited("| Title | Id |\n|---|---|\n| [Water](https://a.example/1) | doi:10.1000/182 |\n")

    assert [one.url for one in found] == ["https://a.example/1"]


def test_a_footnote_that_leads_to_no_source_is_told_once_where_it_is_defined():
    parsed = page("A.[^1] B.[^1] C.[^2]\n\n[^1]: Smith, *A Book*, 1990.\n[^2]: Jones, doi:10.1000/182.")

    assert [(one.rule.value, one.line, one.message) for one in parsed.findings] == [
        ("unsourced-footnote", 3, "footnote '1' holds no address and names no work by an identifier")
    ]
