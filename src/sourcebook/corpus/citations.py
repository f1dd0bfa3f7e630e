"""From marks to citations: addresses judged, footnotes joined to their definitions, claims placed."""

from collections.abc import Iterator
from typing import NamedTuple

from sourcebook import ids
from sourcebook.config import CorpusSettings
from sourcebook.corpus.addresses import NoCitation, outside
from sourcebook.corpus.claims import Statement, statements_of, tidy
from sourcebook.corpus.places import Places
from sourcebook.corpus.runs import Block, Contents, Mark, Trouble, label_key
from sourcebook.types import Citation, CitationKind, Claim, Rule


class _Cited(NamedTuple):
    """A mark that points outside; of a footnote, where its addresses are is not known yet."""

    mark: Mark
    url: str
    label: str
    definition: int  # where the footnote's definition begins that the mark stands in; -1 for none
    claim: Claim | None


def citations_of(contents: Contents, places: Places, settings: CorpusSettings) -> tuple[Citation, ...]:
    """The page's citations in order. What is amiss is added to the contents' troubles."""
    return tuple(_Citations(contents, places, settings).in_order())


class _Citations:
    def __init__(self, contents: Contents, places: Places, settings: CorpusSettings) -> None:
        self._contents = contents
        self._places = places
        self._settings = settings
        self._claims: dict[tuple[int, int], Claim] = {}
        self._labels = {definition.start: definition.label for definition in contents.definitions}
        self._first: dict[str, int] = {}
        for definition in contents.definitions:
            self._first.setdefault(label_key(definition.label), definition.start)

    def in_order(self) -> Iterator[Citation]:
        """Every citation as it stands in the page."""
        found = [one for block in self._contents.blocks for one in self._in_block(block)]
        found.sort(key=lambda one: (one.mark.start, one.mark.end))
        notes: dict[int, list[_Cited]] = {}
        for one in found:
            if one.definition >= 0 and one.mark.kind is not CitationKind.FOOTNOTE:
                notes.setdefault(one.definition, []).append(one)
        used: set[int] = set()
        for one in found:
            if one.mark.kind is CitationKind.FOOTNOTE:
                used.add(self._first.get(label_key(one.mark.footnote), -1))
                yield from self._footnote(one, notes)
            else:
                yield self._citation(one, one.mark.target, one.url, one.label)
        self._unused(used)

    def _in_block(self, block: Block) -> Iterator[_Cited]:
        for mark, label, statement in statements_of(block):
            url = _address(mark, self._settings)
            if url is NoCitation.UNUSABLE:
                self._trouble(Rule.UNUSABLE_ADDRESS, mark, f"{mark.target!r} is no usable address")
            elif mark.kind is CitationKind.COMPONENT and not mark.target:
                self._trouble(Rule.BROKEN_MARKUP, mark, "a component that should cite names no source")
            elif isinstance(url, str):
                yield _Cited(mark, url, label, block.definition, self._claim(statement))

    def _footnote(self, one: _Cited, notes: dict[int, list[_Cited]]) -> Iterator[Citation]:
        """One citation for each address in the footnote's definition; one without an address when there is none."""
        definition = self._first.get(label_key(one.mark.footnote), -1)
        by_target = {note.mark.target: note for note in reversed(notes.get(definition, []))}
        if not by_target:
            yield self._citation(one, "", "", self._note_text(definition))
        for note in reversed(by_target.values()):
            yield self._citation(one, note.mark.target, note.url, note.label)

    def _note_text(self, definition: int) -> str:
        blocks = [block for block in self._contents.blocks if block.definition == definition]
        return tidy(" ".join(run.text for block in blocks for run in block.runs))

    def _citation(self, one: _Cited, target: str, url: str, label: str) -> Citation:
        mark = one.mark
        line, column, start = self._places.at(mark.start)
        return Citation(
            line=line,
            column=column,
            start=start,
            end=self._places.at(mark.end).offset,
            kind=mark.kind,
            label=label,
            target=target,
            url=url,
            footnote=mark.footnote,
            definition=self._labels.get(one.definition, ""),
            claim=one.claim,
        )

    def _claim(self, statement: Statement | None) -> Claim | None:
        """The claim of a statement, made once: adjacent citations share it."""
        if statement is None:
            return None
        key = (statement.start, statement.end)
        if key not in self._claims:
            start, end = self._places.at(statement.start).offset, self._places.at(statement.end).offset
            text = statement.text
            self._claims[key] = Claim(ids.claim_id(text), text, statement.heading, statement.before, start, end)
        return self._claims[key]

    def _unused(self, used: set[int]) -> None:
        for definition in self._contents.definitions:
            if self._first[label_key(definition.label)] != definition.start:
                words = f"footnote {definition.label!r} is defined again; readers see the first definition only"
                self._contents.troubles.append(Trouble(Rule.BROKEN_MARKUP, definition.start, words))
            elif definition.start not in used:
                words = f"nothing refers to footnote {definition.label!r}"
                self._contents.troubles.append(Trouble(Rule.UNUSED_FOOTNOTE, definition.start, words))

    def _trouble(self, rule: Rule, mark: Mark, message: str) -> None:
        self._contents.troubles.append(Trouble(rule, mark.start, message))


def _address(mark: Mark, settings: CorpusSettings) -> str | NoCitation:
    """The absolute address that a mark names; "" where marks of its kind need none."""
    if mark.kind in {CitationKind.COMPONENT, CitationKind.FOOTNOTE}:
        return ""
    if mark.kind is CitationKind.BARE and mark.target[:4].lower() == "www.":
        return outside(f"http://{mark.target}", settings)
    url = outside(mark.target, settings)
    return "" if url is NoCitation.INSIDE and mark.kind is CitationKind.CITE else url
