"""Comments on the page that ask for a finding not to be told."""

import pytest

from sourcebook.check.evidence import Flaw, Lines, Span
from sourcebook.check.ignores import sort_out
from sourcebook.types.findings import Rule

RULES = (Rule.DEAD_LINK, Rule.UNSUPPORTED, Rule.LOW_CREDIBILITY)


def flaw(text: str, words: str, rule: Rule = Rule.DEAD_LINK) -> Flaw:
    """A flaw about the first place where those words stand."""
    start = text.index(words)
    return Flaw(rule, Lines(text).span(start, start + len(words)), "gone", words)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("A claim HERE. <!-- sourcebook: ignore dead-link kept on purpose -->\n", id="on the line"),
        pytest.param("<!-- sourcebook: ignore dead-link kept on purpose -->\nA claim\nHERE.\n", id="above the lines"),
        pytest.param("<!-- sourcebook: ignore dead-link kept on purpose -->\n\nA claim HERE.\n", id="above the block"),
        pytest.param("A {/* sourcebook: ignore dead-link kept on purpose */} HERE.\n", id="in MDX"),
        pytest.param("<!-- sourcebook:ignore unsupported,dead-link  kept on\npurpose --> HERE", id="several rules"),
        pytest.param(
            "<!-- sourcebook: ignore unsupported, dead-link kept on purpose --> HERE", id="with spaces between"
        ),
    ],
)
def test_an_ignore_holds_for_its_block_with_its_reason(text):
    parted = sort_out(text, [flaw(text, "HERE")], (Rule.DEAD_LINK,))

    assert [why for _, why in parted.ignored] == ["kept on purpose"]
    assert parted.told == ()


def test_an_ignore_does_not_reach_further_than_its_block():
    text = "One. <!-- sourcebook: ignore dead-link why -->\n\nTwo HERE.\n"
    parted = sort_out(text, [flaw(text, "HERE"), flaw(text, "One")], RULES)

    assert [one.key for one in parted.told] == ["HERE"]


def test_an_ignore_of_one_rule_leaves_the_others():
    text = "HERE <!-- sourcebook: ignore dead-link why -->"
    parted = sort_out(text, [flaw(text, "HERE"), flaw(text, "HERE", Rule.UNSUPPORTED)], RULES)

    assert [one.rule for one in parted.told] == [Rule.UNSUPPORTED]


def test_an_ignore_with_nothing_to_ignore_is_a_finding():
    text = "Fine.\n\nFine too. <!-- sourcebook: ignore dead-link it was gone -->\n"
    (told,) = sort_out(text, [], RULES).told

    assert told.rule is Rule.UNUSED_IGNORE
    assert told.span == Span(3, 11, 3, 60)
    assert "'dead-link'" in told.message


def test_an_ignore_of_a_rule_that_is_turned_off_is_not_called_unused():
    text = "Fine. <!-- sourcebook: ignore dead-link it was gone -->\n"

    assert sort_out(text, [], (Rule.UNSUPPORTED,)).told == ()


@pytest.mark.parametrize(
    ("comment", "words"),
    [
        pytest.param("ignore dead-lnik why", "did you mean 'dead-link'?", id="a typing error"),
        pytest.param("ignore nonsense why", "there is no rule 'nonsense'", id="no such rule"),
        pytest.param("ignore dead-link", "say why 'dead-link' is to be ignored", id="without a reason"),
        pytest.param("ignore", "there is no rule ''", id="without a rule"),
        pytest.param("ignore unused-ignore why", "cannot be ignored", id="the rule about ignores"),
    ],
)
def test_an_ignore_that_cannot_be_followed_is_a_finding_and_hides_nothing(comment, words):
    text = f"HERE <!-- sourcebook: {comment} -->"
    parted = sort_out(text, [flaw(text, "HERE")], RULES)

    assert [one.rule for one in parted.told] == [Rule.DEAD_LINK, Rule.BROKEN_IGNORE] or [
        one.rule for one in parted.told
    ] == [Rule.BROKEN_IGNORE, Rule.DEAD_LINK]
    assert any(words in one.message for one in parted.told)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("```html\n<!-- sourcebook: ignore dead-link why -->\n```\n", id="a fence"),
        pytest.param("Write `<!-- sourcebook: ignore dead-link why -->` so.\n", id="code in a line"),
        pytest.param("About sourcebook: ignore dead-link why.\n", id="plain words"),
    ],
)
def test_an_ignore_that_is_only_shown_does_nothing(text):
    assert sort_out(text, [], RULES).told == ()
