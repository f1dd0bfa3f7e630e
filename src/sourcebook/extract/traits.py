"""What is known of each block of a page, as numbers: what the choice is made from. Pure, in linear time."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from math import log1p

from msgspec import Struct

from sourcebook.extract.blocks import Block, Container, Kind, Row, is_menu
from sourcebook.extract.hints import Hint
from sourcebook.extract.likeness import LIKENESS, Likeness
from sourcebook.extract.phrases import BOILERPLATE, COMMENTS, FORUM, PHRASES, RELATED, described, folded, phrases_of

LONG_WORDS = 20  # of a block that is prose rather than a label
PARAGRAPH_WORDS = 15
MANY_LINKS = 0.3  # of a block's characters
_OPENING = 300  # characters of a block that its digits are counted in
_FAR = 20  # blocks after a heading

PAGE = """
    page_words page_linked page_prose page_paragraphs page_blocks page_headings page_items says_article
    says_product says_story says_forum says_list in_forum path_depth path_words posts comments cards products
    repeated repeats page_voted
""".split()
OWN = """
    words characters linked kind level number ends capital commas digits boilerplate dated word_length twice
    seen p div li cell definition described begins_description
""".split()
PLACE = """
    nesting at_characters at_blocks after_heading before_heading is_heading in_title after_first after_last
    words_1 words_2 words_3 words_4 linked_1 linked_2 linked_3 linked_4
""".split()
AROUND = """
    parent_words parent_linked parent_blocks parent_prose second_words second_linked second_prose second_share
    parent_share third_linked third_share third_prose second_paragraphs third_paragraphs in_best best_share
""".split()
PAST = """
    since_heading under_level under_boilerplate past_comments past_related under_voted
""".split()
VOTES = """
    voted voted_before voted_after voted_4_before voted_4_after parent_voted second_voted third_voted
""".split()
NAMES = (
    *PAGE, *OWN, *PHRASES, *PLACE, *LIKENESS, *AROUND, *PAST, *VOTES,
    *(f"in_{hint.name.lower()}" for hint in Hint), *(f"near_{hint.name.lower()}" for hint in Hint),
)  # fmt: skip

_ENDS = re.compile(r"[.!?…。！？:;][\"'”’»)\]]*$")
_DATE = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}:\d\d\b|\bago\b", re.IGNORECASE)
_DIGITS = re.compile(r"\d")
_PATH = re.compile(r"^https?://[^/]*|[?#].*$")


class Said(Struct, frozen=True):
    """What a page's address and tags say of it."""

    url: str = ""
    title: str = ""
    kind: str = ""  # og:type, in lower case
    types: tuple[str, ...] = ()  # of JSON-LD, in lower case
    description: str = ""


def traits(row: Row, votes: Sequence[float], said: Said) -> list[list[float] | None]:
    """The numbers of each block, in the order of NAMES; None for those that are plainly menus.

    `votes` says of each block how far another reader took it.
    """
    if not row.blocks:
        return []
    page = _Page(row, votes, said)
    return [None if is_menu(block) else page.of(number, block) for number, block in enumerate(row.blocks)]


