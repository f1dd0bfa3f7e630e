"""The identity rules: what is the same source, however it is linked, and what is not."""

from datetime import UTC, datetime

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from sourcebook import ids
from sourcebook.works import work_address, written_work

# --- the Resource ID: a promise to every library that has one already ---------------------------------


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        pytest.param(
            "https://techcrunch.com/2025/07/30/zuckerberg-says-meta-likely-wont-open-source-all-of-its-superintelligence-ai-models/",
            "294f55e1e8c8ecbb",
            id="the seed",
        ),
        pytest.param("http://proceedings.mlr.press/v81/buolamwini18a.html", "f9f68d10850b6264", id="plain http"),
        pytest.param("https://epochai.org/", "120adc539e2fa558", id="a home page, with its slash"),
    ],
)
def test_the_resource_id_is_the_hash_of_the_address_as_cited(url, expected):
    assert ids.resource_id(url) == expected


def test_the_resource_id_tells_addresses_apart_that_are_one_source():
    slashed, plain = "https://epochai.org/", "https://epochai.org"

    assert ids.resource_id(slashed) != ids.resource_id(plain)
    assert ids.match_key(slashed) == ids.match_key(plain)


def test_the_rules_are_versioned():
    # a new expected key below means that sources move: raise RULES, and say in docs/identity.md what moved
    assert ids.RULES == 1
    assert ids.match_key("HTTP://www.Example.org:80/a/?b=2&a=1&utm_source=x#part") == "https://example.org/a?a=1&b=2"
    assert ids.stable_id("https://example.org/a?a=1&b=2") == "sid_AeYCgNfWPe"


# --- one source, however it is linked ---------------------------------------------------------------

