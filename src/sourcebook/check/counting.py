"""Counts that add up, over the evidence of every page."""

from collections import Counter

from msgspec import Struct, field

from sourcebook import ids
from sourcebook.check.evidence import Cited, PageEvidence
from sourcebook.check.result import Counts
from sourcebook.types.findings import Rule
from sourcebook.types.verdicts import Unjudged

NOT_BUILT = "not built yet"
NEVER_ASKED = "nobody was asked yet"
UNUSABLE = "no usable address"
NO_SOURCE = "no source"
UNREADABLE = "unreadable"

_CHECKED = "checked"


class Counting(Struct):
    """Counts pages, links and claims one page at a time."""

    pages: Counter[str] = field(default_factory=Counter)
    links: dict[str, str] = field(default_factory=dict)  # what is pointed to, and what came of it
    claims: Counter[str] = field(default_factory=Counter)
    unjudged: Counter[str] = field(default_factory=Counter)

    def add(self, evidence: PageEvidence) -> None:
        """Count what stands on a page."""
        unreadable = any(finding.rule is Rule.UNREADABLE_PAGE for finding in evidence.page.findings)
        self.pages[UNREADABLE if unreadable else _CHECKED] += 1
        for one in evidence.cited:
            self._link(one)
        for _, cited in evidence.statements:
            for one in cited:
                self._claim(one)

    def skip_page(self, why: str) -> None:
        """Count a page that was named and not looked at."""
        self.pages[why] += 1

    def counts(self) -> tuple[Counts, Counts, Counts]:
        """Pages, links (each source once), claims (each with each source that it leans on)."""
        links = Counter(self.links.values())
        return (
            _counts(self.pages),
            _counts(links),
            _counts(self.claims, self.unjudged),
        )

    def _link(self, one: Cited) -> None:
        if one.source is not None:
            self.links[one.source.listing.source_id] = _CHECKED if one.source.capture else NEVER_ASKED
        elif url := one.citation.url:
            self.links[url] = NOT_BUILT if ids.match_key(url) else UNUSABLE
        elif one.citation.target:
            self.links[one.citation.target] = NO_SOURCE

    def _claim(self, one: Cited) -> None:
        if one.support is not None:
            self.claims[_CHECKED] += 1
        elif isinstance(one.judgement, Unjudged):
            self.unjudged[one.judgement.reason.value.replace("_", " ")] += 1
        elif one.source is not None or (one.citation.url and ids.match_key(one.citation.url)):
            self.unjudged[NOT_BUILT] += 1
        else:
            self.claims[NO_SOURCE] += 1


def _counts(counted: Counter[str], unjudged: Counter[str] | None = None) -> Counts:
    unjudged = unjudged or Counter()
    skipped = {why: number for why, number in counted.most_common() if why != _CHECKED}
    return Counts(counted.total() + unjudged.total(), counted[_CHECKED], skipped, dict(unjudged.most_common()))
