"""How the tests of this step read a page."""

import signal
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager

from sourcebook import corpus
from sourcebook.config import CorpusSettings
from sourcebook.types.pages import Citation, ParsedPage


def page(text: str, name: str = "page.mdx", **settings) -> ParsedPage:
    """The page whose text this is, without its common indentation."""
    return corpus.parse(name, textwrap.dedent(text).lstrip("\n").encode(), CorpusSettings(**settings))


def cited(text: str, name: str = "page.mdx", **settings) -> list[Citation]:
    return list(page(text, name, **settings).citations)


def targets(text: str, name: str = "page.mdx", **settings) -> list[str]:
    return [citation.target for citation in cited(text, name, **settings)]


def claims(text: str, name: str = "page.md") -> list[str]:
    """The claim of each citation in turn; "" where there is none."""
    return [citation.claim.text if citation.claim else "" for citation in cited(text, name)]


def rules(text: str, name: str = "page.mdx") -> list[str]:
    return [finding.rule.value for finding in page(text, name).findings]


@contextmanager
def within_half_a_minute() -> Iterator[None]:
    """Fail where this takes longer: what grows with the square of a hostile page takes minutes, all else a second."""

    def too_long(*_: object) -> None:
        raise AssertionError("it takes longer than half a minute")

    before = signal.signal(signal.SIGALRM, too_long)
    signal.alarm(30)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
