"""`sourcebook scan`: every citation of some pages, without a library."""

import sys
from pathlib import Path

import click
import msgspec

from sourcebook import ids
from sourcebook.cli.named_pages import NamedPages
from sourcebook.cli.options import json_option, library_option
from sourcebook.types.pages import Citation, CitationKind, ParsedPage


class ScanLine(msgspec.Struct):
    """One citation as `scan --json` prints it."""

    page: str
    line: int
    column: int
    start: int
    end: int
    kind: CitationKind
    label: str
    url: str | None
    source_id: str | None
    claim: str | None
    footnote: str | None
    definition: str | None
    locator: str | None


@click.command("scan")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@library_option
@json_option
def command(paths: tuple[Path, ...], library: Path | None, as_json: bool) -> None:  # noqa: ARG001 - every command takes it
    """List every citation in the pages of PATHS (files or folders), and report what could not be understood.

    Reads only: no library is needed, and nothing is written. With --json, one object a citation: page, line, column,
    start, end, kind, label, url, source_id, claim, footnote, definition, locator. A footnote's citation stands where
    the footnote is referred to; the links of its definition are listed once more where they stand.

    \b
    Examples:
      sourcebook scan docs/
      sourcebook scan docs/page.md --json
    """
    pages = citations = findings = 0
    out = sys.stdout.buffer
    named = NamedPages(paths)
    for parsed in named:
        pages += 1
        citations += len(parsed.citations)
        findings += len(parsed.findings)
        out.write(_json_lines(parsed) if as_json else _text_lines(parsed))
        for finding in parsed.findings:
            where = f"{finding.page}:{finding.line}:{finding.column}"
            click.echo(f"{where}: {finding.rule.value}: {finding.message}", err=True)
    out.flush()
    click.echo(f"{pages:,} pages, {citations:,} citations, {findings:,} findings{named.not_read()}", err=True)


def _json_lines(parsed: ParsedPage) -> bytes:
    page = parsed.page.path
    encoder = msgspec.json.Encoder()
    lines = bytearray()
    for citation in parsed.citations:
        lines += encoder.encode(_line(page, citation))
        lines += b"\n"
    return bytes(lines)


def _line(page: str, citation: Citation) -> ScanLine:
    return ScanLine(
        page,
        citation.line,
        citation.column,
        citation.start,
        citation.end,
        citation.kind,
        citation.label,
        citation.url or None,
        _source_id(citation),
        citation.claim.text if citation.claim else None,
        citation.footnote or None,
        citation.definition or None,
        citation.locator or None,
    )


def _source_id(citation: Citation) -> str | None:
    """The Resource ID that the citation would be filed under, as far as it can be told without a library."""
    if citation.kind is CitationKind.COMPONENT:
        return citation.target
    if not citation.url:
        return None
    memento = ids.unwrap_memento(citation.url)
    return ids.resource_id(memento.url if memento else citation.url)


def _text_lines(parsed: ParsedPage) -> bytes:
    lines = [
        f"{parsed.page.path}:{citation.line}:{citation.column}  {citation.kind.value:<9}  "
        f"{citation.url or citation.target}\n"
        for citation in parsed.citations
    ]
    return "".join(lines).encode("utf-8", errors="replace")
