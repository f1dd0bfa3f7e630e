"""Which source says this? A quote looked for in every kept text: by its rarest words, then word for word."""

from msgspec import Struct

from sourcebook.errors import UsageError
from sourcebook.store import Store
from sourcebook.store.search import SearchKind, Wanted, words_of
from sourcebook.types.builds import Step
from sourcebook.types.documents import Document
from sourcebook.types.listings import Listing
from sourcebook.types.verdicts import QuoteCheck, QuoteStatus
from sourcebook.verify.quotes import check_quote, is_too_short

_HELD_AGAINST = 25  # sources that share the rarest of the words
_MOST_WORDS = 60  # of the quote that are looked up; all of it is held against the texts
_ORDER = (QuoteStatus.EXACT, QuoteStatus.NORMALIZED, QuoteStatus.ELIDED, QuoteStatus.AMBIGUOUS, QuoteStatus.ALTERED)


class QuoteFound(Struct, frozen=True):
    """A source that holds a quote, or something close to it, and where."""

    listing: Listing
    check: QuoteCheck


def say_who(store: Store, quote: str, limit: int) -> list[QuoteFound]:
    """Sources that hold the quote: exactly, by a stated rule, or altered, in this order. Raises UsageError for a quote
    too short to tell."""
    quote = quote.strip().strip('"“”„«»').strip()
    if is_too_short(quote):
        raise UsageError("that is too short to be told from chance", "give three words of the quote or more")
    if store.search.is_empty():
        raise UsageError("the words of this library are not indexed yet", "run `sourcebook build`")
    words = tuple(dict.fromkeys(words_of(quote)))[:_MOST_WORDS]
    hits = store.search.find(SearchKind.SOURCE, Wanted(words), _HELD_AGAINST).hits
    listings = store.listings.read_many([hit.subject for hit in hits])
    best = store.captures.best_ids_of(list(listings))
    documents = store.derived.find_many(Step.DOCUMENT, list(best.values()), Document)
    found = [
        QuoteFound(listing, check)
        for source_id, listing in listings.items()
        if (document := documents.get(best.get(source_id, ""))) is not None
        and (check := check_quote(quote, document.text)).status in _ORDER
    ]
    return sorted(found, key=_closest_first)[:limit]


def _closest_first(found: QuoteFound) -> tuple[int, int, str]:
    return _ORDER.index(found.check.status), -found.listing.importance, found.listing.source_id