SAME = {
    "the scheme": ("http://example.org/a", "https://example.org/a"),
    "the case of the host": ("https://EXAMPLE.org/a", "https://example.org/a"),
    "www": ("https://www.example.org/a", "https://example.org/a"),
    "a default port": ("http://example.org:80/a", "https://example.org:443/a"),
    "a dot that ends the host": ("https://example.org./a", "https://example.org/a"),
    "a trailing slash": ("https://example.org/a/", "https://example.org/a"),
    "no path at all": ("https://example.org", "https://example.org/"),
    "a fragment": ("https://example.org/a#part-2", "https://example.org/a"),
    "a text fragment: it chooses words, not a page": ("https://example.org/a#:~:text=some%20words", "https://example.org/a"),
    "tracking": ("https://example.org/a?utm_source=x&fbclid=1&b=2", "https://example.org/a?b=2"),
    "tracking of one site": ("https://twitter.com/ann/status/1?s=20&t=abc", "https://x.com/ann/status/1"),
    "the order of parameters": ("https://example.org/a?c=1&b=2", "https://example.org/a?b=2&c=1"),
    "the case of an escape": ("https://example.org/%c3%a9", "https://example.org/%C3%A9"),
    "an escape that need not be": ("https://example.org/%7Eann", "https://example.org/~ann"),
    "letters and their escapes": ("https://example.org/é", "https://example.org/%C3%A9"),
    "a host in its own script": ("https://bücher.example/a", "https://xn--bcher-kva.example/a"),
    "credentials": ("https://ann:secret@example.org/a", "https://example.org/a"),
    "dots in the path": ("https://example.org/b/../a", "https://example.org/a"),
    "spaces around": ("  https://example.org/a\n", "https://example.org/a"),
    "a comma of the sentence": ("https://example.org/a,", "https://example.org/a"),
    "a full stop of the sentence": ("https://example.org/a.", "https://example.org/a"),
    "the bracket around it": ("https://example.org/a).", "https://example.org/a"),
    "a closing quote": ("https://example.org/a”", "https://example.org/a"),
    "a full stop behind a query": ("https://example.org/a?id=5.", "https://example.org/a?id=5"),
    "a session": ("https://example.org/a;jsessionid=0F3A?b=1", "https://example.org/a?b=1"),
    "the mobile wiki": ("https://en.m.wikipedia.org/wiki/Cat#/media/File:Cat.jpg", "https://en.wikipedia.org/wiki/Cat"),
    "a short link to a video": ("https://youtu.be/dQw4w9WgXcQ?t=3", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
    "a video in a list": ("https://youtube.com/watch?list=PL1&v=dQw4w9WgXcQ", "https://youtube.com/embed/dQw4w9WgXcQ"),
    "the words behind a post's id": (
        "https://www.lesswrong.com/posts/jbE85wCkRr9z7tqmD/epistemic-legibility",
        "https://www.lesswrong.com/posts/jbE85wCkRr9z7tqmD",
    ),
    "a copy in a web archive": ("https://web.archive.org/web/20200102030405/https://www.example.org/a", "https://example.org/a"),
    "a copy of a copy": (
        "https://web.archive.org/web/2020/https://archive.ph/20190101000000/https://example.org/a",
        "https://example.org/a",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME.keys())
def test_two_addresses_of_one_page_have_one_key(one, other):
    assert ids.match_key(one) == ids.match_key(other) is not None


OTHER = {
    "another path": ("https://example.org/a", "https://example.org/b"),
    "the case of the path": ("https://example.org/A", "https://example.org/a"),
    "another parameter": ("https://example.org/a?id=1", "https://example.org/a?id=2"),
    "parameters of one name in another order": ("https://example.org/a?b=1&b=2", "https://example.org/a?b=2&b=1"),
    "a parameter that only looks like tracking": ("https://example.org/a?ref=1", "https://example.org/a"),
    "a source that is a filter": ("https://example.org/a?source=un", "https://example.org/a"),
    "another port": ("https://example.org:8443/a", "https://example.org/a"),
    "a part of the site": ("https://blog.example.org/a", "https://example.org/a"),
    "a client-side route": ("https://example.org/#/a", "https://example.org/#/b"),
    "an old client-side route": ("https://example.org/#!a", "https://example.org/"),
    "balanced brackets": ("https://example.org/Mercury_(planet)", "https://example.org/Mercury_(planet"),
    "a mark that ends a title": ("https://example.org/wiki/Oliver!", "https://example.org/wiki/Oliver"),
    "an escaped slash": ("https://example.org/a%2Fb", "https://example.org/a/b"),
    "an index file": ("https://example.org/a/index.html", "https://example.org/a/"),
    "a figure of an article": (
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC7095418/figure/F1/",
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC7095418/",
    ),
    "a supplement": (
        "https://www.science.org/doi/suppl/10.1126/science.aaw8243/file.pdf",
        "https://www.science.org/doi/10.1126/science.aaw8243",
    ),
    "a calendar of copies": ("https://web.archive.org/web/2020*/https://example.org/a", "https://example.org/a"),
}  # fmt: skip


@pytest.mark.parametrize(("one", "other"), OTHER.values(), ids=OTHER.keys())
def test_what_may_be_another_page_has_another_key(one, other):
    assert ids.match_key(one) != ids.match_key(other)


@pytest.mark.parametrize(
    "text",
    ["", "words", "mailto:ann@example.org", "javascript:alert(1)", "http://", "https:///", "ftp://example.org/a",
     "//example.org/a", "/a", "https://[::1", "https://exa mple.org/", "https://1.2.3.4.5/", "http://.", "\ud800"],
)  # fmt: skip
def test_what_is_no_web_address_has_no_key(text):
    assert ids.match_key(text) is None
    assert ids.request_url(text) is None
    assert ids.host(text) == ""
    assert ids.identifier_of(text) is None
    assert ids.unwrap_memento(text) is None
    assert ids.RESOURCE_ID.fullmatch(ids.resource_id(text))


# --- works --------------------------------------------------------------------------------------------

WORKS = [
    ("https://arxiv.org/abs/1706.03741", "arxiv:1706.03741"),
    ("https://arxiv.org/pdf/1706.03741v3.pdf", "arxiv:1706.03741"),
    ("https://arxiv.org/html/1706.03741v1", "arxiv:1706.03741"),
    ("http://export.arxiv.org/abs/1706.03741", "arxiv:1706.03741"),
    ("https://doi.org/10.48550/arXiv.1706.03741", "arxiv:1706.03741"),
    ("https://arxiv.org/abs/math.GT/0309136v2", "arxiv:math/0309136"),
    ("https://arxiv.org/abs/1706.03741).", "arxiv:1706.03741"),
    ("https://doi.org/10.1126/science.ABC1234", "doi:10.1126/science.abc1234"),
    ("http://dx.doi.org/10.1126%2Fscience.abc1234", "doi:10.1126/science.abc1234"),
    ("https://doi.org/10.1126/science.abc1234.", "doi:10.1126/science.abc1234"),
    ("https://doi.org/10.1016/S0140-6736(20)30183-5", "doi:10.1016/s0140-6736(20)30183-5"),
    ("https://doi.org/10.1016/S0140-6736(20)30183-5),", "doi:10.1016/s0140-6736(20)30183-5"),
    ("https://doi.org/10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2",
     "doi:10.1002/(sici)1097-0258(19980815/30)17:15/16<1661::aid-sim968>3.0.co;2-2"),
    ("https://www.science.org/doi/pdf/10.1126/science.abc1234?download=true", "doi:10.1126/science.abc1234"),
    ("https://onlinelibrary.wiley.com/doi/abs/10.1111/jofi.13310", "doi:10.1111/jofi.13310"),
    ("https://www.emerald.com/insight/content/doi/10.1108/oir-02-2023-0084/full/html", "doi:10.1108/oir-02-2023-0084"),
    ("https://link.springer.com/content/pdf/10.1007/s11023-020-09539-2.pdf", "doi:10.1007/s11023-020-09539-2"),
    ("https://www.nature.com/articles/s41586-021-03819-2.pdf", "doi:10.1038/s41586-021-03819-2"),
    ("https://www.nature.com/articles/s41599-024-02647-9", "doi:10.1057/s41599-024-02647-9"),
    ("https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0005738", "doi:10.1371/journal.pone.0005738"),
    ("https://www.frontiersin.org/articles/10.3389/frai.2021.1/full", "doi:10.3389/frai.2021.1"),
    ("https://www.biorxiv.org/content/10.1101/2020.01.01.123456v2.full.pdf", "doi:10.1101/2020.01.01.123456"),
    ("https://doi.org/10.1101/2020.01.01.123456v1", "doi:10.1101/2020.01.01.123456"),
    ("https://papers.ssrn.com/sol3/papers.cfm?abstract_id=3312552", "doi:10.2139/ssrn.3312552"),
    ("https://www.nber.org/papers/w12345", "doi:10.3386/w12345"),
    ("https://elifesciences.org/articles/12345v2", "doi:10.7554/elife.12345"),
    ("https://zenodo.org/records/123", "doi:10.5281/zenodo.123"),
    ("https://www.aeaweb.org/articles?id=10.1257/0895330041371321", "doi:10.1257/0895330041371321"),
    ("https://pubmed.ncbi.nlm.nih.gov/12345678/", "pmid:12345678"),
    ("https://www.ncbi.nlm.nih.gov/pubmed/12345678", "pmid:12345678"),
    ("https://europepmc.org/article/MED/12345678", "pmid:12345678"),
    ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC7095418/", "pmc:7095418"),
    ("https://pmc.ncbi.nlm.nih.gov/articles/PMC7095418/pdf/main.pdf", "pmc:7095418"),
    ("https://www.amazon.co.uk/Some-Title/dp/0306406152/ref=sr_1_1?keywords=x", "isbn:9780306406157"),
    ("https://openlibrary.org/isbn/9780306406157", "isbn:9780306406157"),
    ("https://en.wikipedia.org/wiki/Special:BookSources/978-0-306-40615-7", "isbn:9780306406157"),
    ("https://books.google.com/books?vid=ISBN0306406152", "isbn:9780306406157"),
    ("https://www.amazon.com/dp/080442957X", "isbn:9780804429573"),
]  # fmt: skip


@pytest.mark.parametrize(("url", "work"), WORKS)
def test_an_address_that_names_a_work_is_known_by_it(url, work):
    assert ids.match_key(url) == work
    assert ids.identifier_of(url) == work


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("https://arxiv.org/list/cs.AI/recent", id="a list of preprints"),
        pytest.param("https://www.amazon.com/dp/B00ABCDEFG", id="a thing that is no book"),
        pytest.param("https://www.amazon.com/dp/0306406153", id="a check digit that is wrong"),
        pytest.param("https://www.nature.com/subjects/climate", id="a page of a publisher"),
        pytest.param("https://doi.org/", id="the resolver itself"),
        pytest.param("https://doi.org.example/10.1126/science.abc1234", id="a host that only looks like the resolver"),
        pytest.param("https://pubmed.ncbi.nlm.nih.gov/?term=cats", id="a search"),
    ],
)
def test_an_address_beside_a_work_is_a_page_of_its_own(url):
    assert ids.identifier_of(url) is None
    assert ids.match_key(url).startswith("https://")


