"""How much of the work a page holds: all of it, its abstract, its beginning, or a few words. Pure.

An abstract must never pass for the paper, nor the first lines before a paywall for the article.
"""

import re

from sourcebook.extract.evidence import Evidence
from sourcebook.types.documents import Completeness
from sourcebook.types.sources import SourceType

LEAST_WORDS = 40  # fewer are a caption or a notice
MOST_ABSTRACT_WORDS = 1_200  # an abstract with all that stands around it on a publisher's page
MOST_NOTES_WORDS = 600  # what accompanies a recording
MOST_PREVIEW_WORDS = 600  # what paywalls let through
LEAST_TURNS = 4  # of people who speak
LEAST_SHARE = 0.6  # of the words that a publisher counted
PAPER_PARTS = 2  # so many of the usual headings make it the paper itself

_PART = re.compile(
    r"^#*\s*(?:[\dIVX]+[.)]?\s+)?(?:introduction|background|(?:materials and )?methods?|methodology|results?|findings"
    r"|discussion|conclusions?|related work|experiments?|evaluation|references|bibliography|acknowledge?ments?)\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_WALL = re.compile(  # in lower case, each way beginning with its letters: searched four times as fast as without case
    r"subscribe (?:now )?to (?:continue|keep|read)|continue reading,? (?:subscribe|log in|sign in|register)"
    r"|already a subscriber|not yet a subscriber"
    r"|this (?:article|content|story|post) is (?:for|only available to|reserved for) (?:paid |paying )?"
    r"(?:subscribers|members)|subscribers only|for full access|sign in to (?:continue|read)"
    r"|create a free account to (?:continue|read)|keep reading with a|article réservé (?:à nos|aux) abonnés"
    r"|il vous reste [\d,.]+ ?% de cet article|weiterlesen mit|jetzt abonnieren und weiterlesen|nur für abonnenten"
    r"|contenido exclusivo para suscriptores|suscríbete para (?:leer|seguir)|contenuto riservato agli abbonati"
    r"|alleen voor abonnees|conteúdo exclusivo para assinantes|この記事は有料|会員限定"
)
_ABSTRACT_PATH = re.compile(
    r"/(?:abs|abstract|article/abs)/|/doi/abs/|pubmed\.ncbi|/pubmed/|papers\.ssrn\.com|/record/"
)
_SPEAKER = re.compile(
    r"^[\s*_>-]*(?:[\[(]?\d[\d:.]+[\])]?\s+)?([^\W\d_a-z][\w.’'-]*(?:\s[^\W\d_a-z][\w.’'-]*){0,3})[*_]*"
    r"(?:\s+[\[(]\d[\d:.]+[\])])?[*_]*:[*_]*\s+\S",
    re.MULTILINE,
)
_UNCASED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
_SCHOLARLY = (SourceType.PAPER, SourceType.PREPRINT)
_RECORDED = (SourceType.TALK, SourceType.PODCAST)


def find_completeness(evidence: Evidence, text: str, kind: SourceType | None) -> Completeness:
    """How much of the work the text of a page is."""
    words = word_count(text)
    if not words:
        return Completeness.NONE
    if _is_abstract(evidence, text, kind, words):
        return Completeness.ABSTRACT
    if _is_preview(evidence, text, words):
        return Completeness.PREVIEW
    return Completeness.FRAGMENT if words < LEAST_WORDS else Completeness.FULL


def word_count(text: str) -> int:
    """The words of a text; two characters a word where no spaces stand between them."""
    return len(text.split()) + len(_UNCASED.findall(text)) // 2


def _is_abstract(evidence: Evidence, text: str, kind: SourceType | None, words: int) -> bool:
    """A page about a paper, a book or a recording that does not hold it."""
    if kind in _RECORDED:
        return words < MOST_NOTES_WORDS and not _is_transcript(text)
    if kind is SourceType.BOOK or _ABSTRACT_PATH.search(evidence.url):
        return words < MOST_ABSTRACT_WORDS
    scholarly = kind in _SCHOLARLY or "citation_title" in evidence.metas
    return scholarly and words < MOST_ABSTRACT_WORDS and len(set(_PART.findall(text))) < PAPER_PARTS


def _is_transcript(text: str) -> bool:
    """Do people speak in turn? Then it is the recording in words, however short."""
    speakers = _SPEAKER.findall(text)
    return len(speakers) >= LEAST_TURNS and 1 < len(set(speakers)) < len(speakers)


def _is_preview(evidence: Evidence, text: str, words: int) -> bool:
    """The beginning of a text whose rest is for subscribers: publishers say so, and walls ask for it."""
    thing = next((thing for thing in evidence.things if thing.is_work), None)
    if thing is not None and thing.words and words < thing.words * LEAST_SHARE and thing.is_free is False:
        return True
    if words >= MOST_PREVIEW_WORDS:
        return False
    if thing is not None and thing.is_free is False:
        return True
    return _WALL.search("\n".join((text[-1_500:], *evidence.pieces)).lower()) is not None
