"""From marks to citations: addresses judged, footnotes joined to their definitions, claims placed."""

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from sourcebook import ids
from sourcebook.config import CorpusSettings
from sourcebook.corpus.addresses import NoCitation, outside, work_url
from sourcebook.corpus.claims import Statement, statements_of, tidy
from sourcebook.corpus.places import Places
from sourcebook.corpus.runs import Contents, Mark, Span, Trouble, label_key
from sourcebook.types.findings import Rule
from sourcebook.types.pages import Citation, CitationKind, Claim
from sourcebook.works import SCHEMES

if TYPE_CHECKING:
    from sourcebook.corpus.keys import Key

_ADDRESS, _DOI = -1, SCHEMES.index("doi")  # how well a name names a work: the less the better
_PUBMED = (SCHEMES.index("pmid"), SCHEMES.index("pmc"))


class _Cited(NamedTuple):
    """A mark that points outside."""

    mark: Mark
    url: str
    label: str
    definition: int  # where the footnote's definition begins that the mark stands in; -1 for none
    statement: Statement | None


def citations_of(
    contents: Contents, places: Places, settings: CorpusSettings, *, claims: bool = True
) -> tuple[Citation, ...]:
    """The page's citations in order, with or without their claims. What is amiss is added to the contents' troubles."""
    found: list[_Cited] = []
    for block in contents.blocks:
        for mark, label, statement in statements_of(block, claims=claims):
            url = _address(mark, settings)
            if isinstance(url, str):
                said = label if mark.key is None else _label(mark.key, label)
                found.append(_Cited(mark, url, said, block.definition, statement))
                if mark.key is not None and not url:
                    _tell(contents, Rule.UNSOURCED_CITATION, mark.start, _unsourced(mark.key))
            elif url is NoCitation.UNUSABLE:
                _tell(contents, Rule.UNUSABLE_ADDRESS, mark.start, f"{mark.target!r} is no usable address")
            elif url is NoCitation.NAMELESS:
                _tell(contents, Rule.BROKEN_MARKUP, mark.start, "a component that should cite names no source")
    found = _without_second_names(found)
    found.sort(key=_by_place)
    return tuple(_Writer(contents, found, places).citations())


def _without_second_names(found: list[_Cited]) -> list[_Cited]:
    """Without the identifiers of works that have been named. A footnote is about one work, which an address or the
    first of `SCHEMES` names best. So is a statement with an address, unless it lists several; and nowhere is a PubMed
    number beside a DOI a second work.
    """
    ranks = {id(one): _rank(one) for one in found if one.mark.kind is CitationKind.IDENTIFIER}
    if not ranks:
        return found
    best: dict[int, int] = {}
    for one in found:
        if one.mark.kind is not CitationKind.FOOTNOTE:
            best[_where(one)] = min(ranks.get(id(one), _ADDRESS), best.get(_where(one), len(SCHEMES)))

    def is_second(one: _Cited) -> bool:
        rank, least = ranks[id(one)], best[_where(one)]
        if one.definition >= 0:
            return rank > least
        return (least == _ADDRESS and not one.mark.listed) or (rank in _PUBMED and least == _DOI)

    return [one for one in found if id(one) not in ranks or not is_second(one)]


def _where(one: _Cited) -> int:
    """The footnote or the statement that a mark stands in."""
    return one.definition if one.definition >= 0 else -id(one.statement)


def _rank(one: _Cited) -> int:
    return SCHEMES.index((ids.identifier_of(one.url) or "").partition(":")[0])


def _by_place(one: _Cited) -> Span:
    return one.mark.start, one.mark.end