# --- properties ---------------------------------------------------------------------------------------

WORD = st.text("abcdefghijklmnopqrstuvwxyzABCXYZ0123456789-_~%.,;:!'()[]@+*=/ é", max_size=12)
NAME = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=8)
HOST = st.sampled_from(["example.org", "www.example.org", "bücher.example", "x.com", "youtube.com",
    "en.m.wikipedia.org", "web.archive.org", "archive.ph", "arxiv.org", "doi.org", "nature.com", "1.2.3.4", "[::1]",
    "www.www.example.org.", "lesswrong.com", "amazon.de", "ssrn.com", "localhost"])  # fmt: skip
PATH = st.lists(WORD, max_size=4).map("/".join)
QUERY = st.lists(st.tuples(WORD, WORD), max_size=4).map(
    lambda pairs: "&".join(f"{key}={value}" for key, value in pairs)
)


@st.composite
def addresses(draw):
    scheme = draw(st.sampled_from(["http://", "https://", "HTTPS://ann@"]))
    port = draw(st.sampled_from(["", "", ":80", ":443", ":8443"]))
    address = f"{scheme}{draw(HOST)}{port}/{draw(PATH)}"
    if draw(st.booleans()):
        address += "?" + draw(QUERY)
    if draw(st.booleans()):
        address += "#" + draw(WORD)
    return address


