"""A browser without a screen, and a library made by hand."""

import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from lxml import html

from sourcebook.web.app import make_app
from tests.web.shelf import Shelf

with warnings.catch_warnings():  # it would rather use httpx's successor, which the lock does not have
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient


_INLINE = {"a", "b", "code", "q", "span", "svg", "path", "circle", "rect", "time"}


@dataclass
class Reader:
    """Opens pages of a library and hands them back parsed."""

    client: TestClient

    def page(self, address: str, status: int = 200) -> html.HtmlElement:
        answer = self.client.get(address)
        assert answer.status_code == status, answer.text
        assert answer.headers["content-type"].startswith("text/html")
        return html.document_fromstring(answer.text)

    def json(self, address: str, status: int = 200) -> object:
        answer = self.client.get(address)
        assert answer.status_code == status, answer.text
        assert answer.headers["content-type"] == "application/json"
        return answer.json()


@pytest.fixture
def open_library() -> Callable[[Shelf], Reader]:
    """Makes a reader of any library."""
    return lambda shelf: Reader(TestClient(make_app(shelf), raise_server_exceptions=False, follow_redirects=False))


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def reader(open_library: Callable[[Shelf], Reader], shelf: Shelf) -> Reader:
    return open_library(shelf)


def words_of(element: html.HtmlElement) -> str:
    """What a reader sees of an element, with a space wherever a block begins or ends."""
    return " ".join("".join(_pieces(element)).split())


def _pieces(element: html.HtmlElement) -> Iterator[str]:
    edge = "" if element.tag in _INLINE else " "
    yield edge + (element.text or "")
    for child in element:
        yield from _pieces(child)
        yield child.tail or ""
    yield edge
