"""Patterns that are compiled when they are first used."""

import importlib
import re
from collections.abc import Iterator
from typing import cast

import pytest
from msgspec import Struct
from msgspec.structs import astuple

from sourcebook.patterns import _Pattern, pattern

WITH_PATTERNS = (
    "corpus.addresses", "corpus.claims", "corpus.mdx", "corpus.plain", "corpus.plain_yaml", "corpus.uncited",
    "fetch.glance", "fetch.links", "fetch.losses", "fetch.outcomes", "fetch.signs", "sentences", "works",
)  # fmt: skip


def test_a_pattern_does_what_a_compiled_one_does() -> None:
    late, early = pattern(r"(a+)(b)?", re.IGNORECASE), re.compile(r"(a+)(b)?", re.IGNORECASE)

    assert late.pattern == early.pattern
    assert late.flags == early.flags
    for name in ("search", "match", "fullmatch"):
        assert str(getattr(late, name)("AAb")) == str(getattr(early, name)("AAb"))
    assert late.sub("x", "caab") == early.sub("x", "caab")
    assert late.split("caab") == early.split("caab")


def test_a_mistake_shows_when_the_pattern_is_used() -> None:
    late = pattern("(")

    with pytest.raises(re.error, match="unterminated"):
        late.search("")


@pytest.mark.parametrize("name", WITH_PATTERNS)
def test_every_pattern_of_a_module_compiles(name: str) -> None:
    found = list(_patterns(vars(importlib.import_module(f"sourcebook.{name}"))))

    assert found
    for one in found:
        assert re.compile(one.pattern, one.flags)


def _patterns(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, _Pattern):
        yield cast("re.Pattern[str]", value)
    elif isinstance(value, dict):
        yield from _patterns(tuple(value.values()))
    elif isinstance(value, tuple):
        for one in value:
            yield from _patterns(one)
    elif isinstance(value, Struct):
        yield from _patterns(astuple(value))
