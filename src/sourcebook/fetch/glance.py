"""What a page shows at first glance: title, heading, the first words, and how much prose there is. Pure.

This is no extractor. It decides whether there is a page to read at all, for every answer, so it looks no further than
it must: it stops as soon as there is plainly an article.
"""

import html
import re
from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from sourcebook.patterns import pattern

MOST_CHARACTERS = 4_000_000  # real pages begin with up to 1.3 MB of scripts and styles before the first word
_MOST_SOURCE = 512 * 1024  # walls and error pages are small: their marks stand in the beginning
ENOUGH_PROSE = 3_000  # characters of running text that no wall or error page has

_UNSEEN_NAMES = ("script", "style", "template", "noscript", "svg", "select", "textarea", "title", "object")
# the look at the next letter sorts out most tags in a third of the time
_PARAGRAPH_OR_UNSEEN = re.compile(
    rf"<(?=[pston!])(?:p\b[^<>]{{0,1000}}>([^<]{{40,}})|({'|'.join(_UNSEEN_NAMES)})\b|!--)", re.IGNORECASE
)
_MOST_PARAGRAPHS = 2_000  # and elements that are not shown: real pages have far fewer of both

_MOST_TAGS = 150_000  # no gate has so many; a page of nothing but "<" must not cost more than others

_RUN = 40  # a piece of text so long is a sentence rather than a button; menus are links, and those do not count
_MOST_TEXT = 6_000  # characters of shown text that the rules look at
_TAG = pattern(r"<(/?)([A-Za-z][A-Za-z0-9]*)[^>]*>")
_IDLE = frozenset("p div span li ul br b i em strong td tr img section h2 h3 figure time small source picture".split())
_UNSEEN = {name: pattern(rf"</{name}\b", re.IGNORECASE) for name in _UNSEEN_NAMES}
_UNSEEN_WITHOUT_SCRIPT = {name: ends for name, ends in _UNSEEN.items() if name != "noscript"}
_NOTICE = 300  # characters: "Please enable JavaScript to run this app", at its longest, has fewer
_WIDE = pattern("[\u0e00-\u0e7f\u1100-\u11ff\u2e80-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]")
_WIDTH = 3  # letters of English that one sign of Chinese, Japanese, Korean or Thai says, about
_PASSWORD = pattern(r"\btype\s*=\s*[\"']?password\b", re.IGNORECASE)
_HEADING_END = pattern(r"</h1\b", re.IGNORECASE)
_TAGS = pattern(r"<[^<>]*>")


class Glance(Struct, frozen=True):
    """A page at first glance. An answer that is no HTML has an empty one."""

    source: str = ""  # the HTML, or its beginning
    title: str = ""
    heading: str = ""  # the first <h1>
    text: str = ""  # what is shown, up to a few thousand characters
    prose: int = 0  # characters of running text outside links, as long as in English; stops at ENOUGH_PROSE
    words: int = 0  # in `text`; of languages without spaces about as many as a translation has
    password: bool = False  # is a password asked for?


def glance(source: str) -> Glance:
    """Look at a page's HTML, as a reader without JavaScript sees it."""
    seen = _Reader(source[:MOST_CHARACTERS], _UNSEEN).look()
    if seen.prose < _RUN and "<noscript" in source:
        # forums and galleries that are all script put their words there for readers like us
        without = _Reader(source[:MOST_CHARACTERS], _UNSEEN_WITHOUT_SCRIPT).look()
        if without.prose >= _NOTICE:
            return without
    if len(source) > MOST_CHARACTERS:
        return replace(seen, prose=ENOUGH_PROSE)  # no gate is so large, whatever it begins with
    return seen


def is_plainly_article(source: str) -> bool:
    """Does this beginning of a page hold more running text than any gate? A quick look, that may miss some."""
    prose, at = 0, 0
    for _ in range(_MOST_PARAGRAPHS):
        found = _PARAGRAPH_OR_UNSEEN.search(source, at)
        if found is None:
            break
        text, unseen = found.groups()
        if text is None:
            at = _after(source, found.end(), unseen)
            if at < 0:
                break
            continue
        prose += len(text)
        if prose >= ENOUGH_PROSE:
            return True
        at = found.end()
    return False


