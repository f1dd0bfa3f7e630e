"""How bad each rule's findings are: the rules' own word, unless settings say otherwise."""

import difflib
from collections.abc import Mapping

from sourcebook.check.rules import RULES
from sourcebook.errors import UsageError
from sourcebook.types.findings import Rule, Severity

OFF = "off"

_WORSE_FIRST = list(Severity)


def severities(settings: Mapping[str, str]) -> dict[Rule, Severity]:
    """The severity of each rule that is looked for. Raises UsageError on an unknown rule or severity, with a guess."""
    found = {rule: entry.severity for rule, entry in RULES.items()}
    for name, word in settings.items():
        rule = rule_named(name)
        if word == OFF:
            found.pop(rule, None)
        else:
            found[rule] = severity_named(word, f"check.rules.{name}")
    return found


def rule_named(name: str) -> Rule:
    """A rule by its id. Raises UsageError with a guess."""
    known = [rule.value for rule in RULES]
    if name not in known:
        guess = difflib.get_close_matches(name, known, n=1)
        hint = f"did you mean {guess[0]!r}?" if guess else "docs/findings.md lists the rules"
        raise UsageError(f"unknown rule {name!r}", hint)
    return Rule(name)


def severity_named(word: str, where: str) -> Severity:
    """A severity by its name. Raises UsageError that says where the word stands."""
    known = [severity.value for severity in Severity]
    if word not in known:
        guess = difflib.get_close_matches(word, [*known, OFF], n=1)
        hint = f"did you mean {guess[0]!r}?" if guess else f"write one of {', '.join(known)}, or {OFF} for a rule"
        raise UsageError(f"unknown severity {word!r} in {where}", hint)
    return Severity(word)


def at_least(severity: Severity, least: Severity) -> bool:
    """Is a severity as bad as another, or worse?"""
    return _WORSE_FIRST.index(severity) <= _WORSE_FIRST.index(least)


def order(severity: Severity) -> int:
    """A number to sort by, the worst first."""
    return _WORSE_FIRST.index(severity)
