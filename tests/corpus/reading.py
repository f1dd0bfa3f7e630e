"""How the tests of this step read a page."""

import textwrap

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
