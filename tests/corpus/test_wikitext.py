"""Pages of MediaWiki."""

import pytest

from sourcebook import corpus
from sourcebook.config import CorpusSettings
from tests.corpus.reading import cited, claims, page, rules, targets, within_half_a_minute

WIKI = "page.wiki"


def test_a_reference_cites_what_its_template_names_for_the_sentence_before_it():
    (use, link) = cited(
        """
        '''Acme''' is a [[yard|ship yard]]. It sold {{convert|5|km}} of rope.<ref>{{cite web
         | url=https://a.example/1?b=1&amp;c=2 | title=Rope ''sold''
         | archive-url=https://web.archive.org/web/2020/https://a.example/1 }}</ref> It closed.
        """,
        WIKI,
    )

    assert (use.kind.value, use.url, use.label) == ("footnote", "https://a.example/1?b=1&c=2", "Rope sold")
    assert use.claim.text == "It sold 5 km of rope."
    assert use.claim.before == "Acme is a ship yard."
    assert (link.kind.value, link.url, link.claim, link.definition) == ("cite", use.url, None, use.footnote)


def test_a_name_stands_for_the_reference_wherever_it_is_defined():
    text = """
        One.<ref name="r" /> Two.<ref name=r>[https://a.example/1 A]</ref> Three.{{r|r}} Four.<ref name="late"/>
        {{reflist|refs=
        <ref name="late">https://a.example/2</ref>
        }}
        """

    uses = [one for one in cited(text, WIKI) if one.kind.value == "footnote"]

    assert [(one.claim.text, one.url) for one in uses] == [
        ("One.", "https://a.example/1"),
        ("Two.", "https://a.example/1"),
        ("Three.", "https://a.example/1"),
        ("Four.", "https://a.example/2"),
    ]
    assert rules(text, WIKI) == []


def test_a_list_of_references_defines_and_cites_nothing_itself():
    text = 'One.<ref name="a"/>\n<references>\n<ref name="a">https://a.example/1</ref>\n</references>\n'

    assert [(one.kind.value, one.line) for one in cited(text, WIKI)] == [("footnote", 1), ("bare", 3)]


def test_a_short_reference_means_the_work_of_that_author_and_year():
    text = """
        It grew.{{sfn|Smith|Jones|2020|p=5}} It shrank.{{sfn|Doe|1999}}
        == Works ==
        * {{cite book |last1=Smith |last2=Jones |year=2020 |title=Yards |isbn=978-0-306-40615-7}}
        """

    (use, work) = cited(text, WIKI)
    assert (use.claim.text, use.footnote, use.url) == ("It grew.", "smith jones 2020", work.url)
    assert rules(text, WIKI) == ["undefined-footnote"]


@pytest.mark.parametrize(
    ("template", "url"),
    [
        ("{{cite journal|title=T|doi=10.1000/182}}", "https://doi.org/10.1000/182"),
        ("{{cite arXiv|eprint=2103.00020|title=T}}", "https://arxiv.org/abs/2103.00020"),
        ("{{cite journal|title=T|pmc=PMC1234567}}", "https://pmc.ncbi.nlm.nih.gov/articles/PMC1234567"),
        ("{{Internetquelle|titel=T|url=https://a.example/1|abruf=2020}}", "https://a.example/1"),
        ("{{Lien web|titre=T|lire en ligne=https://a.example/1}}", "https://a.example/1"),
        ("{{cite web|title=T|archive-url=https://web.archive.org/web/1}}", "https://web.archive.org/web/1"),
        ("{{cite web|title={{lang|fr|Mot}}|url=https://a.example/1 {{dead link|date=2020}}}}", "https://a.example/1"),
        ("{{doi|10.1000/182}}", "https://doi.org/10.1000/182"),
        ("{{URL|a.example/1|Home}}", "http://a.example/1"),
    ],
)
def test_citation_templates_of_every_wiki_are_known_by_what_they_hold(template, url):
    assert [one.url for one in cited(f"It is so: {template}.", WIKI)] == [url]


def test_links_and_addresses_in_the_text_cite_and_links_to_pages_do_not():
    text = """
        == A ''heading'' ==
        * First [https://a.example/1 one], [//a.example/2], and https://a.example/3.
        * [[Page]], [[:de:Seite|page]], [mailto:a@b.example mail], <nowiki>[https://no.example/1 x]</nowiki>
        <!-- [https://no.example/2] --> [[File:A.jpg|thumb|A boat.<ref>https://a.example/4</ref>]][[Category:Boats]]
        """

    assert targets(text, WIKI) == [
        "https://a.example/1", "https://a.example/2", "https://a.example/3", "https://a.example/4", "https://a.example/4"
    ]  # fmt: skip
    assert claims(text, WIKI)[-2:] == ["A boat.", ""]
    assert cited(text, WIKI)[0].claim.heading == "A heading"


def test_a_row_of_a_table_or_of_a_box_is_one_statement():
    text = """
        {{Infobox company
        | name = Acme
        | revenue = $5 bn<ref>https://a.example/1</ref>
        }}
        {| class="wikitable"
        ! Year !! Sold
        |-
        | style="x" | 2020 || 7<ref>https://a.example/2</ref>
        |}
        """

    assert [claim for claim in claims(text, WIKI) if claim] == ["revenue: $5 bn", "Year: 2020; Sold: 7"]


def test_what_is_undefined_or_has_no_address_is_told():
    assert rules('One.<ref name="gone"/>', WIKI) == ["undefined-footnote"]
    assert rules("One.<ref>Smith 2020, p. 5</ref>", WIKI) == ["unsourced-footnote"]


def test_a_number_that_nobody_vouches_for_is_found_outside_notes_and_headings():
    parsed = page(
        "== All 500 of them ==\nThe yard sold 512 boats that year.<ref>Some 70 of them leaked in one year.</ref>\n\n"
        "Another yard sold 612 boats in that year.\n",
        WIKI,
    )

    (found,) = corpus.uncited_numbers(parsed, CorpusSettings())
    assert found.text == "Another yard sold 612 boats in that year."


@pytest.mark.parametrize(
    "hostile",
    ["{{" * 50_000, "<ref>" * 20_000, "{|\n|" * 20_000, "{{a|" * 20_000 + "}}" * 20_000, "<pre>" * 20_000,
     "{|\n| a=" + "b" * 100_000, "<ref>a" * 10_000 + "</ref>" * 10_000, "[[File:a|" * 10_000 + "]]" * 10_000],
)  # fmt: skip
def test_what_opens_and_never_closes_or_nests_too_deep_is_text(hostile):
    """A parser that tries again at each of them takes minutes."""
    with within_half_a_minute():
        parsed = page(f"Iron is [https://a.example/1 heavy].\n\n{hostile}", WIKI)

    assert parsed.citations[0].claim.text == "Iron is heavy."
