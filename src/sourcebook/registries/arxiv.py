"""arXiv: preprints, where they were published since, and what was withdrawn."""

import re

from sourcebook.errors import StepError
from sourcebook.registries.said import Said, one_line
from sourcebook.types.registries import Notice, NoticeKind

_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"
_WITHDRAWN = re.compile(
    r"\b(?:paper|article|submission|manuscript|preprint) (?:has been|was|is) withdrawn\b", re.IGNORECASE
)


def address(base: str, key: str, contact: str) -> str:  # noqa: ARG001 - every registry is asked alike
    """Where a number is asked for."""
    return f"{base}/api/query?id_list={key.removeprefix('arxiv:')}"


def read(body: bytes) -> Said | None:
    """What it says of the work; None when it has none of that number."""
    # Loaded here: 50 ms that no command but the one that asks arXiv should pay.
    from lxml import etree  # noqa: PLC0415

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        feed = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise StepError(f"cannot read the answer of arXiv: {error}", "ask again later") from error
    entry = feed.find(f"{_ATOM}entry")
    title = "" if entry is None else one_line(entry.findtext(f"{_ATOM}title"))
    if entry is None or title in ("", "Error"):
        return None
    remarks = f"{entry.findtext(f'{_ARXIV}comment') or ''} {entry.findtext(f'{_ATOM}summary') or ''}"
    changed = (entry.findtext(f"{_ATOM}updated") or "")[:10]
    journal = one_line(entry.findtext(f"{_ARXIV}journal_ref"))
    return Said(
        title=title,
        authors=tuple(one_line(name.text) for name in entry.iterfind(f"{_ATOM}author/{_ATOM}name")),
        published=(entry.findtext(f"{_ATOM}published") or "")[:10],
        venue=journal or "arXiv",
        peer_reviewed=None if journal else False,
        notices=(Notice(NoticeKind.WITHDRAWAL, changed, "", "arxiv"),) if _WITHDRAWN.search(remarks) else (),
    )
