"""What a check found, and what it looked at: nothing that was not checked is counted as if it had been."""

from collections import Counter
from collections.abc import Mapping

from msgspec import Struct, field

from sourcebook.check.evidence import Coverage, Span
from sourcebook.errors import ExitCode
from sourcebook.types.findings import Rule, Severity


class Counts(Struct, frozen=True):
    """Of one kind of thing: how many were found, checked, passed over and why, and left without an answer and why."""

    found: int
    checked: int
    skipped: Mapping[str, int] = field(default_factory=dict)
    unjudged: Mapping[str, int] = field(default_factory=dict)

    @property
    def adds_up(self) -> bool:
        """Is everything that was found accounted for?"""
        return self.found == self.checked + sum(self.skipped.values()) + sum(self.unjudged.values())

    @property
    def share(self) -> float:
        """How much of what was found was checked, 0 to 1."""
        return self.checked / self.found if self.found else 0.0


class Reported(Struct, frozen=True):
    """One finding, ready to be told."""

    rule: Rule
    severity: Severity
    page: str  # path from the folder of pages
    file: str  # path from where the command runs, for editors and annotations
    span: Span
    message: str
    advice: str
    claim: str
    passage: str
    source_id: str
    url: str
    fingerprint: str  # stays the same when lines move and footnotes are renumbered
    accepted: str = ""  # why a person accepted it, in the baseline; "" for a new one


class Ignored(Struct, frozen=True):
    """A finding that a comment on the page asks not to be told."""

    rule: Rule
    page: str
    line: int
    why: str


class Checked(Struct, frozen=True):
    """Everything that came of one check."""

    findings: tuple[Reported, ...]  # the worst first
    ignored: tuple[Ignored, ...]
    pages: Counts
    links: Counts
    claims: Counts
    coverage: Mapping[str, Coverage]  # by page
    gone: tuple[str, ...] = ()  # accepted findings that do not occur any more

    @property
    def is_empty(self) -> bool:
        """Was not one claim held against its source?"""
        return self.claims.checked == 0

    @property
    def new(self) -> tuple[Reported, ...]:
        """The findings that nobody has accepted."""
        return tuple(finding for finding in self.findings if not finding.accepted)

    @property
    def by_severity(self) -> dict[Severity, int]:
        """How many new findings there are of each severity, the worst first."""
        counted = Counter(finding.severity for finding in self.new)
        return {severity: counted[severity] for severity in Severity}


def exit_code(checked: Checked, fails: frozenset[Severity], *, allow_empty: bool) -> ExitCode:
    """How a gate ends: a check of nothing is no pass, unless it was allowed."""
    if checked.is_empty and not allow_empty:
        return ExitCode.FINDINGS
    return ExitCode.FINDINGS if any(one.severity in fails for one in checked.new) else ExitCode.CLEAN
