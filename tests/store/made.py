"""Values for the store's tests: whole ones, with every field set, made from as little as a test cares about."""

from datetime import UTC, datetime, timedelta

from sourcebook import ids
from sourcebook.types.captures import LinkState, Outcome
from sourcebook.types.fetching import Exchange, Fetched
from sourcebook.types.findings import Finding, Rule
from sourcebook.types.listings import Listing
from sourcebook.types.pages import Citation, CitationKind, Claim, Page, ParsedPage
from sourcebook.types.reviews import Review, ReviewField
from sourcebook.types.sources import Imported, Source, SourceType

NOON = datetime(2026, 4, 7, 12, 0, 0, 123456, tzinfo=UTC)
HTML = "<p>Grüße – 你好</p>".encode()


def later(days: float) -> datetime:
    return NOON + timedelta(days=days)


def source(url: str, *aliases: str, imported: Imported | None = None) -> Source:
    key = ids.match_key(url) or ""
    return Source(ids.resource_id(url), ids.stable_id(key), key, url, NOON, tuple(sorted(aliases)), imported)


def claim(text: str) -> Claim:
    return Claim(ids.claim_id(text), text, "A heading", "What was said before.", 3, 3 + len(text))


def citation(url: str, line: int = 1, of: Claim | None = None) -> Citation:
    return Citation(line, 5, 10, 20, CitationKind.FOOTNOTE, "the label", url, url, "1", "", of)


def parsed(path: str, *citations: Citation, title: str = "A title", quality: float | None = 62.5) -> ParsedPage:
    page = Page(ids.page_id(path), path, title, "Approach", quality, "d" * 64, "What it is about", ("one", "two"))
    findings = (Finding(Rule.UNDEFINED_FOOTNOTE, path, 7, 1, "no footnote [^9]"),)
    return ParsedPage(page, f"# {title}\n\nText.", citations, findings)


def exchange(
    url: str, body: bytes = HTML, headers: bytes = b"Content-Type: text/html\r\n", days: float = 0
) -> Exchange:
    return Exchange(
        url,
        later(days),
        b"GET / HTTP/1.1\r\nHost: example.org\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + headers + b"\r\n",
        body,
        "192.0.2.7",
    )


def fetched(of: Source, days: float = 0, outcome: Outcome = Outcome.OK, body: bytes = HTML) -> Fetched:
    return Fetched(
        source_id=of.id,
        url=of.url,
        final_url=f"{of.url}#final",
        checked_at=later(days),
        captured_at=later(days - 0.5),
        outcome=outcome,
        reason="status 200",
        origin="web",
        status=200,
        media_type="text/html",
        charset="utf-8",
        etag='"abc"',
        last_modified="Tue, 07 Apr 2026 12:00:00 GMT",
        body=body,
        exchanges=(exchange(of.url, body, days=days),),
    )


def unanswered(of: Source, days: float = 0) -> Fetched:
    return Fetched(of.id, of.url, of.url, later(days), later(days), Outcome.UNREACHABLE, "no such host", "web")


def listing(name: str, **fields: object) -> Listing:
    values: dict[str, object] = {
        "source_id": ids.resource_id(name),
        "stable_id": ids.stable_id(name),
        "url": f"https://example.org/{name}",
        "title": name,
        "type": SourceType.WEB_PAGE,
        "domain": "example.org",
        "venue_id": "",
        "venue": "",
        "credibility": None,
        "importance": 50,
        "pages": 1,
        "state": LinkState.ALIVE,
        "outcome": None,
        "captured_at": None,
    }
    return Listing(**(values | fields))  # type: ignore[arg-type]


def review(of: Source, field: ReviewField, value: str | int | tuple[str, ...], days: float = 0) -> Review:
    key = f"{of.id} {field} {value} {days}"
    return Review(ids.resource_id(key), of.id, field, value, "ann", later(days), "the byline says so")
