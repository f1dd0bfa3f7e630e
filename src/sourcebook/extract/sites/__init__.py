"""Pages of sites that keep their words in data for their own scripts, or in a form of their own: read with what we know
of them. A site is one file here and one line in `SITES`."""

from collections.abc import Callable
from urllib.parse import urlsplit

from sourcebook.extract.about import About
from sourcebook.extract.decode import decode
from sourcebook.extract.page import read_page
from sourcebook.extract.sites.github import read_github
from sourcebook.extract.sites.mail_archive import read_mail_archive
from sourcebook.extract.sites.youtube import read_youtube
from sourcebook.types.documents import Document

# each takes what any page says and the page's markup, and gives back what the site says besides
Site = Callable[[Document, str], Document]

SITES: dict[str, Site] = {
    "github.com": read_github,
    "gist.github.com": read_github,
    "youtube.com": read_youtube,
    "m.youtube.com": read_youtube,
    "youtu.be": read_youtube,
}


def read_site_page(body: bytes, about: About) -> Document:
    """The words of a page and its fields. Raises StepError when there is no page in these bytes."""
    document = read_page(body, about)
    site = SITES.get(_host(about.url))
    if site is not None:
        return site(document, decode(body, about.charset))
    return read_mail_archive(document, decode(body[:4_000_000], about.charset)) if _is_mail(body) else document


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _is_mail(body: bytes) -> bool:
    """Is it a page of a program that keeps archives of mailing lists? They all say so, in a comment or at the foot."""
    start, end = body[:3_000], body[-3_000:]
    return any(
        mark in start or mark in end for mark in (b"(pipermail)", b"Mailman edition", b"public-inbox", b"hypermail")
    )
