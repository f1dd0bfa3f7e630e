"""Does importance tell which sources will be cited? Computed on half of the pages, asked of the other half. Pure."""

import random
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import groupby

from msgspec import Struct

from sourcebook.rate.census import Census
from sourcebook.rate.weight import ImportanceInputs, importance
from sourcebook.types.captures import LinkState

FIRST = 100  # sources that a person would look at


class Known(Struct, frozen=True):
    """What is known of a source besides who cites it."""

    url: str
    site: str
    credibility: int | None
    state: LinkState
    kept: bool


class Prediction(Struct, frozen=True):
    """How well one half of the pages told what the other half cites; beside it, a plain count of citing pages.

    An AUC is the chance that a source which the other half cites too stands above one that it does not: 0.5 is a
    guess. None where one of the two kinds is missing.
    """

    seed: int
    pages: int  # in the half that was counted
    sources: int  # cited there
    cited_again: int  # of them, by the other half
    auc: float | None
    auc_by_count: float | None
    auc_cited_once: float | None  # among those that one page of the half cites: a count says nothing of them
    first_hundred: float  # share of the first hundred that is cited again
    first_hundred_by_count: float


def predict(pairs: Sequence[tuple[str, str]], known: Mapping[str, Known], seed: int, today: date) -> Prediction:
    """Split the pages in two by `seed` and hold what the first half says of its sources against the second.

    `pairs` are each source with each page that cites it.
    """
    pages = sorted({page_id for _, page_id in pairs})
    random.Random(seed).shuffle(pages)  # noqa: S311 - to be drawn alike every time
    half = set(pages[: len(pages) // 2])
    census = Census(
        [pair for pair in pairs if pair[1] in half], {source_id: one.site for source_id, one in known.items()}
    )
    sources = sorted({source_id for source_id, page_id in pairs if page_id in half})
    again = {source_id for source_id, page_id in pairs if page_id not in half}
    counts = {source_id: len(census.pages(source_id)) for source_id in sources}
    scores = {source_id: _score(census, source_id, known[source_id], today) for source_id in sources}
    once = [source_id for source_id in sources if counts[source_id] == 1]
    return Prediction(
        seed=seed,
        pages=len(half),
        sources=len(sources),
        cited_again=len(again.intersection(sources)),
        auc=_auc(sources, scores.__getitem__, again),
        auc_by_count=_auc(sources, counts.__getitem__, again),
        auc_cited_once=_auc(once, scores.__getitem__, again),
        first_hundred=_hits(sources, scores.__getitem__, again),
        first_hundred_by_count=_hits(sources, counts.__getitem__, again),
    )


def _score(census: Census, source_id: str, one: Known, today: date) -> int:
    inputs = ImportanceInputs(census.counted(source_id), one.credibility, one.url, one.state, one.kept)
    return importance(inputs, today).score


def _auc(sources: Sequence[str], score: Callable[[str], int], wanted: set[str]) -> float | None:
    """The chance that a wanted source stands above another one; a tie is half a chance."""
    total = len(wanted.intersection(sources))
    others = len(sources) - total
    if not total or not others:
        return None
    above = 0.0
    passed = 0  # others with a lower score
    for _, tied in groupby(sorted(sources, key=score), key=score):
        group = list(tied)
        hits = sum(one in wanted for one in group)
        above += hits * (passed + (len(group) - hits) / 2)
        passed += len(group) - hits
    return above / (total * others)


def _hits(sources: Sequence[str], score: Callable[[str], int], wanted: set[str]) -> float:
    """The share of wanted ones among the first hundred; of those that tie for the last places, their average."""
    places = min(FIRST, len(sources))
    left, hits = places, 0.0
    for _, tied in groupby(sorted(sources, key=score, reverse=True), key=score):
        group = list(tied)
        taken = min(left, len(group))
        hits += taken * sum(one in wanted for one in group) / len(group)
        left -= taken
        if not left:
            break
    return hits / places if places else 0.0
