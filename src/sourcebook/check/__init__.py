"""The gate: pages as they are now, held against what the library knows, by rules. Reads only, and asks no network."""

from sourcebook.check.baseline import Baseline, read_baseline, write_baseline
from sourcebook.check.checking import tell, worst_first
from sourcebook.check.evidence import Cited, PageEvidence, is_flagged, taken_together
from sourcebook.check.gate import Gate, open_gate
from sourcebook.check.gather import gather
from sourcebook.check.result import Checked, Counts, Ignored, Reported, exit_code
from sourcebook.check.rules import RULES
from sourcebook.check.severities import at_least, severities, severity_named

__all__ = [
    "RULES",
    "Baseline",
    "Checked",
    "Cited",
    "Counts",
    "Gate",
    "Ignored",
    "PageEvidence",
    "Reported",
    "at_least",
    "exit_code",
    "gather",
    "is_flagged",
    "open_gate",
    "read_baseline",
    "severities",
    "severity_named",
    "taken_together",
    "tell",
    "worst_first",
    "write_baseline",
]