@given(st.text())
@example("https://web.archive.org/web/99999999999999/https://example.org")
@example("https://example.org/\ud800")
@example("http://\x00")
def test_no_text_breaks_the_rules(text):
    for url in (text, "https://" + text, "https://example.org/" + text, "https://web.archive.org/web/2020/" + text):
        key = ids.match_key(url)
        ids.unwrap_memento(url)
        ids.registrable_domain(ids.host(url))

        assert (key is None) == (ids.request_url(url) is None)
        assert key is None or ids.STABLE_ID.fullmatch(ids.stable_id(key))


@given(addresses())
def test_the_key_of_a_key_is_the_key(url):
    key = ids.match_key(url)
    assume(key is not None and key.startswith("https:"))

    assert ids.match_key(key) == key


@given(addresses())
def test_what_is_asked_for_is_the_same_source(url):
    assume("#/" not in url and "#!" not in url)  # a client-side route never leaves the browser
    asked = ids.request_url(url)
    assume(asked is not None)

    assert ids.match_key(asked) == ids.match_key(url)
    assert ids.request_url(asked) == asked
    assert "#" not in asked
    assert "ann@" not in asked.partition("/")[0]


@given(st.lists(NAME, max_size=3), st.lists(NAME, max_size=3))
def test_two_paths_of_one_site_are_never_one_source(one, other):
    assume(one != other)
    site = "https://example.org/"

    assert ids.match_key(site + "/".join(one)) != ids.match_key(site + "/".join(other))


@given(st.dictionaries(NAME, NAME, max_size=4), st.dictionaries(NAME, NAME, max_size=4))
def test_two_queries_of_one_page_are_never_one_source(one, other):
    tracking = {
        name for name in one.keys() | other.keys() if name.endswith(("clid", "clid1")) or name in {"igsh", "xtor"}
    }
    assume(one != other and not tracking)
    keys = [
        ids.match_key("https://example.org/a?" + "&".join(f"{k}={v}" for k, v in pairs.items()))
        for pairs in (one, other)
    ]

    assert keys[0] != keys[1]


@given(NAME, st.sampled_from(["https://", "http://"]), st.sampled_from(["", "www."]), st.sampled_from(["", "/"]))
def test_how_it_is_linked_never_makes_another_source(name, scheme, www, slash):
    assert ids.match_key(f"{scheme}{www}example.org/{name}{slash}") == f"https://example.org/{name}"


# --- copies, hosts and the ids of our own --------------------------------------------------------------


ARCHIVE = "https://web.archive.org/web"
NATIONAL = "https://webarchive.nationalarchives.gov.uk/ukgwa"
PAGE = "https://example.org/a?b=1"