def _after(source: str, at: int, unseen: str | None) -> int:
    """Where the element ends that is not shown and began before a place, or the comment; -1 where it does not."""
    if unseen is None:
        return source.find("-->", at)
    ends = source.find(f"</{unseen}", at)  # as it was opened, in nearly all pages
    if ends < 0 and (found := _UNSEEN[unseen.lower()].search(source, at)):
        ends = found.start()
    return ends


class _Reader:
    """Walks over tags, once, never back: a hostile page costs no more than its length."""

    def __init__(self, source: str, unseen: Mapping[str, re.Pattern[str]]) -> None:
        self._source = source
        self._unseen = unseen
        self._title = ""
        self._heading = ""
        self._shown: list[str] = []
        self._shown_length = 0
        self._prose = 0
        self._links = 0
        self._password = False

    def look(self) -> Glance:
        source, at = self._source, 0
        for _ in range(_MOST_TAGS):
            opens = source.find("<", at)
            self._show(source[at:] if opens < 0 else source[at:opens])
            if opens < 0 or self._prose >= ENOUGH_PROSE:
                break
            tag = _TAG.match(source, opens)
            after = self._after_other(opens) if tag is None else self._after_tag(tag)
            if after is None:
                break
            at = after
        else:
            self._prose = ENOUGH_PROSE
        text = " ".join(self._shown)
        words = len(text.split()) + (0 if text.isascii() else len(_WIDE.findall(text)) // 2)
        prose = min(self._prose, ENOUGH_PROSE)
        return Glance(source[:_MOST_SOURCE], self._title, self._heading, text, prose, words, self._password)

    def _show(self, piece: str) -> None:
        words = _plain(piece)
        if not words:
            return
        if self._shown_length < _MOST_TEXT:
            self._shown.append(words)
            self._shown_length += len(words)
        length = len(words) if words.isascii() else len(words) + (_WIDTH - 1) * len(_WIDE.findall(words))
        if length >= _RUN and not self._links:
            self._prose += length

    def _after_tag(self, tag: re.Match[str]) -> int | None:
        """Where the text goes on after a tag, or after its element when that is not shown; None at the page's end."""
        closing, name = tag.groups()
        if name not in _IDLE:
            name = name.lower()
            if not closing and name in self._unseen:
                return self._after_unseen(name, tag.end())
            self._note(name, closing, tag.start(), tag.end())
        return tag.end()

    def _after_other(self, opens: int) -> int | None:
        """The same for a comment, for a tag that does not end, and for a lone "<" in running text."""
        if self._source.startswith("<!--", opens):
            ends, width = self._source.find("-->", opens + 4), 3
        elif self._source.startswith(("<!", "<?", "</"), opens):
            ends, width = self._source.find(">", opens), 1
        else:
            return None if self._source[opens + 1 : opens + 2].isalpha() else opens + 1
        return None if ends < 0 else ends + width

    def _after_unseen(self, name: str, starts: int) -> int | None:
        ends = self._unseen[name].search(self._source, starts)
        if name == "title" and ends and not self._title:
            self._title = _plain(self._source[starts : ends.start()])[:300]
        if ends is None:
            return None
        closes = self._source.find(">", ends.end())
        return None if closes < 0 else closes + 1

    def _note(self, name: str, closing: str, opens: int, after: int) -> None:
        if name == "a":
            self._links = 0 if closing else 1  # links do not nest; an unclosed one ends with the next
        elif name == "input" and not closing:
            self._password = self._password or _PASSWORD.search(self._source, opens, after) is not None
        elif name == "h1" and not closing and not self._heading:
            ends = _HEADING_END.search(self._source, after, after + 2_000)
            self._heading = _plain(_TAGS.sub(" ", self._source[after : ends.start()]))[:300] if ends else ""


def _plain(piece: str) -> str:
    return " ".join((html.unescape(piece) if "&" in piece else piece).split())
