"""Small charts of a library over time, drawn on the server: where each bar stands. Pure; the template draws them."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from sourcebook.store import Build

WIDE, HIGH = 320.0, 72.0
MOST_BUILDS = 40  # bars that can still be told apart


class Layer(Struct, frozen=True):
    """One case of what a chart counts."""

    figures: tuple[str, ...]  # "state.alive"; several are counted together
    words: str
    mark: str  # the class that gives it its colour, the same as everywhere

    def number(self, build: Build) -> int:
        """What a build counted."""
        return sum(build.figures.get(name, 0) for name in self.figures)


class Bar(Struct, frozen=True):
    """One case at the end of one build."""

    mark: str
    x: float
    y: float
    width: float
    height: float


class Chart(Struct, frozen=True):
    """A chart and its numbers: for each build, oldest first, a number for each layer."""

    title: str
    layers: tuple[Layer, ...]
    bars: tuple[Bar, ...]
    builds: tuple[Build, ...]

    def number(self, build: Build, layer: Layer) -> int:
        """What a build counted."""
        return layer.number(build)

    @property
    def changes(self) -> list[tuple[Layer, int]]:
        """The layers whose numbers the last build changed, and by how much; none before there were two builds."""
        if len(self.builds) < 2:
            return []
        before, now = self.builds[-2:]
        return [(layer, by) for layer in self.layers if (by := layer.number(now) - layer.number(before))]


_STACKED = (
    (
        "Links",
        (("state.alive", "Alive", "state-alive"), ("state.unknown", "Unknown", "state-unknown"),
         ("state.suspect", "Suspect", "state-suspect"), ("state.dead", "Dead", "state-dead")),
    ),
    (
        "Last answers",
        (("outcome.ok", "OK", "outcome-ok"),
         (("outcome.walled outcome.paywalled outcome.blocked outcome.limited outcome.refused_by_policy "
           "outcome.refused_by_robots"), "Kept from us", "outcome-kept"),
         ("outcome.thin outcome.wrong_type", "Nothing to read", "outcome-unknown"),
         ("outcome.gone outcome.soft_gone outcome.parked outcome.unreachable", "Gone or silent", "outcome-gone")),
    ),
    (
        "Verdicts",
        (("verdict.supported", "Supported", "support-supported"), ("verdict.partial", "Partial", "support-partial"),
         ("verdict.unjudged", "Unjudged", "support-unjudged"),
         ("verdict.unsupported", "Unsupported", "support-unsupported"),
         ("verdict.contradicted", "Contradicted", "support-contradicted")),
    ),
    (
        "Credibility",
        (("credibility.5", "5/5 Gold", "cred-5"), ("credibility.4", "4/5 High", "cred-4"),
         ("credibility.3", "3/5 Good", "cred-3"), ("credibility.unrated", "Unrated", "state-unknown"),
         ("credibility.2", "2/5 Mixed", "cred-2"), ("credibility.1", "1/5 Low", "cred-1")),
    ),
)  # fmt: skip
_NESTED = (
    (
        "Coverage of sources",
        (("reach.found", "Found", "depth-1"), ("reach.captured", "Captured", "depth-2"),
         ("reach.readable", "Readable", "depth-3")),
    ),
    (
        "Coverage of claims, once for each source",
        (("coverage.found", "Found", "depth-1"), ("coverage.judged", "Judged", "depth-2"),
         ("coverage.confirmed", "Looked at by a person", "depth-3")),
    ),
    ("Venues", (("venues", "Known venues", "depth-3"),)),
)  # fmt: skip


def charts_of(newest_first: Sequence[Build]) -> tuple[Chart, ...]:
    """The charts of the last builds."""
    builds = tuple(reversed(newest_first[:MOST_BUILDS]))
    made = []
    for stacked, groups in ((True, _STACKED), (False, _NESTED)):
        for title, cases in groups:
            layers = tuple(Layer(tuple(figures.split()), words, mark) for figures, words, mark in cases)
            made.append(Chart(title, layers, tuple(_bars(builds, layers, stacked=stacked)), builds))
    return tuple(made)


def _bars(builds: Sequence[Build], layers: Sequence[Layer], *, stacked: bool) -> Iterator[Bar]:
    """Stacked from the ground up, or one before the other where each is a part of the one before."""
    numbers = [[layer.number(build) for layer in layers] for build in builds]
    tallest = max((sum(some) if stacked else max(some) for some in numbers), default=0) or 1
    step = WIDE / max(len(builds), 8)
    for at, some in enumerate(numbers):
        ground = HIGH
        for layer, number in zip(layers, some, strict=True):
            height = HIGH * number / tallest
            top = ground - height
            if number:
                yield Bar(layer.mark, *(round(one, 2) for one in (at * step, top, step * 0.86, height)))
            ground = top if stacked else HIGH