class _Page:
    """A page with everything that the traits of its blocks share."""

    def __init__(self, row: Row, votes: Sequence[float], said: Said) -> None:
        self.blocks, self.containers = row.blocks, row.containers
        self.votes = votes
        self.words = [block.words for block in self.blocks]
        self.linked = [block.linked / len(block.text) for block in self.blocks]
        self.total = sum(self.words) or 1
        self.ends = list(accumulate(len(block.text) for block in self.blocks))
        self.times = Counter(block.text for block in self.blocks)
        paragraphs = [
            words >= PARAGRAPH_WORDS and linked < MANY_LINKS
            for words, linked in zip(self.words, self.linked, strict=True)
        ]
        self.likeness = Likeness(row, votes, self.linked, paragraphs)
        prose = [n for n, words in enumerate(self.words) if words >= LONG_WORDS and self.linked[n] < MANY_LINKS]
        self.first, self.last = (prose[0], prose[-1]) if prose else (0, len(self.blocks) - 1)
        self.heading = next((n for n, block in enumerate(self.blocks) if _is_heading(block)), -1)
        self.title, self.description = (folded(words) for words in (said.title, said.description))
        self._add_up(paragraphs)
        self.page = self._whole(said, prose)
        self.past = list(self._walk())
        # two at each end, so that neighbours need no asking whether they are there
        self.sizes = [-1.0, -1.0, *map(log1p, self.words), -1.0, -1.0]
        self.links = [-1.0, -1.0, *self.linked, -1.0, -1.0]
        self.voices = [0.0] * 4 + list(votes) + [0.0] * 4
        self._bits: dict[int, list[float]] = {}
        self._around: dict[int, tuple[list[float], list[float], list[float]]] = {}
        self.met: set[str] = set()

    def _add_up(self, paragraphs: Sequence[bool]) -> None:
        """Prose and votes within each container, and the container that a reader would look for the text in."""
        size = len(self.containers)
        self.prose, self.paragraphs = [0] * size, [0] * size
        self.voted, self.scores = [0.0] * size, [0.0] * size
        for number, block in enumerate(self.blocks):
            self.voted[block.container] += self.votes[number] * block.words
            if paragraphs[number]:
                self.prose[block.container] += block.words
                self.paragraphs[block.container] += 1
                parent = self.containers[block.container].parent
                score = block.words * (1 - self.linked[number])
                self.scores[parent] += score
                self.scores[self.containers[parent].parent] += score / 2
        for number in range(size - 1, 0, -1):
            parent = self.containers[number].parent
            self.voted[parent] += self.voted[number]
            self.prose[parent] += self.prose[number]
            self.paragraphs[parent] += self.paragraphs[number]
        self.best = max(range(size), key=self.scores.__getitem__)
        self.inside = [False] * size
        self.inside[self.best] = True
        for number in range(1, size):
            self.inside[number] = self.inside[number] or self.inside[self.containers[number].parent]

    def _whole(self, said: Said, prose: Sequence[int]) -> list[float]:
        """What holds of the page: PAGE."""
        count = len(self.blocks)
        path = _PATH.sub("", said.url).strip("/")
        types = said.types
        return [
            log1p(self.total),
            sum(block.linked for block in self.blocks) / self.ends[-1],
            sum(self.words[number] for number in prose) / self.total,
            len(prose),
            log1p(count),
            sum(block.kind is Kind.HEADING for block in self.blocks) / count,
            sum(block.kind is Kind.ITEM for block in self.blocks) / count,
            said.kind == "article",
            said.kind.startswith("product") or "product" in types,
            any(kind.endswith("article") or kind == "blogposting" for kind in types),
            any("forum" in kind or kind in ("qapage", "question") for kind in types),
            any(kind in ("collectionpage", "itemlist", "searchresultspage") for kind in types),
            FORUM.search(said.url) is not None,
            path.count("/") + 1 if path else 0,
            max(part.count("-") + part.count("_") for part in path.split("/")),
            *(self._share(hint) for hint in (Hint.POST, Hint.COMMENT, Hint.CARD, Hint.PRODUCT)),
            self.likeness.most_words() / self.total,
            log1p(self.likeness.most_blocks()),
            self.voted[0] / self.total,
        ]

    def _share(self, hint: Hint) -> float:
        return sum(1 for block in self.blocks if block.hints & hint) / len(self.blocks)

    def _walk(self) -> "list[list[float]]":
        """What a reader has passed before each block: PAST."""
        past: list[list[float]] = []
        since, level, under, voted = _FAR, 0, False, 0.0
        comments = related = False
        for number, block in enumerate(self.blocks):
            if block.words <= 8 and number > self.first:
                comments = comments or COMMENTS.match(block.text) is not None
                related = related or RELATED.match(block.text) is not None
            past.append([since, level, under, comments, related, voted])
            since = min(_FAR, since + 1)
            if block.kind is Kind.HEADING:
                since, level, voted = 0, block.level, self.votes[number]
                under = any(name.match(block.text) for name in (BOILERPLATE, RELATED, COMMENTS))
        return past

    def of(self, number: int, block: Block) -> list[float]:
        """The traits of one block; blocks are to be asked for in their order."""
        around, voted, near = self._surroundings(block.container)
        own = self._own(number, block)
        self.met.add(block.text)
        return [
            *self.page, *own, *phrases_of(block.text, block.words), *self._place(number, block),
            *self.likeness.of(block.container), *around, *self.past[number], *self._voices(number), *voted,
            *self._hints(block.hints), *near,
        ]  # fmt: skip

    def _own(self, number: int, block: Block) -> list[float]:
        text, words = block.text, block.words
        opening = text[:_OPENING]
        tag = self.containers[block.container].tag
        return [
            log1p(words),
            log1p(len(text)),
            self.linked[number],
            block.kind,
            block.level,
            block.number > 0,
            _ENDS.search(text[-12:]) is not None,
            text[0].isupper(),
            text.count(",") / (words or 1),
            len(_DIGITS.findall(opening)) / len(opening),
            BOILERPLATE.match(text) is not None,
            words < PARAGRAPH_WORDS and _DATE.search(text) is not None,
            len(text) / (words or 1),
            self.times[text] > 1,
            text in self.met,
            tag == "p",
            tag == "div",
            tag == "li",
            tag in ("td", "tr", "th"),
            tag in ("dd", "dt"),
            *described(text, self.description),
        ]

    def _place(self, number: int, block: Block) -> list[float]:
        count = len(self.blocks)
        at = number + 2
        return [
            self.containers[block.container].nesting,
            (self.ends[number] - len(block.text)) / self.ends[-1],
            number / count,
            (number - self.heading) / count if self.heading >= 0 else -2.0,
            number < self.heading,
            number == self.heading,
            8 < len(block.text) < _OPENING and block.text.casefold() in self.title,
            (number - self.first) / count,
            (number - self.last) / count,
            *(self.sizes[at - 1], self.sizes[at + 1], self.sizes[at - 2], self.sizes[at + 2]),
            *(self.links[at - 1], self.links[at + 1], self.links[at - 2], self.links[at + 2]),
        ]

    def _voices(self, number: int) -> list[float]:
        at = number + 4
        voices = self.voices
        return [
            voices[at],
            voices[at - 1],
            voices[at + 1],
            sum(voices[at - 4 : at]) / 4,
            sum(voices[at + 1 : at + 5]) / 4,
        ]

    def _surroundings(self, number: int) -> tuple[list[float], list[float], list[float]]:
        """AROUND, the votes of the containers, and the hints of the nearest three."""
        known = self._around.get(number)
        if known is None:
            one = self.containers[number]
            parent = self.containers[one.parent]
            second = self.containers[parent.parent]
            known = self._around[number] = (
                self._of_containers(one, parent, second),
                [
                    self.voted[one.parent] / (parent.words or 1),
                    self.voted[parent.parent] / (second.words or 1),
                    self.voted[second.parent] / (self.containers[second.parent].words or 1),
                ],
                self._hints(one.own | parent.own | second.own),
            )
        return known

    def _of_containers(self, one: Container, parent: Container, second: Container) -> list[float]:
        third = self.containers[second.parent]
        return [
            log1p(parent.words),
            parent.linked / (parent.characters or 1),
            log1p(parent.blocks),
            self.prose[one.parent] / (parent.words or 1),
            log1p(second.words),
            second.linked / (second.characters or 1),
            self.prose[parent.parent] / (second.words or 1),
            second.words / self.total,
            parent.words / self.total,
            third.linked / (third.characters or 1),
            third.words / self.total,
            self.prose[second.parent] / (third.words or 1),
            log1p(self.paragraphs[parent.parent]),
            log1p(self.paragraphs[second.parent]),
            self.inside[one.parent],
            self.scores[one.parent] / (self.scores[self.best] or 1),
        ]

    def _hints(self, hints: int) -> list[float]:
        known = self._bits.get(hints)
        if known is None:
            known = self._bits[hints] = [1.0 if hints & hint else 0.0 for hint in Hint]
        return known


def _is_heading(block: Block) -> bool:
    return block.kind is Kind.HEADING and block.level == 1 and not block.hints & (Hint.NAV | Hint.FOOTER)
