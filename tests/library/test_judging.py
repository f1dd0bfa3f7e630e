"""Verdicts over time: what is judged together, what is judged again, and what a person's word does."""

import pytest
from msgspec.structs import replace

from sourcebook import ids, wiring
from sourcebook.store import open_store
from sourcebook.types.captures import Outcome
from sourcebook.types.fetching import Fetched, Wanted
from sourcebook.types.reviews import Review, ReviewField
from sourcebook.types.verdicts import Support, Unjudged, UnjudgedReason, Verdict
from tests.library.conftest import START, Script, Shelf
from tests.store.made import exchange

ONE, TWO = "https://one.example/report", "https://two.example/report"
FILLER = (
    "The ministry has kept a list of ferries since the spring, and its clerks add to it on every working day. A list "
    "of that kind is open to everybody who asks for it in writing, and most people who ask get an answer in a week. "
)
PAGES = {
    ONE: "The Bergen yard built nine electric ferries for the council of the city. The first of them sails since May.",
    TWO: "The council of the city paid 480 million kroner for the electric ferries of the Bergen yard.",
}
CLAIM = "The Bergen yard built nine electric ferries, and the council of the city paid 480 million kroner for them."


def web(pages: dict[str, str], outcomes: dict[str, Outcome] | None = None) -> Script:
    def answer(wanted: Wanted) -> Fetched:
        outcome = (outcomes or {}).get(wanted.url, Outcome.OK)
        text = "".join(f"<p>{part}</p>" for part in (pages.get(wanted.url, ""), FILLER, FILLER))
        body = f'<html lang="en"><title>Ferries</title><body><article><h1>Ferries</h1>{text}</article></body></html>'
        return Fetched(
            source_id=wanted.source_id,
            url=wanted.url,
            final_url=wanted.url,
            checked_at=START,
            captured_at=START,
            outcome=outcome,
            reason=outcome.value,
            origin="web",
            status=200,
            media_type="text/html",
            charset="utf-8",
            body=body.encode(),
            exchanges=(exchange(wanted.url, body.encode()),),
        )

    return Script(answer)


def judgements(shelf: Shelf, url: str) -> list[Verdict | Unjudged | None]:
    return [place.judgement for page in shelf.record(url).cited_by for place in page.places if place.claim]


def verdict(shelf: Shelf, url: str) -> Verdict:
    (answer,) = judgements(shelf, url)
    assert isinstance(answer, Verdict)
    return answer


def test_what_one_source_lacks_another_may_give(shelf: Shelf) -> None:
    shelf.fetcher = web(PAGES)
    shelf.page("page.md", f"# Ferries\n\n{CLAIM}[^1][^2]\n\n[^1]: {ONE}\n[^2]: {TWO}\n")
    shelf.build()
    one, two = verdict(shelf, ONE), verdict(shelf, TWO)

    assert Support.SUPPORTED not in {one.support, two.support}
    assert (one.together, two.together) == (Support.SUPPORTED, Support.SUPPORTED)
    assert "the number 480 million" in one.missing
    assert "the number nine" in two.missing


def test_a_wrong_source_stays_visible_beside_a_right_one(shelf: Shelf) -> None:
    shelf.fetcher = web({ONE: PAGES[ONE], TWO: "The library of the town lends out books about gardens and bees."})
    shelf.page(
        "page.md", f"# Ferries\n\nThe Bergen yard built nine electric ferries.[^1][^2]\n\n[^1]: {ONE}\n[^2]: {TWO}\n"
    )
    shelf.build()

    assert verdict(shelf, ONE).support is Support.SUPPORTED
    assert verdict(shelf, TWO).support is Support.UNSUPPORTED


def test_a_claim_that_leans_on_one_source_says_nothing_of_others(shelf: Shelf) -> None:
    shelf.fetcher = web(PAGES)
    shelf.page("page.md", f"# Ferries\n\n{CLAIM}[^1]\n\n[^1]: {ONE}\n")
    shelf.build()

    assert verdict(shelf, ONE).together is None


def test_a_renumbered_footnote_moves_no_verdict(shelf: Shelf) -> None:
    shelf.fetcher = web(PAGES)
    other = "The council of the city paid 480 million kroner for the electric ferries."
    text = "# Ferries\n\n{0}[^{2}]\n\n{1}[^{3}]\n\n[^{2}]: " + ONE + "\n[^{3}]: " + TWO + "\n"
    first = "The Bergen yard built nine electric ferries for the council of the city."
    shelf.page("page.md", text.format(first, other, 1, 2))
    shelf.build()
    before = verdict(shelf, ONE), verdict(shelf, TWO)
    shelf.page("page.md", "# A new beginning\n\n" + text.format(first, other, 2, 1))
    report = shelf.build()

    assert report.pages_read == 1
    assert report.judged == 0
    assert (verdict(shelf, ONE), verdict(shelf, TWO)) == before
    assert before[0].support is before[1].support is Support.SUPPORTED


def test_a_claim_is_judged_again_when_the_words_of_its_source_change(shelf: Shelf) -> None:
    claim = "The Bergen yard built nine electric ferries for the council of the city."
    shelf.fetcher = web(PAGES)
    shelf.page("page.md", f"# Ferries\n\n{claim}[^1]\n\n[^1]: {ONE}\n")
    shelf.build()
    assert verdict(shelf, ONE).support is Support.SUPPORTED

    later = web({ONE: PAGES[ONE].replace("nine", "seven")})
    shelf.fetcher = Script(lambda one: _at(later, one, shelf))
    report = shelf.build(days=400)

    assert report.judged == 1
    assert verdict(shelf, ONE).support is Support.CONTRADICTED


