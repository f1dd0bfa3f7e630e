"""Sites that keep their words in data: GitHub, YouTube, archives of mailing lists; and tweets within pages."""

import json

from sourcebook.extract import About, extract
from sourcebook.types.documents import Completeness
from sourcebook.types.sources import SourceType

SENTENCE = "The ferry company said on Monday that the boats would be counted twice, and that nobody should worry. "


def read(page, url):
    return extract(page.encode(), About(url, "text/html"))


def github(blob):
    data = json.dumps({"payload": {"codeViewBlobRoute": blob}})
    return (
        "<html><head><title>r/file at main · o/r</title></head><body>"
        f'<script type="application/json" data-target="react-app.embeddedData">{data}</script></body></html>'
    )


def test_a_readme_on_github_is_what_github_draws():
    blob = {
        "displayName": "README.md",
        "richText": "<article><h1>Ferries</h1><p>Counts them.</p><pre>pip install f</pre></article>",
    }
    document = read(github(blob), "https://github.com/o/r/blob/main/README.md")

    assert document.text == "# Ferries\n\nCounts them.\n\n```\npip install f\n```"


def test_a_program_on_github_is_code():
    blob = {"displayName": "count.py", "rawLines": ["import os", "", "print(1)"]}

    assert read(github(blob), "https://github.com/o/r/blob/main/count.py").text == "```\nimport os\n\nprint(1)\n```"


def test_a_page_of_github_without_a_file_is_any_page():
    page = f"<html><body><article><h1>Issue</h1><p>{SENTENCE * 5}</p></article></body></html>"

    assert SENTENCE.strip() in read(page, "https://github.com/o/r/issues/1").text


def video(transcript):
    pieces = [{"transcriptSegmentRenderer": {"snippet": {"runs": [{"text": words}]}}} for words in transcript]
    player = {
        "videoDetails": {
            "title": "Counting ferries", "author": "Ferry Channel", "shortDescription": "We count.\n0:00 start",
        },
        "microformat": {"playerMicroformatRenderer": {"publishDate": "2025-03-04T00:00:00-08:00"}},
    }  # fmt: skip
    return (
        "<html><head><title>Counting ferries - YouTube</title></head><body>"
        f"<script>var ytInitialPlayerResponse = {json.dumps(player)};var a=1;</script>"
        f"<script>var ytInitialData = {json.dumps({'panels': pieces})};</script></body></html>"
    )


def test_a_video_says_what_it_is_about_and_what_is_said_in_it():
    document = read(video(["hello all", "we count"]), "https://www.youtube.com/watch?v=abc")

    assert document.text == "# Counting ferries\n\nWe count.\n0:00 start\n\n## Transcript\n\nhello all we count"
    assert (document.title, document.authors) == ("Counting ferries", ("Ferry Channel",))
    assert document.published.startswith("2025-03-04")
    assert document.completeness is Completeness.FULL


def test_a_video_without_a_transcript_is_no_more_than_its_abstract():
    assert read(video([]), "https://youtu.be/abc").completeness is Completeness.ABSTRACT


def test_a_message_of_a_mailing_list_is_told_from_the_page_around_it():
    document = read(
        "<HTML><HEAD><TITLE> [ferries] The cost</TITLE></HEAD><BODY><H1>[ferries] The cost of counting</H1>"
        '<B>Ada Merrow</B> <A HREF="mailto:x">ada at f.example</A><BR><I>Tue Mar  4 10:00:00 CET 2025</I><HR>'
        "<PRE>Hello,\n\n&gt; quoted\n\nIt costs a lot.\n</PRE>"
        "<a>More information about the ferries mailing list</a> (pipermail)</BODY></HTML>",
        "https://lists.example/pipermail/ferries/2025-March/1.html",
    )

    assert document.text == "Hello,\n\n> quoted\n\nIt costs a lot."
    assert (document.title, document.authors, document.published[:10]) == (
        "The cost of counting",
        ("Ada Merrow",),
        "2025-03-04",
    )
    assert document.type is SourceType.FORUM


def test_a_tweet_within_a_page_is_a_quotation():
    document = read(
        f"<html><body><article><h1>News</h1><p>{SENTENCE * 4}</p><blockquote class='twitter-tweet'><p>We will count"
        " every ferry by Friday.</p>&mdash; Ferry Office (@ferry) <a href='https://twitter.com/f/status/1'>March 4,"
        " 2025</a></blockquote>"
        f"<p>{SENTENCE * 4}</p></article></body></html>",
        "https://n.example/news",
    )

    assert "> We will count every ferry by Friday.\n" in document.text


def test_a_podcast_page_keeps_its_transcript():
    document = read(
        '<html><head><script type="application/ld+json">{"@type": "PodcastEpisode", "name": "Ferries"}</script></head>'
        f"<body><main><h1>Ferries</h1><p>{SENTENCE * 3}</p><h2>Transcript</h2><p>{SENTENCE * 6}</p></main></body>",
        "https://p.example/3",
    )

    assert document.type is SourceType.PODCAST
    assert "## Transcript\n\n" in document.text
