"""Pages in: what do the pages say, and on whose word?"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from sourcebook import corpus, ids
from sourcebook.corpus import PageFiles
from sourcebook.errors import UsageError
from sourcebook.library.parts import Parts
from sourcebook.library.settled import unsettle
from sourcebook.library.tally import Tally
from sourcebook.types.findings import Finding, Rule
from sourcebook.types.pages import Citation, CitationKind, ParsedPage
from sourcebook.types.sources import Source


class PageRead(Struct, frozen=True):
    """A page that was read anew, with the stamp under which it is kept."""

    parsed: ParsedPage
    stamp: str


def read_pages(parts: Parts, tally: Tally) -> Iterator[PageRead]:
    """Every page that changed since it was last read. Pages that are gone are forgotten, their sources are not."""
    known = parts.store.pages.stamps()
    found = _files(parts, empty=not known)
    files = found.pages
    stamps = corpus.stamps(files, parts.config.corpus)
    bibliographies = corpus.Bibliographies(parts.corpus or Path())
    due = [
        (file, stamps[file.path])
        for file in files
        if not corpus.still_holds(known.get(file.path), stamps[file.path], bibliographies)
    ]
    tally.watched.update(*(corpus.watched_by(known.get(file.path, "")) for file in files))
    tally.pages = len(files)
    tally.pages_unread = found.languages
    tally.pages_read = len(due)
    gone = known.keys() - {file.path for file in files}
    if gone:
        unsettle(parts)
        parts.store.pages.remove(gone)
        tally.pages_gone = len(gone)
    parts.watcher.begin("Reading pages", len(due))
    how = corpus.Reading(bibliographies=bibliographies)
    for file, stamp in due:
        parsed = corpus.read(file.path, file.file, parts.config.corpus, how)
        tally.watched.update(parsed.watched)
        yield PageRead(parsed, corpus.kept_stamp(stamp, parsed, bibliographies))
        parts.watcher.advance(file.path)
    parts.watcher.end()


def _files(parts: Parts, *, empty: bool) -> PageFiles:
    """The pages that there are now. A library that never had one may live of what people added to it."""
    lives = empty and bool(parts.store.reviews.wanted())
    if parts.corpus is None:
        if lives:
            return PageFiles()
        raise UsageError("no folder of pages is known for this library", "name it: sourcebook build FOLDER")
    found = corpus.find_pages(parts.corpus, parts.config.corpus)
    if not found.pages and empty and not lives:
        raise corpus.no_pages(parts.corpus, parts.config.corpus, found.languages)
    return found


def register(parts: Parts, tally: Tally, read: PageRead) -> None:
    """Keep a page with its citations, and every source that it cites for the first time."""
    parsed = read.parsed
    with parts.store.write():
        unsettle(parts)
        sources, findings = _resolve(parts, tally, parsed)
        _describe(parts, parsed)
        complete = replace(parsed, findings=(*parsed.findings, *findings))
        parts.store.pages.save(complete, read.stamp, sources)


def link_names(parts: Parts, tally: Tally) -> None:
    """Give each citation by an id its source where a page that was read after it was the first to cite that."""
    if tally.pages_read and (nameless := parts.store.pages.nameless()):
        with parts.store.write():
            parts.store.pages.link(parts.store.sources.by_any_id(nameless))


def _resolve(parts: Parts, tally: Tally, parsed: ParsedPage) -> tuple[list[str], list[Finding]]:
    """The source of each citation, in order; "" where it names one that nobody knows, which is a finding."""
    named = _named(parts, parsed.citations)
    linked = source_ids(parts, tally, {citation.url for citation in parsed.citations if citation.url})
    sources: list[str] = []
    findings: list[Finding] = []
    for citation in parsed.citations:
        if citation.kind is CitationKind.COMPONENT:
            source = named.get(citation.target, "")
            if not source:
                findings.append(_unknown(parsed, citation))
        else:
            source = linked.get(citation.url, "")
            if citation.url and not source:
                findings.append(_unusable(parsed, citation))
        sources.append(source)
    return sources, findings


def _describe(parts: Parts, parsed: ParsedPage) -> None:
    """Keep what the page's bibliographies say of its sources. What was imported says more, and stays."""
    if not parsed.described:
        return
    found = parts.store.sources.by_url({url for url, _ in parsed.described})
    said = {found[url]: work for url, work in reversed(parsed.described) if url in found}
    known = parts.store.sources.read_many(sorted(said))
    news = [
        (source_id, said[source_id])
        for source_id, source in known.items()
        if source.imported is None or (source.imported.in_bibliography and source.imported != said[source_id])
    ]
    if news:
        parts.store.sources.set_imported(news)


def _named(parts: Parts, citations: Iterable[Citation]) -> dict[str, str]:
    names = {citation.target for citation in citations if citation.kind is CitationKind.COMPONENT}
    return parts.store.sources.by_any_id(names) if names else {}


def source_ids(parts: Parts, tally: Tally, urls: set[str]) -> dict[str, str]:
    """Address to source id, for every usable address; new addresses become sources or aliases."""
    known = parts.store.sources.by_url(urls)
    new = {url: key for url in sorted(urls - known.keys()) if (key := ids.match_key(_original(url))) is not None}
    if not new:
        return known
    by_key = parts.store.sources.by_key(set(new.values()))
    sources: list[Source] = []
    aliases: list[tuple[str, str]] = []
    now = parts.clock()
    for url, key in new.items():
        original = _original(url)
        if key not in by_key:
            sources.append(Source(ids.resource_id(original), ids.stable_id(key), key, original, now))
            by_key[key] = sources[-1].id
        if not (sources and sources[-1].url == url):
            aliases.append((by_key[key], url))
        known[url] = by_key[key]
    parts.store.sources.add(sources)
    parts.store.sources.add_aliases(aliases)
    tally.sources_new += len(sources)
    return known


def _original(url: str) -> str:
    """The address that an archived copy is a copy of; any other address as it is."""
    memento = ids.unwrap_memento(url)
    return memento.url if memento else url


def _unknown(parsed: ParsedPage, citation: Citation) -> Finding:
    message = f"no source has the id {citation.target!r}; import its record, or mend the id"
    return Finding(Rule.UNKNOWN_SOURCE, parsed.page.path, citation.line, citation.column, message)


def _unusable(parsed: ParsedPage, citation: Citation) -> Finding:
    message = f"{citation.url!r} is not an address that can be asked for"
    return Finding(Rule.UNUSABLE_ADDRESS, parsed.page.path, citation.line, citation.column, message)
