"""Whole web pages: what a reader of the record sees."""

import pytest

from sourcebook.errors import StepError
from sourcebook.extract import About, extract
from sourcebook.extract.blocks import blocks_of
from sourcebook.extract.guard import parse_html
from sourcebook.extract.words import plain_text
from sourcebook.types.sources import SourceType

PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head>
<title>Council drops forty tests | The Example Post</title>
<meta property="og:title" content="Council drops forty tests">
<meta property="og:site_name" content="The Example Post">
<meta property="og:description" content="The council published its model before the evaluation that it had promised.">
<meta name="keywords" content="open weights, evaluation, Open Weights">
<link rel="canonical" href="https://post.example/council">
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
  {"@type": "Organization", "@id": "#org", "name": "The Example Post"},
  {"@type": "Person", "@id": "#jane", "name": "Jane Doe"},
  {"@type": "NewsArticle", "headline": "Council drops forty tests", "author": [{"@id": "#jane"}, {"@id": "#org"}],
   "publisher": {"@id": "#org"}, "datePublished": "2025-07-30T10:56:00-07:00", "dateModified": "2025-08-01"}]}</script>
<style>p { color: red }</style>
</head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<article><h1>Council drops forty tests</h1>
<p>The council published the weights of its <b>model</b> on Monday, a week before the evaluation it had promised.</p>
<h2>What was dropped</h2>
<p>Of sixty planned tests, forty were dropped. The council said that “time had been short”, and gave three reasons:</p>
<ul><li>The budget for machines had run out in May.</li><li>Two of the testers had left for other work.</li></ul>
<table><tr><th>Kind of test</th><th>Planned</th><th>Done</th></tr><tr><td>Safety</td><td>30</td><td>5</td></tr></table>
<blockquote><p>We would do it again, said the chair of the council to the members who had come.</p></blockquote>
<p>Members will vote in spring on whether the missing tests are to be done at all, and by whom.</p>
</article>
<div id="comments" class="comments"><p>First! I have never read such nonsense in all my life, says a reader.</p></div>
<footer><p>Copyright 2025 The Example Post. All rights reserved. Sign up for our newsletter.</p></footer>
</body></html>"""


def read(page, url="https://post.example/council", charset=""):
    return extract(page if isinstance(page, bytes) else page.encode(), About(url, "text/html", charset))


def head(*lines):
    """A page with these lines in its head and enough words below."""
    words = "There is enough to read on this page for it to have a text, and it is all about one thing. " * 3
    return f"<html><head>{''.join(lines)}</head><body><article><p>{words}</p></article></body></html>"


def test_every_field_of_a_news_article_is_read_with_its_origin():
    document = read(PAGE)

    assert document.title == "Council drops forty tests"
    assert document.authors == ("Jane Doe",)
    assert document.published == "2025-07-30T10:56:00-07:00"
    assert document.modified == "2025-08-01"
    assert document.site_name == "The Example Post"
    assert document.language == "en-GB"
    assert document.description == "The council published its model before the evaluation that it had promised."
    assert document.canonical == "https://post.example/council"
    assert document.type is SourceType.NEWS_ARTICLE
    assert document.tags == ("Open Weights", "evaluation")
    assert document.origins == {
        "title": "h1", "authors": "json-ld", "published": "json-ld", "modified": "json-ld", "site_name": "og:site_name",
        "language": "lang", "description": "og:description", "canonical": "link", "type": "json-ld", "tags": "keywords",
    }  # fmt: skip


def test_the_text_is_the_articles_own_in_light_markdown():
    text = read(PAGE).text

    assert "The council published the weights of its model on Monday" in text
    assert "\n\n## What was dropped\n\n" in text
    assert "\n- The budget for machines had run out in May.\n- Two of the testers" in text
    assert "| Kind of test | Planned | Done |\n| --- | --- | --- |\n| Safety | 30 | 5 |" in text
    assert "\n> We would do it again" in text
    for other in ("World", "color: red", "never read such nonsense", "All rights reserved", "newsletter"):
        assert other not in text


def test_what_a_page_quotes_stands_in_its_text_unescaped():
    words = "It said *all* of [this], a_b_c and 5 < 6, in the end, to those members who had come to listen. "
    page = f"<html><body><article><h1>T</h1><p>{words.replace('<', '&lt;') * 4}</p></article></body></html>"

    assert words.strip() in read(page).text


def test_a_page_without_a_main_text_gives_its_words():
    page = "<html><body><nav>Menu</nav><div>Call us <b>on</b> Monday.</div><div>Or later.</div></body></html>"
    tree = parse_html(page)

    assert tree is not None
    assert plain_text(blocks_of(tree)) == "Call us on Monday.\n\nOr later."


def test_a_page_that_is_only_a_frame_of_markup_has_no_text():
    assert read('<html><head><title>App</title></head><body><div id="root"></div></body></html>').text == ""


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        pytest.param(["<title>A story | The Post</title>"], "A story", id="a bar"),
        pytest.param(
            ["<title>A story - with dashes - The Post</title>", '<meta property="og:site_name" content="The Post">'],
            "A story - with dashes",
            id="a dash before the site's name",
        ),
        pytest.param(["<title>A story - with dashes</title>"], "A story - with dashes", id="a dash that is its own"),
        pytest.param(["<title>post.example: A story</title>"], "A story", id="the host in front"),
        pytest.param(
            ["<title>Home</title>", '<meta name="citation_title" content="On Tests">'], "On Tests", id="scholarly tag"
        ),
        pytest.param(['<meta property="og:title" content="A &amp; B tested">'], "A & B tested", id="entities"),
        pytest.param(["<title>The Post</title>"], "The Post", id="nothing but the site's name"),
    ],
)
def test_a_title_is_given_without_the_name_of_its_site(lines, title):
    assert read(head(*lines)).title == title


@pytest.mark.parametrize(
    ("lines", "authors"),
    [
        pytest.param(['<meta name="author" content="By Jane Doe and John Roe">'], ("Jane Doe", "John Roe"), id="by"),
        pytest.param(['<meta name="author" content="Jane Doe, Staff Writer">'], ("Jane Doe",), id="role"),
        pytest.param(['<meta name="author" content="JANE DOE">'], ("Jane Doe",), id="capitals"),
        pytest.param(['<meta name="author" content="Dr. Jane Doe, PhD">'], ("Jane Doe",), id="degrees"),
        pytest.param(['<meta name="author" content="admin">'], (), id="no person"),
        pytest.param(['<meta name="author" content="Jane Doe, Reuters">'], ("Jane Doe",), id="agency beside a person"),
        pytest.param(['<meta property="article:author" content="https://x.example/jane">'], (), id="an address"),
        pytest.param(
            ['<meta name="citation_author" content="Doe, Jane A.">', '<meta name="citation_author" content="Roe, Jo">'],
            ("Jane A. Doe", "Jo Roe"),
            id="last name first",
        ),
        pytest.param(['<meta name="author" content="jane-d">'], ("jane-d",), id="an account where nobody is named"),
    ],
)  # fmt: skip
def test_authors_are_people(lines, authors):
    document = read(head(*lines))

    assert document.authors == authors
    assert document.organisations == ()


@pytest.mark.parametrize(
    ("lines", "author"),
    [
        pytest.param(
            ['<script type=application/ld+json>{"@type":"Book","author":{"@type":"Organization","name":"O"}}</script>'],
            "O",
            id="an organisation",
        ),
        pytest.param(['<meta name="author" content="Reuters">'], "Reuters", id="an agency"),
        pytest.param(['<meta name="author" content="By the Example Team">'], "the Example Team", id="a team"),
    ],
)
def test_an_author_that_is_no_person_is_said_to_be_none(lines, author):
    document = read(head(*lines))

    assert document.authors == document.organisations == (author,)


@pytest.mark.parametrize(
    ("said", "published"),
    [
        ("2025-07-30T10:56:00-07:00", "2025-07-30T10:56:00-07:00"),
        ("2025-07-30T10:56:00.123Z", "2025-07-30T10:56:00Z"),
        ("2025-07-30T00:00:00Z", "2025-07-30"),
        ("2025-07-30 10:56", "2025-07-30"),
        ("2025/7/3", "2025-07-03"),
        ("20250730", "2025-07-30"),
        ("July 30, 2025", "2025-07-30"),
        ("30 July 2025", "2025-07-30"),
        ("30. Juli 2025", "2025-07-30"),
        ("30 de julio de 2025", "2025-07-30"),
        ("2025年7月30日", "2025-07-30"),
        ("Wed, 30 Jul 2025 10:56:00 GMT", "2025-07-30"),
        ("30.07.2025", "2025-07-30"),
        ("7/30/2025", "2025-07-30"),
        ("July 2025", "2025-07"),
        ("2025-07", "2025-07"),
        ("2025", "2025"),
        ("1753900000", "2025-07-30"),
        ("2025-02-30", ""),
        ("9999-99-99T99:99:99Z", ""),
        ("0000-00-00", ""),
        ("soon", ""),
    ],
)
def test_a_date_is_iso_8601_to_the_precision_that_is_known(said, published):
    assert read(head(f'<meta property="article:published_time" content="{said}">')).published == published


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (['<meta name="citation_journal_title" content="Journal of Tests">'], SourceType.PAPER),
        (['<meta name="citation_arxiv_id" content="2401.00001">'], SourceType.PREPRINT),
        (['<meta name="citation_journal_title" content="bioRxiv">'], SourceType.PREPRINT),
        (['<meta name="citation_technical_report_institution" content="Council">'], SourceType.REPORT),
        (['<meta name="dc.type" content="Dataset">'], SourceType.DATASET),
        (['<meta property="og:type" content="book">'], SourceType.BOOK),
        (['<meta property="og:type" content="article">'], None),
        (['<script type="application/ld+json">{"@type": "Article"}</script>'], None),
        (['<script type="application/ld+json">[[{"@type": ["Thing", "BlogPosting"]}]]</script>'], SourceType.BLOG_POST),
        (['<script type="application/ld+json">{"@type": "DiscussionForumPosting"}</script>'], SourceType.FORUM),
        ([], None),
    ],
)
def test_the_type_is_what_the_page_says_and_none_when_it_does_not(lines, kind):
    assert read(head(*lines)).type is kind


@pytest.mark.parametrize(
    ("lines", "url", "doi"),
    [
        (['<meta name="citation_doi" content="doi:10.5555/ABC.1">'], "https://a.example/", "10.5555/abc.1"),
        (
            ['<meta name="dc.identifier" content="https://doi.org/10.5555/a(b)c">'],
            "https://a.example/",
            "10.5555/a(b)c",
        ),
        ([], "https://a.example/doi/10.5555/xyz.pdf?download=1", "10.5555/xyz"),
        (['<meta name="dc.identifier" content="12345">'], "https://a.example/10", ""),
    ],
)
def test_a_doi_is_read_from_tags_and_address(lines, url, doi):
    assert read(head(*lines), url).doi == doi


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param('{"@type": "NewsArticle", "datePublished": "2025-07-30", "headline": "x"', id="cut off"),
        pytest.param(
            '//<![CDATA[\n{"@type": "NewsArticle", "datePublished": "2025-07-30",}\n//]]>', id="comma and CDATA"
        ),
        pytest.param(
            '{"@type": "NewsArticle", "description": "two\nlines", "datePublished": "2025-07-30"}', id="line break"
        ),
        pytest.param(
            '[null, 5, {"@graph": [{"@type": "NewsArticle", "datePublished": ["2025-07-30"]}]}]', id="odd nesting"
        ),
    ],
)
def test_broken_json_is_read_as_far_as_it_goes(broken):
    document = read(head(f'<script type="application/ld+json">{broken}</script>'))

    assert document.published == "2025-07-30"
    assert document.type is SourceType.NEWS_ARTICLE


@pytest.mark.parametrize(
    "nested", ["[" * 50_000, '{"@graph":' * 3_000 + "1" + "}" * 3_000, "null", "12345", '{"@type": 5}']
)
def test_json_that_says_nothing_harms_nothing(nested):
    assert "enough to read" in read(head(f'<script type="application/ld+json">{nested}</script>')).text


def test_bytes_without_a_page_are_a_step_error():
    with pytest.raises(StepError, match=r"no page in what 'https://post\.example/council' sent"):
        read(b"\0" * 100)
