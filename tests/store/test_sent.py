"""Answers to what a page sent are kept, and never taken for the page at the address."""

import json

from msgspec.structs import replace

from sourcebook.fetch.archive_file import ArchiveFetcher
from sourcebook.store import Store
from sourcebook.store.archive.reading import read_records
from sourcebook.types.captures import BROWSER
from sourcebook.types.fetching import Exchange, Fetched, NotAsked, Wanted
from tests.store.made import HTML, exchange, fetched, later, source
from tests.store.test_archive import warcio_says

ANN = source("https://ann.example/a?b=1")
SENT = Exchange(
    ANN.url,
    later(0),
    b'POST /a?b=1 HTTP/1.1\r\nHost: ann.example\r\n\r\n{"query": "words"}',
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n",
    b'{"words": []}',
)


def keep(store: Store) -> None:
    page = Exchange(ANN.url, later(0), b"", b"", HTML)
    store.captures.add(replace(fetched(ANN), origin=BROWSER, exchanges=(SENT, page)))


def test_what_was_sent_is_kept_with_its_answer_and_in_the_key_of_the_index(store: Store) -> None:
    keep(store)
    sent, page = (store.archive.folder / "index.cdxj").read_text().splitlines()
    store.archive.reindex()
    (path,) = store.archive.files()

    assert sent.split(" ")[0] == "example,ann)/a?b=1&__wb_method=POST&__wb_post_data=eyJxdWVyeSI6ICJ3b3JkcyJ9"
    assert page.split(" ")[0] == "example,ann)/a?b=1"
    assert [json.loads(line.split(" ", 2)[2]).get("method") for line in (sent, page)] == ["POST", None]
    assert (store.archive.folder / "index.cdxj").read_text().splitlines() == [sent, page]
    assert warcio_says(path) == ""
    assert SENT.request_head in b"".join(record.block for _, _, record in read_records(path))


def test_an_archive_answers_no_source_with_what_was_sent_got(store: Store) -> None:
    keep(store)
    other = source("https://ann.example/other")
    store.captures.add(replace(fetched(other), exchanges=(replace(SENT, url=other.url), exchange(other.url))))
    alone = source("https://ann.example/alone")
    store.captures.add(replace(fetched(alone), exchanges=(replace(SENT, url=alone.url), exchange(ANN.url))))
    (path,) = store.archive.files()

    answers = list(ArchiveFetcher(path, lambda: later(1)).fetch([Wanted("o", other.url), Wanted("a", alone.url)]))

    (page, nothing) = answers
    assert isinstance(page, Fetched)
    assert page.body == HTML
    assert isinstance(nothing, NotAsked)
