"""The closing report of a build, as a person reads it."""

import shlex
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from sourcebook import corpus
from sourcebook.config import LIBRARY_FOLDER
from sourcebook.place import Place
from sourcebook.types.builds import BuildReport, ModelUse
from sourcebook.types.fetching import NotAsked
from sourcebook.types.findings import Finding, Rule

_LANGUAGES = ", ".join(language.value for language in corpus.PageFormat)
SHOWN = 8  # findings and unasked sources that are printed; the rest is in a file or on the web app's front page
NOT_ASKED_FILE = "not-asked.txt"


def write_not_asked(library: Path, not_asked: Sequence[NotAsked]) -> Path | None:
    """Every source that nobody was asked for, one a line with the reason; None when there is none."""
    file = library / NOT_ASKED_FILE
    if not not_asked:
        file.unlink(missing_ok=True)
        return None
    lines = (f"{one.source_id}\t{one.url}\t{one.why}\n" for one in not_asked)
    file.write_text("".join(lines), encoding="utf-8", errors="replace")
    return file


def report_lines(report: BuildReport, place: Place, not_asked: Path | None) -> Iterator[str]:
    """What was found, done, skipped and why, and failed."""
    yield from _pages(report)
    yield from _sources(report)
    yield from _not_asked(report, not_asked)
    if report.model is not None:
        yield from _model(report.model)
    yield from _findings(report)
    if report.idle and not report.not_asked:
        yield "Nothing was due: nobody was asked, and everything that was known still holds."
    elif report.idle:
        yield "Nothing changed: everything that was known still holds."
    yield ""
    yield f"Library: {place.library}"
    if place.corpus is not None:
        yield f"Open it: {shlex.join(_serve(place, place.corpus))}"


def _serve(place: Place, corpus: Path) -> list[str]:
    """The command that opens this library, also where it is not kept beside its pages."""
    kept_elsewhere = place.library != corpus / LIBRARY_FOLDER
    return ["sourcebook", "serve", str(corpus), *(["--library", str(place.library)] if kept_elsewhere else [])]


def _pages(report: BuildReport) -> Iterator[str]:
    gone = f", {report.pages_gone} gone" if report.pages_gone else ""
    unchanged = report.pages - report.pages_read
    yield f"Pages      {report.pages:,}: {report.pages_read:,} read now, {unchanged:,} unchanged{gone}"
    if not report.pages:
        yield "           none matches corpus.include (see `sourcebook config`); the records are kept all the same"
    if report.pages_unread:
        yield f"Not read   {corpus.unread_words(report.pages_unread)}: pages are read in {_LANGUAGES}"
    yield f"Citations  {report.citations:,} with {report.claims:,} claims"


def _sources(report: BuildReport) -> Iterator[str]:
    rated = f"{report.rated:,} rated, {report.unrated:,} unrated"
    yield f"Sources    {report.sources:,}: {report.sources_new:,} new, {rated}"
    if report.asked:
        outcomes = ", ".join(f"{number:,} {outcome.replace('_', ' ')}" for outcome, number in report.outcomes.items())
        yield f"Asked      {report.asked:,}: {outcomes}"
    if report.sought:
        yield f"Lost       {report.sought:,} asked of other archives: {report.found:,} copies found"
    if report.not_due:
        yield f"Not due    {report.not_due:,} asked for recently enough"
    failed = f", {report.documents_failed:,} could not be read" if report.documents_failed else ""
    yield f"Words      {report.documents:,} documents held, {report.documents_read:,} read now{failed}"
    said, why = _listed(report.supports), _listed(report.reasons)
    judged, unjudged = f"{report.verdicts:,} judged{said}", f"{report.unjudged:,} unjudged{why}"
    yield f"Claims     {report.verdicts + report.unjudged:,}: {judged}, {unjudged}"


def _listed(counted: dict[str, int]) -> str:
    """` (3 walled, 1 other language)`; "" of nothing."""
    words = ", ".join(f"{number:,} {word.replace('_', ' ')}" for word, number in counted.items())
    return f" ({words})" if words else ""


def _not_asked(report: BuildReport, file: Path | None) -> Iterator[str]:
    if file is None:
        return
    for why, number in Counter(one.why for one in report.not_asked).most_common():
        yield f"Not asked  {number:,}: {why}"
    for one in report.not_asked[:SHOWN]:
        yield f"             {one.url}"
    if len(report.not_asked) > SHOWN:
        yield f"             … all {len(report.not_asked):,} with the reason: {file}"


def _model(use: ModelUse) -> Iterator[str]:
    price = "at no known price" if use.usd is None else f"${use.usd:,.4f}"
    tokens = f"{use.tokens_in:,} tokens sent, {use.tokens_out:,} received, {price}"
    known = f", {use.known:,} known from before" if use.known else ""
    yield f"Model      {use.name}: {use.answered:,} answered{known}; {tokens}"
    for why, number in use.unanswered.items():
        yield f"             {number:,} not answered: {why}"


def _findings(report: BuildReport) -> Iterator[str]:
    if not report.findings:
        return
    counted = Counter(finding.rule for finding in report.findings)
    rules = ", ".join(f"{number:,} {rule.value}" for rule, number in counted.most_common())
    yield f"Findings   {len(report.findings):,}: {rules}"
    shown = list(_some_of_each(report.findings, max(1, SHOWN // len(counted))))
    for finding in shown:
        where = f"{finding.page}:{finding.line}:{finding.column}: " if finding.page else ""
        yield f"             {where}{finding.message} [{finding.rule.value}]"
    if len(report.findings) > len(shown):
        yield f"             … and {len(report.findings) - len(shown):,} more: `sourcebook check` tells all of them"


def _some_of_each(findings: Sequence[Finding], most: int) -> Iterator[Finding]:
    """The first few of each rule: a thousand of one rule must not hide the only one of another."""
    told: Counter[Rule] = Counter()
    for finding in findings:
        told[finding.rule] += 1
        if told[finding.rule] <= most:
            yield finding