class _Writer:
    """Joins footnotes to their definitions, and places everything."""

    def __init__(self, contents: Contents, found: list[_Cited], places: Places) -> None:
        self._contents = contents
        self._found = found
        self._places = places
        statements = list({id(one.statement): one.statement for one in found if one.statement is not None}.values())
        ends = [(one.mark.start, one.mark.end) for one in found] + [(one.start, one.end) for one in statements]
        self._points = places.points(offset for pair in ends for offset in pair)
        self._claims = {(one.start, one.end): self._claim(one) for one in statements}
        self._labels = {definition.start: definition.label for definition in contents.definitions}

    def citations(self) -> Iterator[Citation]:
        """Every citation in order, as it stands in the page."""
        first: dict[str, int] = {}
        for definition in self._contents.definitions:
            first.setdefault(label_key(definition.label), definition.start)
        notes: dict[int, list[_Cited]] = {}
        for one in self._found:
            if one.definition >= 0 and one.mark.kind is not CitationKind.FOOTNOTE:
                notes.setdefault(one.definition, []).append(one)
        used: set[int] = set()
        for one in self._found:
            if one.mark.kind is CitationKind.FOOTNOTE:
                note = first.get(label_key(one.mark.footnote), -1)
                if note not in used and note not in notes:
                    self._tell_unsourced(one, note)
                used.add(note)
                yield from self._footnote(one, note, notes.get(note, []))
            else:
                yield self._citation(one, one.mark.target, one.url, one.label, _locator(one.mark))
        self._tell_unused(first, used)

    def _footnote(self, one: _Cited, note: int, links: list[_Cited]) -> Iterator[Citation]:
        """One citation for each address in the footnote's definition; one without an address when there is none."""
        if not links:
            yield self._citation(one, "", "", self._note_texts.get(note, ""))
            return
        told = set()
        for link in links:
            if link.mark.target not in told:
                told.add(link.mark.target)
                yield self._citation(one, link.mark.target, link.url, link.label, _locator(link.mark))

    @cached_property
    def _note_texts(self) -> dict[int, str]:
        """What each footnote says, by where its definition begins."""
        words: dict[int, list[str]] = {}
        for block in self._contents.blocks:
            if block.definition >= 0:
                words.setdefault(block.definition, []).extend(run.text for run in block.runs)
        return {note: tidy(" ".join(said)) for note, said in words.items()}

    def _citation(self, one: _Cited, target: str, url: str, label: str, locator: str = "") -> Citation:
        mark = one.mark
        start = self._points[mark.start]
        line, column = self._places.at(start)
        definition = self._labels[one.definition] if one.definition >= 0 else ""
        claim = self._claims[one.statement.start, one.statement.end] if one.statement is not None else None
        # by position: names would cost a tenth of the time that a page's citations take
        return Citation(
            line, column, start, self._points[mark.end],
            mark.kind, label, target, url, mark.footnote, definition, claim,
            locator,
        )  # fmt: skip

    def _claim(self, statement: Statement) -> Claim:
        text, heading, before, start, end = statement
        return Claim(ids.claim_id(text), text, heading, before, self._points[start], self._points[end])

    def _tell_unsourced(self, one: _Cited, note: int) -> None:
        words = f"footnote {one.mark.footnote!r} holds no address and names no work by an identifier"
        _tell(self._contents, Rule.UNSOURCED_FOOTNOTE, note if note >= 0 else one.mark.start, words)

    def _tell_unused(self, first: dict[str, int], used: set[int]) -> None:
        for definition in self._contents.definitions:
            if first[label_key(definition.label)] != definition.start:
                words = f"footnote {definition.label!r} is defined again; readers see the first definition only"
                _tell(self._contents, Rule.BROKEN_MARKUP, definition.start, words)
            elif definition.start not in used:
                words = f"nothing refers to footnote {definition.label!r}"
                _tell(self._contents, Rule.UNUSED_FOOTNOTE, definition.start, words)


def _locator(mark: Mark) -> str:
    return mark.key.locator if mark.key is not None else ""


def _label(key: "Key", label: str) -> str:
    """A key has no words of its own: what it stands for, the whole of it where that is all."""
    if key.entry is None:
        return label
    return key.entry.label if key.entry.url else key.entry.reference


def _unsourced(key: "Key") -> str:
    where = f" in {key.entry.work.origin}" if key.entry is not None and key.entry.work.origin else ""
    return f"the entry of {key.key!r}{where} holds no address and no identifier of its work"


def _tell(contents: Contents, rule: Rule, offset: int, message: str) -> None:
    contents.troubles.append(Trouble(rule, offset, message))


def _address(mark: Mark, settings: CorpusSettings) -> str | NoCitation:
    """The absolute address that a mark names; "" where marks of its kind need none."""
    if mark.kind is CitationKind.FOOTNOTE:
        return ""
    if mark.kind is CitationKind.COMPONENT:
        return "" if mark.target else NoCitation.NAMELESS
    if mark.key is not None and mark.key.entry is not None:
        return outside(mark.key.entry.url, settings) if mark.key.entry.url else ""
    if mark.kind is CitationKind.IDENTIFIER:
        return work_url(mark.target) or NoCitation.INSIDE
    if mark.kind is CitationKind.BARE and mark.target[:4].lower() == "www.":
        return outside(f"http://{mark.target}", settings)
    url = outside(mark.target, settings)
    return "" if url is NoCitation.INSIDE and mark.kind is CitationKind.CITE else url