@pytest.mark.parametrize(
    ("url", "of", "at"),
    [
        (f"{ARCHIVE}/20200102030405/{PAGE}", PAGE, (2020, 1, 2, 3, 4, 5)),
        (f"{ARCHIVE}/20200102030405id_/http:/example.org/a", "http://example.org/a", (2020, 1, 2, 3, 4, 5)),
        (f"{ARCHIVE}/2019/example.org", "http://example.org/", (2019, 1, 1)),
        (f"https://archive.ph/2020.01.02-030405/{PAGE}", PAGE, (2020, 1, 2, 3, 4, 5)),
        (f"https://archive.today/20200102030405/{PAGE}", PAGE, (2020, 1, 2, 3, 4, 5)),
        (f"{NATIONAL}/20200102/{PAGE}", PAGE, (2020, 1, 2)),
    ],
)
def test_a_copy_says_of_what_and_of_when(url, of, at):
    assert ids.unwrap_memento(url) == ids.Memento(of, datetime(*at, tzinfo=UTC))


@pytest.mark.parametrize(
    "url",
    ["https://web.archive.org/", "https://web.archive.org/web/", "https://archive.ph/AbC1d", "https://archive.org/details/x",
     "https://web.archive.org/web/20209999999999/https://example.org/", "https://example.org/web/2020/https://example.com/"],
)  # fmt: skip
def test_what_is_no_dated_copy_is_not_unwrapped(url):
    assert ids.unwrap_memento(url) is None


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("www.bbc.co.uk", "bbc.co.uk"),
        ("blog.example.org", "example.org"),
        ("ann.github.io", "ann.github.io"),
        ("github.io", "github.io"),
        ("www.aisi.gov.uk", "aisi.gov.uk"),
        ("news.example", "news.example"),
        ("localhost", "localhost"),
        ("192.0.2.1", "192.0.2.1"),
        ("[::1]", "[::1]"),
        ("WWW.Example.ORG.", "example.org"),
        ("", ""),
    ],
)
def test_a_domain_is_what_somebody_registered(host, domain):
    assert ids.registrable_domain(host) == domain


def test_a_host_is_as_browsers_ask_for_it():
    assert ids.host("https://Ann@BÜCHER.example.:8443/a") == "xn--bcher-kva.example"


@given(st.text())
def test_a_stable_id_has_its_form_and_depends_on_the_key_alone(key):
    assert ids.STABLE_ID.fullmatch(ids.stable_id(key))
    assert ids.stable_id(key) == ids.stable_id(key)


def test_stable_ids_do_not_collide_in_a_large_library():
    assert len({ids.stable_id(f"https://example.org/{number}") for number in range(20_000)}) == 20_000


def test_a_claim_is_its_words_however_they_are_spaced():
    assert ids.claim_id("Cats  sleep\nlong. ") == ids.claim_id("Cats sleep long.")
    assert ids.claim_id("Cats sleep long.") != ids.claim_id("Cats sleep.")


def test_a_capture_is_one_source_at_one_moment():
    first = datetime(2026, 4, 7, 12, 0, tzinfo=UTC)

    assert ids.RESOURCE_ID.fullmatch(ids.capture_id("a", first))
    assert ids.capture_id("a", first) != ids.capture_id("b", first)
    assert ids.capture_id("a", first) != ids.capture_id("a", first.replace(microsecond=1))
    assert ids.RESOURCE_ID.fullmatch(ids.page_id("notes/cats.md"))


WRITTEN = {
    "doi:10.1000/182": "doi:10.1000/182",
    "DOI 10.1126/Science.AAA8685.": "doi:10.1126/science.aaa8685",
    "info:doi/10.1000/182": "doi:10.1000/182",
    "doi.org/10.1000/a?b#c": "doi:10.1000/a?b#c",
    "doi:10.48550/arXiv.1706.03762": "arxiv:1706.03762",
    "arXiv:math.GT/0309136v2": "arxiv:math/0309136",
    "PMID: 031452104": "pmid:31452104",
    "PMCID: PMC7759461": "pmc:7759461",
    "urn:isbn:0306406152": "isbn:9780306406157",
}


@pytest.mark.parametrize("words", WRITTEN)
def test_a_work_named_in_words_leads_to_an_address_that_is_the_same_source(words):
    assert ids.match_key(ids.address(words)) == WRITTEN[words]


@pytest.mark.parametrize(
    "words", ["https://a.example/10.1000/182", "doi:hello", "isbn:1", "arXiv:x", "mailto:a@b.example"]
)
def test_other_words_name_no_work(words):
    assert ids.address(words) == words


@given(st.text(max_size=30))
def test_the_address_of_an_identifier_has_its_key_whatever_is_in_it(tail):
    key = written_work(f"doi:10.1000/{tail}")

    assert key is None or ids.match_key(work_address(key)) == key
