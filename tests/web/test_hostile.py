"""What came from outside is data: it is escaped everywhere, and only web addresses become links."""

from enum import Enum
from urllib.parse import urlsplit

import pytest
from lxml import html
from msgspec import Struct
from msgspec.structs import replace

from sourcebook.types.findings import Rule, Severity
from tests.web.shelf import (
    CAPTURE,
    CLAIM,
    ID,
    PAGE,
    RECORD,
    UNRATED,
    VENUE,
    WAITING,
    Problem,
    Shelf,
    listing_of,
    many_rows,
)

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>\" onmouseover='alert(3)' {{ 7 * 7 }}"
PAGES = (
    "/",
    "/sources",
    "/sources?words=a&type=paper",
    "/claims",
    "/captures",
    "/problems",
    "/venues",
    f"/sources/{ID}",
    f"/sources/{UNRATED.id}",
    "/venues/observer",
    "/pages",
)
KEPT = {"id", "venue_id", "page_id", "url", "passage", "judgement", "claim_id", "source_id"}


def poisoned(value: object) -> object:
    """The same value with a script in every text that comes from outside."""
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return SCRIPT
    if isinstance(value, tuple):
        return tuple(poisoned(part) for part in value)
    if isinstance(value, dict):
        return {f"{SCRIPT}{name}": poisoned(part) for name, part in value.items()}
    if isinstance(value, Struct):
        kept = KEPT | {"type"} if hasattr(value, "rating") else KEPT
        changed = {name: poisoned(getattr(value, name)) for name in value.__struct_fields__ if name not in kept}
        return replace(value, **changed)
    return value


@pytest.fixture
def shelf():
    record = poisoned(RECORD)
    row = replace(listing_of(RECORD), title=SCRIPT, domain=SCRIPT, venue=SCRIPT)
    waiting = replace(poisoned(WAITING), rule=WAITING.rule, judgement=poisoned(WAITING.judgement), start=1, state=None)
    problems = (Problem(Rule.UNKNOWN_SOURCE, Severity.ERROR, SCRIPT, "", SCRIPT, 1, page_id="p"), waiting)
    return Shelf(
        (record, UNRATED),
        rows=(row, *many_rows(3)),
        name=SCRIPT,
        problems=problems,
        claims=(replace(CLAIM, **dict.fromkeys(("text", "page", "path", "source", "venue", "url"), SCRIPT)),),
        attempts=(replace(CAPTURE, url=SCRIPT, reason=SCRIPT, origin=SCRIPT, media_type=SCRIPT),),
        venues=(replace(VENUE, name=SCRIPT, type=SCRIPT, rules=(SCRIPT,)),),
    )


@pytest.mark.parametrize("address", PAGES)
def test_a_script_in_any_field_stays_text(reader, address):
    page = reader.page(address)

    assert page.xpath("//script[not(@src)] | //script/text() | //img | //object | //embed | //style") == []
    assert len(page.xpath("//script")) == (address == "/problems")
    frames = [(frame.get("src"), frame.get("sandbox")) for frame in page.xpath("//iframe")]
    assert frames in ([], [(f"/copies/{ID}", "")])  # ours alone, which may do nothing
    attributes = {name for element in page.iter() for name in element.attrib}
    assert not {name for name in attributes if name.startswith("on")}
    assert "style" not in attributes  # the content policy would ignore it
    assert "49" not in page.text_content()


def test_the_record_still_shows_the_hostile_words_as_words(reader):
    text = reader.page(f"/sources/{ID}").text_content()

    assert text.count("<script>alert(1)</script>") > 20


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", " javascript:alert(1)", "//x.example", "E42"],
)
def test_only_web_addresses_become_links(open_library, url):
    record = replace(RECORD, url=url, aliases=(url,), capture=replace(RECORD.capture, final_url=url))

    page = open_library(Shelf((record,))).page(f"/sources/{ID}")

    assert url.strip() in page.text_content()
    assert all(href.startswith(("/", "#")) for href in page.xpath("//a/@href"))


@pytest.mark.parametrize("address", [*PAGES, f"/pages/{PAGE.id}", "/sources?page=abc", "/none"])
def test_nothing_is_loaded_from_elsewhere(open_library, address):
    answer = open_library(Shelf()).client.get(address)
    page = html.document_fromstring(answer.text)

    loaded = page.xpath("//link/@href | //@src | //@srcset | //form/@action | //use/@href | //@poster")
    assert loaded
    assert all(urlsplit(address).netloc == "" and address.startswith("/") for address in loaded)
    outside = [link for link in page.iter("a") if urlsplit(link.get("href")).netloc]
    assert all(link.get("rel") == "noreferrer nofollow" for link in outside)


@pytest.mark.parametrize(
    "address", [*PAGES, "/sources.json", "/none", "/sources?page=abc", "/static/sourcebook.css", "/sources/E42"]
)
def test_every_answer_carries_the_careful_headers(open_library, address):
    headers = open_library(Shelf()).client.get(address).headers

    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["style-src"] == "'self'"
    assert policy.get("script-src") == ("'self'" if address == "/problems" else None)
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_quotes_in_a_filter_stay_in_their_attribute(reader):
    page = reader.page('/sources?words="><script>x</script>&venue=%22%3E%3Cb%3E')

    assert page.xpath("//input[@name='words']/@value") == ['"><script>x</script>']
    assert page.xpath("//script") == []


def test_a_name_of_300_letters_in_every_place_is_shown(open_library):
    long = "x" * 300
    record = replace(poisoned(RECORD), title=long, tags=(long,), authors=(long,), doi=long)

    page = open_library(Shelf((record,))).page(f"/sources/{ID}")

    assert page.text_content().count(long) >= 4
