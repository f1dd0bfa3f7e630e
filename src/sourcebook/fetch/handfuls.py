"""What a fetcher brings, by the handful: so that whoever keeps it does so for many answers at a time. Pure."""

from collections.abc import Iterable, Iterator

from msgspec import Struct, field

from sourcebook.types.fetching import Fetched, Learned, Lull, NotAsked

_MOST = 256  # answers: more make the share of one in a sync and a commit no smaller
_MOST_BYTES = 12_000_000  # of their bodies, in memory until they are kept


class Handful(Struct):
    """Answers that came close together, each of another source."""

    answers: list[Fetched] = field(default_factory=list)
    not_asked: list[NotAsked] = field(default_factory=list)
    learned: list[Learned] = field(default_factory=list)


def handfuls(answers: Iterable[Fetched | NotAsked | Learned | Lull]) -> Iterator[Handful]:
    """All that comes, in order, in handfuls that are given as soon as nothing more is at hand."""
    some, sources, size = Handful(), set[str](), 0
    for one in answers:
        if isinstance(one, Lull) or (isinstance(one, Fetched) and one.source_id in sources):
            yield some
            some, sources, size = Handful(), set(), 0
        match one:
            case Fetched():
                some.answers.append(one)
                sources.add(one.source_id)
                size += len(one.body)
            case NotAsked():
                some.not_asked.append(one)
            case Lull():
                pass
            case _:
                some.learned.append(one)
        if len(sources) >= _MOST or size >= _MOST_BYTES:
            yield some
            some, sources, size = Handful(), set(), 0
    yield some
