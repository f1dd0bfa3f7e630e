"""Ratings: whose word counts, and what kind of thing a source is."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook import rate
from sourcebook.types.documents import Document
from sourcebook.types.reviews import Review, ReviewField
from sourcebook.types.sources import Imported, SourceType

OURS = rate.load_venues()
SEED = "https://techcrunch.com/2025/07/30/zuckerberg-says/"


def said(field, value):
    return {field: Review("r1", "s1", field, value, "ann", datetime(2026, 4, 7, tzinfo=UTC), "I know them")}


def test_a_rating_is_inherited_from_the_venue():
    rating = rate.rate(SEED, OURS, None, None, {})

    assert (rating.credibility, rating.label, rating.inherited) == (3, "Good", True)
    assert (rating.venue_id, rating.venue, rating.domain) == ("techcrunch", "TechCrunch", "techcrunch.com")
    assert rating.why.startswith("Good quality. Reputable source with community review")
    assert (rating.type, rating.type_why) == (SourceType.NEWS_ARTICLE, "venue")


def test_an_unknown_venue_is_unrated_and_its_domain_is_named():
    rating = rate.rate("https://www.crier.example/a", OURS, None, None, {})

    assert (rating.credibility, rating.label, rating.inherited) == (None, "Unrated", False)
    assert (rating.venue, rating.domain) == ("", "crier.example")
    assert "crier.example" in rating.why


def test_a_known_venue_without_credibility_is_unrated_and_named():
    rating = rate.rate("https://docs.google.com/document/d/abc/edit", OURS, None, None, {})

    assert (rating.credibility, rating.venue) == (None, "Google Docs")
    assert "Google Docs" in rating.why


def test_a_persons_override_outranks_the_users_venue_which_outranks_ours():
    theirs = rate.load_venues([{"id": "techcrunch", "credibility": 4}])

    assert rate.rate(SEED, OURS, None, None, {}).credibility == 3
    assert rate.rate(SEED, theirs, None, None, {}).credibility == 4
    rating = rate.rate(SEED, theirs, None, None, said(ReviewField.CREDIBILITY, 2))
    assert (rating.credibility, rating.label, rating.inherited, rating.venue) == (2, "Mixed", False, "TechCrunch")


@pytest.mark.parametrize("value", [0, 6, "none", ("3",)])
def test_an_override_off_the_scale_changes_nothing(value):
    assert rate.rate(SEED, OURS, None, None, said(ReviewField.CREDIBILITY, value)).credibility == 3


def test_a_person_may_say_that_a_source_has_no_rating():
    rating = rate.rate(SEED, OURS, None, None, said(ReviewField.CREDIBILITY, "unrated"))

    assert (rating.credibility, rating.label, rating.inherited) == (None, "Unrated", False)


def test_every_step_of_the_scale_has_its_word_and_its_sentence():
    assert [rate.label(step) for step in (5, 4, 3, 2, 1, None)] == ["Gold", "High", "Good", "Mixed", "Low", "Unrated"]
    assert rate.LABELS.keys() == rate.SENTENCES.keys() == {1, 2, 3, 4, 5}
    assert all(rate.SENTENCES[step].startswith(rate.LABELS[step]) for step in rate.LABELS)


# --- what kind of thing ------------------------------------------------------------------------------


def test_whose_word_counts_for_the_type():
    document = Document(type=SourceType.BLOG_POST, origins={"type": "json-ld"})
    imported = Imported(type="report")
    review = said(ReviewField.TYPE, "talk")

    def kind(*known):
        rating = rate.rate(SEED, OURS, *known)
        return rating.type, rating.type_why

    assert kind(document, imported, review) == (SourceType.TALK, "review")
    assert kind(document, imported, {}) == (SourceType.BLOG_POST, "json-ld")
    assert kind(Document(), imported, {}) == (SourceType.REPORT, "imported")
    assert kind(Document(), Imported(type="web"), {}) == (SourceType.NEWS_ARTICLE, "venue")
    assert kind(None, None, said(ReviewField.TYPE, "poem")) == (SourceType.NEWS_ARTICLE, "venue")


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("paper", SourceType.PAPER),
        ("government", SourceType.GOVERNMENT),
        ("blog", SourceType.BLOG_POST),
        ("reference", SourceType.REFERENCE),
        ("report", SourceType.REPORT),
        ("talk", SourceType.TALK),
        ("press_release", SourceType.PRESS_RELEASE),
        ("Journal Article", SourceType.PAPER),
        ("news", SourceType.NEWS_ARTICLE),
        ("web", SourceType.WEB_PAGE),
        ("web page", SourceType.WEB_PAGE),
        ("", SourceType.WEB_PAGE),
        ("no such word", SourceType.WEB_PAGE),
    ],
)
def test_words_of_other_systems_are_understood(word, expected):
    assert rate.rate("https://crier.example/a", OURS, None, Imported(type=word), {}).type is expected


def test_a_paper_of_another_system_on_a_preprint_server_is_a_preprint():
    rating = rate.rate("https://arxiv.org/abs/1706.03741", OURS, None, Imported(type="paper"), {})

    assert rating.type is SourceType.PREPRINT


T = SourceType
ADDRESSES = [
    ("https://techcrunch.com/2025/07/30/a/", T.NEWS_ARTICLE),
    ("https://www.reuters.com/technology/a-2024-05-01/", T.NEWS_ARTICLE),
    ("https://www.nytimes.com/2024/05/01/technology/a.html", T.NEWS_ARTICLE),
    ("https://www.wired.com/story/a/", T.NEWS_ARTICLE),
    ("https://www.lemonde.fr/economie/article/2024/05/01/a.html", T.NEWS_ARTICLE),
    ("https://www.bbc.co.uk/news/technology-1", T.NEWS_ARTICLE),
    ("https://www.politifact.com/factchecks/2024/a/", T.NEWS_ARTICLE),
    ("https://unknown.example/news/2024/a", T.NEWS_ARTICLE),
    ("https://www.nature.com/articles/s41586-021-03819-2", T.PAPER),
    ("https://www.science.org/doi/10.1126/science.aaw8243", T.PAPER),
    ("https://doi.org/10.9999/abc.1", T.PAPER),
    ("https://pubmed.ncbi.nlm.nih.gov/12345678/", T.PAPER),
    ("https://pmc.ncbi.nlm.nih.gov/articles/PMC7095418/", T.PAPER),
    ("https://proceedings.neurips.cc/paper/2017/hash/a-Abstract.html", T.PAPER),
    ("https://openreview.net/forum?id=abc", T.PAPER),
    ("https://journals.unknown.example/doi/10.9999/abc.1", T.PAPER),
    ("https://aclanthology.org/2020.acl-main.1/", T.PAPER),
    ("https://arxiv.org/abs/1706.03741", T.PREPRINT),
    ("https://doi.org/10.48550/arXiv.1706.03741", T.PREPRINT),
    ("https://www.biorxiv.org/content/10.1101/2020.01.01.123456v1", T.PREPRINT),
    ("https://papers.ssrn.com/sol3/papers.cfm?abstract_id=3312552", T.PREPRINT),
    ("https://www.rand.org/pubs/research_reports/RRA1.html", T.REPORT),
    ("https://unknown.example/reports/state-of-things", T.REPORT),
    ("https://unknown.example/files/state-of-things.pdf", T.REPORT),
    ("https://cset.georgetown.edu/publication/a/", T.REPORT),
    ("https://www.grandviewresearch.com/industry-analysis/a", T.REPORT),
    ("https://www.pewresearch.org/politics/2025/12/04/a/", T.REPORT),
    ("https://ann.substack.com/p/a", T.BLOG_POST),
    ("https://medium.com/@ann/a-123", T.BLOG_POST),
    ("https://www.lesswrong.com/posts/jbE85wCkRr9z7tqmD/a", T.BLOG_POST),
    ("https://forum.effectivealtruism.org/posts/i9RJjun327SnT3vW8/a", T.BLOG_POST),
    ("https://unknown.example/blog/a", T.BLOG_POST),
    ("https://www.anthropic.com/news/a", T.BLOG_POST),
    ("https://news.mit.edu/2024/a", T.NEWS_ARTICLE),
    ("https://unknown.example/2019/05/a-day-out", T.BLOG_POST),
    ("https://blog.unknown.example/a", T.BLOG_POST),
    ("https://gwern.net/scaling-hypothesis", T.BLOG_POST),
    ("https://ann.wordpress.com/2019/05/01/a/", T.BLOG_POST),
    ("https://www.nist.gov/itl/ai-risk-management-framework", T.GOVERNMENT),
    ("https://www.gov.uk/government/publications/a", T.GOVERNMENT),
    ("https://www.congress.gov/bill/118th-congress/house-bill/1", T.GOVERNMENT),
    ("https://nvd.unknown.gov/files/a.pdf", T.GOVERNMENT),
    ("https://eur-lex.europa.eu/eli/reg/2024/1689/oj", T.GOVERNMENT),
    ("https://www.elysee.fr/en/emmanuel-macron/2025/02/11/a", T.GOVERNMENT),
    ("https://www.un.org/en/ai-advisory-body", T.GOVERNMENT),
    ("https://en.wikipedia.org/wiki/Cat", T.REFERENCE),
    ("https://www.britannica.com/technology/artificial-intelligence", T.REFERENCE),
    ("https://plato.stanford.edu/entries/ethics-ai/", T.REFERENCE),
    ("https://unknown.example/glossary/agent", T.REFERENCE),
    ("https://docs.unknown.example/start", T.REFERENCE),
    ("https://ourworldindata.org/artificial-intelligence", T.REFERENCE),
    ("https://www.amazon.com/Some-Title/dp/0306406152", T.BOOK),
    ("https://www.penguinrandomhouse.com/books/1/a", T.BOOK),
    ("https://openlibrary.org/isbn/9780306406157", T.BOOK),
    ("https://unknown.example/books/a-title", T.BOOK),
    ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", T.TALK),
    ("https://www.ted.com/talks/a", T.TALK),
    ("https://unknown.example/talks/2024-keynote", T.TALK),
    ("https://lexfridman.com/sam-altman/", T.PODCAST),
    ("https://podcasts.apple.com/us/podcast/a/id1?i=2", T.PODCAST),
    ("https://unknown.example/podcast/44-the-auditors", T.PODCAST),
    ("https://huggingface.co/datasets/a/b", T.DATASET),
    ("https://www.kaggle.com/datasets/a/b", T.DATASET),
    ("https://unknown.example/files/table.csv", T.DATASET),
    ("https://zenodo.org/records/123", T.DATASET),
    ("https://github.com/ann/a", T.CODE),
    ("https://pypi.org/project/a/", T.CODE),
    ("https://news.ycombinator.com/item?id=1", T.FORUM),
    ("https://www.reddit.com/r/a/comments/b/c/", T.FORUM),
    ("https://x.com/ann/status/1", T.FORUM),
    ("https://stackoverflow.com/questions/1/a", T.FORUM),
    ("https://unknown.example/forum/thread-1", T.FORUM),
    ("https://www.prnewswire.com/news-releases/a-1.html", T.PRESS_RELEASE),
    ("https://unknown.example/press-releases/2024/a", T.PRESS_RELEASE),
    ("https://www.governance.ai/about", T.WEB_PAGE),
    ("https://techcrunch.com/", T.WEB_PAGE),
    ("https://unknown.example/about", T.WEB_PAGE),
    ("https://unknown.example/", T.WEB_PAGE),
]


@pytest.mark.parametrize(("url", "expected"), ADDRESSES)
def test_an_address_tells_what_kind_of_thing_it_is(url, expected):
    assert rate.rate(url, OURS, None, None, {}).type is expected


def test_the_table_has_every_kind():
    assert {kind for _, kind in ADDRESSES} == set(SourceType)
    assert len(ADDRESSES) >= 60


@given(st.text())
def test_no_text_breaks_the_rating(text):
    for url in (text, f"https://{text}", f"https://example.org/{text}"):
        rating = rate.rate(url, OURS, None, None, {})

        assert (rating.credibility is None) == (rating.label == "Unrated")
        assert rating.why