def _at(script: Script, wanted: Wanted, shelf: Shelf) -> Fetched:
    (answer,) = script.fetch([wanted])
    assert isinstance(answer, Fetched)
    return replace(answer, checked_at=shelf.now, captured_at=shelf.now)


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [(Outcome.WALLED, UnjudgedReason.WALLED), (Outcome.PAYWALLED, UnjudgedReason.PAYWALLED)],
)
def test_a_wall_is_never_judged_as_a_source(shelf: Shelf, outcome: Outcome, reason: UnjudgedReason) -> None:
    shelf.fetcher = web(PAGES, {ONE: outcome})
    shelf.page("page.md", f"# Ferries\n\n{CLAIM}[^1]\n\n[^1]: {ONE}\n")
    report = shelf.build()
    (answer,) = judgements(shelf, ONE)

    assert isinstance(answer, Unjudged)
    assert answer.reason is reason
    assert (report.verdicts, report.unjudged) == (0, 1)


def test_a_persons_word_on_a_verdict_survives_a_lost_database(shelf: Shelf) -> None:
    shelf.fetcher = web(PAGES)
    shelf.page("page.md", f"# Ferries\n\n{CLAIM}[^1]\n\n[^1]: {ONE}\n")
    shelf.build()
    source_id, claim_id = shelf.record(ONE).id, ids.claim_id(CLAIM)
    said = Review("r" * 16, source_id, ReviewField.VERDICT, "supported", "ann", START, "I asked the yard", claim_id)
    store = open_store(shelf.place.library)
    store.reviews.add([said])
    store.close()
    wiring.rebuild_store(shelf.place, shelf.config)
    shelf.build()
    store = open_store(shelf.place.library)

    assert store.reviews.verdicts() == {(claim_id, source_id): said}
    store.close()


PAPER = "".join(
    f"<h2>{part}</h2><p>{FILLER}</p><p>{part} {FILLER}</p>" for part in ("1 Introduction", "2 Methods", "3 Results")
)
DOI = "https://doi.org/10.5555/ferries"


def served(head: str, body: str, shelf: Shelf) -> Script:
    """A web on which every address leads to one page, at the shelf's own time."""
    page = f'<html lang="en"><head>{head}</head><body><article>{body}</article></body></html>'

    def answer(wanted: Wanted) -> Fetched:
        (fetched,) = web({}).fetch([wanted])
        assert isinstance(fetched, Fetched)
        kept = (exchange(wanted.url, page.encode()),)
        final = "https://journal.example/page" if wanted.url == DOI else wanted.url
        return replace(
            fetched,
            final_url=final,
            checked_at=shelf.now,
            captured_at=shelf.now,
            body=page.encode(),
            exchanges=kept,
        )

    return Script(answer)


@pytest.mark.parametrize(
    ("cited", "head"),
    [
        pytest.param(
            f"[Quantum Sensors for Deep Sea Navigation]({ONE})", "<title>Ferries of Bergen</title>", id="its title"
        ),
        pytest.param(
            f"[here]({DOI})",
            '<title>On sensors</title><meta name="citation_title" content="On sensors">'
            '<meta name="citation_doi" content="10.5555/sensors">',
            id="its DOI",
        ),
    ],
)
def test_words_that_are_another_works_are_in_doubt_and_judge_nothing(shelf: Shelf, cited: str, head: str) -> None:
    shelf.fetcher = served(head, f"<h1>Ferries</h1><p>{PAGES[ONE]}</p>{PAPER}", shelf)
    shelf.page("page.md", f"# Ferries\n\nThe Bergen yard built nine electric ferries, as {cited} says.\n")
    shelf.build()
    (answer,) = judgements(shelf, ONE if ONE in cited else DOI)

    assert isinstance(answer, Unjudged)
    assert answer.reason is UnjudgedReason.SOURCE_IN_DOUBT
    assert answer.why


def test_an_abstract_that_was_kept_first_does_not_block_the_full_text(shelf: Shelf) -> None:
    head = '<title>Ferries</title><meta name="citation_title" content="Ferries">'
    claim = "The council of the city paid 480 million kroner for the electric ferries."
    shelf.page("page.md", f"# Ferries\n\n{claim}[^1]\n\n[^1]: {ONE}\n")
    shelf.fetcher = served(head, f"<h1>Ferries</h1><h2>Abstract</h2><p>{PAGES[ONE]} {FILLER}</p>", shelf)
    shelf.build()
    (before,) = judgements(shelf, ONE)
    shelf.fetcher = served(head, f"<h1>Ferries</h1><p>{PAGES[ONE]}</p>{PAPER}<p>{PAGES[TWO]}</p>", shelf)
    shelf.build(days=400)

    assert isinstance(before, Unjudged)
    assert before.reason is UnjudgedReason.ABSTRACT_ONLY
    assert verdict(shelf, ONE).support is Support.SUPPORTED


def test_a_full_text_that_was_kept_first_is_not_blocked_by_an_abstract(shelf: Shelf) -> None:
    head = '<title>Ferries</title><meta name="citation_title" content="Ferries">'
    claim = "The council of the city paid 480 million kroner for the electric ferries."
    shelf.page("page.md", f"# Ferries\n\n{claim}[^1]\n\n[^1]: {ONE}\n")
    shelf.fetcher = served(head, f"<h1>Ferries</h1><p>{PAGES[ONE]}</p>{PAPER}<p>{PAGES[TWO]}</p>", shelf)
    shelf.build()
    shelf.fetcher = served(head, f"<h1>Ferries</h1><h2>Abstract</h2><p>{PAGES[ONE]} {FILLER}</p>", shelf)
    report = shelf.build(days=400)

    assert report.asked == 1
    assert verdict(shelf, ONE).support is Support.SUPPORTED
