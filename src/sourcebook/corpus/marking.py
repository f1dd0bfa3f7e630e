"""Puts the tags that cite where they belong: into the run of words that they stand in."""

from bisect import bisect_right

from sourcebook.config import CorpusSettings
from sourcebook.corpus.addresses import may_point_outside
from sourcebook.corpus.claims import tidy
from sourcebook.corpus.runs import Block, Contents, Definition, Heading, Mark, Run
from sourcebook.corpus.tags import Element, elements, mark_of
from sourcebook.types.pages import CitationKind


def mark_tags(contents: Contents, settings: CorpusSettings) -> None:
    """Add a mark for each tag that cites. A `<cite>` around a link, or within one, is the same citation."""
    if not contents.tags:
        return
    contents.blocks.sort(key=_start)
    starts = [block.start for block in contents.blocks]
    unnamed: list[tuple[Run, Mark]] = []
    for element in sorted(elements(contents.tags), key=_size):
        mark = mark_of(element, settings)
        if mark is None or (
            mark.kind is not CitationKind.COMPONENT and mark.target and not may_point_outside(mark.target)
        ):
            continue
        run = _run_of(element, contents, starts)
        mark.first, mark.last = run.position(element.inside), run.position(element.inside_end)
        if mark.kind is CitationKind.CITE and not mark.target:
            unnamed.append((run, mark))
        else:
            run.mark(mark)
    for run, mark in unnamed:
        mark.target = tidy(run.text[mark.first : mark.last])
        if mark.target and not any(one.start < mark.end and mark.start < one.end for one in run.marks):
            run.mark(mark)


def _start(block: Block) -> int:
    return block.start


def _size(element: Element) -> int:
    return element.end - element.tag.start


def _run_of(element: Element, contents: Contents, starts: list[int]) -> Run:
    """The run that an element stands in; the first one that it encloses; or a new one without words."""
    at = bisect_right(starts, element.tag.start) - 1
    if at >= 0 and element.tag.start < contents.blocks[at].end:
        return _cell_of(element, contents.blocks[at])
    if at + 1 < len(starts) and starts[at + 1] < element.inside_end:
        return contents.blocks[at + 1].runs[0]
    run = Run(element.tag.start, element.end)
    note = max((one for one in contents.definitions if one.start <= run.begin < one.end), default=None, key=_note_start)
    block = Block(run.begin, run.limit, [run], _heading(contents.headings, run.begin))
    block.definition = note.start if note else -1
    contents.blocks.insert(at + 1, block)
    starts.insert(at + 1, block.start)
    return run


def _note_start(definition: Definition) -> int:
    return definition.start


def _cell_of(element: Element, block: Block) -> Run:
    for run in block.runs:
        if element.tag.start < run.limit:
            return run
    return block.runs[-1]


def _heading(headings: list[Heading], offset: int) -> str:
    before = [heading.text for heading in headings if heading.start <= offset]
    return before[-1] if before else ""
