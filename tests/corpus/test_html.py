"""HTML pages."""

from tests.corpus.reading import cited, page, targets

PAGE = """
<!DOCTYPE html>
<html><head><title>A page &amp; more</title>
<style>a { content: "https://no.example/1" }</style>
<script>const a = '<a href="https://no.example/2">x</a>'</script></head>
<body>
<nav><a href="/in">In</a></nav>
<h1>Iron</h1>
<p>Bob is old. Iron is <a href="https://a.example/1?b=1&amp;c=2" class=x>heavy</a> &amp; hard.
It <em>rusts</em><sup><a href="#fn1">1</a></sup>.</p>
<!-- <a href="https://no.example/3">x</a> -->
<pre><a href="https://no.example/4">x</a></pre>
<ul><li>One <a href='https://a.example/2'><img src="https://no.example/5.png" alt="i">two</a></li><li>Three</ul>
<table><tr><th>Metal<th>Source</tr>
<tr><td>Tin</td><td><a href=https://a.example/3>Bob</a></td></tr></table>
<blockquote cite="https://a.example/4"><p>So it is.</p></blockquote>
<p>See <cite>The Book</cite>, <cite><a href="https://a.example/5">Other</a></cite> and <q cite="https://a.example/6">so</q>.
</body></html>
"""


def test_a_page_of_html_is_read_as_readers_see_it():
    parsed = page(PAGE, "page.html")

    assert parsed.page.title == "Iron"
    assert [(one.kind.value, one.target, one.label) for one in parsed.citations] == [
        ("anchor", "https://a.example/1?b=1&c=2", "heavy"),
        ("anchor", "https://a.example/2", "two"),
        ("anchor", "https://a.example/3", "Bob"),
        ("cite", "https://a.example/4", "So it is."),
        ("cite", "The Book", "The Book"),
        ("anchor", "https://a.example/5", "Other"),
        ("cite", "https://a.example/6", "so"),
    ]


def test_claims_of_html_are_sentences_items_and_rows():
    found = cited(PAGE, "page.htm")

    assert [one.claim.text for one in found] == [
        "Iron is heavy & hard.",
        "One two",
        "Metal: Tin; Source: Bob",
        "So it is.",
        "See The Book, Other and so.",
        "See The Book, Other and so.",
        "See The Book, Other and so.",
    ]
    assert found[0].claim.before == "Bob is old."
    assert {one.claim.heading for one in found} == {"Iron"}


def test_places_in_html_are_those_of_the_tags():
    parsed = page("<p>\r\n漢 &amp; <a\r\n href='https://a.example/1'>x</a></p>", "page.html")

    (one,) = parsed.citations
    assert (one.line, one.column) == (2, 9)
    assert parsed.text[one.start : one.end] == "<a\r\n href='https://a.example/1'>x</a>"


def test_html_may_have_front_matter_and_components():
    parsed = page('---\ntitle: T\nquality: 7\n---\n<p>A <R id="ab">b</R>.</p>', "page.html")

    assert (parsed.page.title, parsed.page.quality) == ("T", 7.0)
    assert [(one.kind.value, one.target, one.line) for one in parsed.citations] == [("component", "ab", 5)]


def test_the_title_is_the_title_element_without_a_heading():
    assert page("<title>\n A &lt;b&gt;\n</title><p>x</p>", "page.html").page.title == "A <b>"


def test_broken_html_is_read_as_far_as_it_goes():
    assert targets("<p>A <a href='https://a.example/1'>b <p>c < d <a href=\"https://a.example/2\">e", "page.html") == [
        "https://a.example/1",
        "https://a.example/2",
    ]
