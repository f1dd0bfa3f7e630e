"""The type of a source over a labelled set, and the rules that settle who is believed."""

from collections import Counter

import pytest

from sourcebook import rate
from sourcebook.rate import load_venues
from sourcebook.types.documents import Confidence, Document
from sourcebook.types.sources import SourceType
from tests.rate.labelled import labelled, told

OURS = load_venues()
T = SourceType


def test_the_labelled_set_is_large_and_has_every_type():
    counts = Counter(row.type for row in labelled())

    assert counts.total() >= 300
    assert min(counts[kind] for kind in SourceType) >= 15
    assert len({row.address for row in labelled()}) == counts.total()


def test_nine_of_ten_types_are_right():
    rows = list(labelled())
    right = sum(told(row, OURS) is row.type for row in rows)

    assert right >= 0.9 * len(rows)


def page(kind: SourceType) -> Document:
    return Document(text="words", type=kind, origins={"type": "json-ld"})


@pytest.mark.parametrize(
    ("url", "document", "kind"),
    [
        pytest.param("https://techcrunch.com/2025/a/", page(T.NEWS_ARTICLE), T.NEWS_ARTICLE, id="a newsroom"),
        pytest.param("https://unknown.example/a", page(T.NEWS_ARTICLE), T.NEWS_ARTICLE, id="nobody knows better"),
        pytest.param("https://ann.substack.com/p/a", page(T.NEWS_ARTICLE), T.BLOG_POST, id="a blog's template"),
        pytest.param("https://www.prnewswire.com/a", page(T.NEWS_ARTICLE), T.PRESS_RELEASE, id="a wire's template"),
        pytest.param("https://unknown.example/newsroom/a", page(T.NEWS_ARTICLE), T.PRESS_RELEASE, id="a press room"),
        pytest.param("https://www.nytimes.com/2023/podcasts/a.html", page(T.NEWS_ARTICLE), T.PODCAST, id="a podcast"),
        pytest.param("https://www.nber.org/papers/w1", page(T.REPORT), T.PREPRINT, id="a preprint server"),
        pytest.param("https://www.governance.ai/", None, T.WEB_PAGE, id="govern* is not a government"),
        pytest.param("https://www.governance.ai/research-paper/a", None, T.REPORT, id="and publishes reports"),
        pytest.param("https://www.nytimes.com/about", None, T.WEB_PAGE, id="a newsroom about itself"),
    ],
)
def test_templates_say_news_article_of_everything(url, document, kind):
    assert rate.rate(url, OURS, document, None, {}).type is kind


def test_what_somebody_signed_on_a_day_is_a_post():
    signed = Document(
        text="words", authors=("Jane Doe",), published="2025-01-02", confidences={"published": Confidence.HIGH}
    )

    assert rate.rate("https://unknown.example/a", OURS, signed, None, {}).type is T.BLOG_POST
    assert rate.rate("https://unknown.example/a", OURS, Document(text="words"), None, {}).type is T.WEB_PAGE


def test_no_text_breaks_it():
    for url in ("", "https://", "https:///", "not an address", "https://[::1]/a", "https://a.example/%zz/~x"):
        assert isinstance(rate.rate(url, OURS, None, None, {}).type, SourceType)
