"""What registries say of the works among the sources: asked for politely, kept as it comes, and asked for again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

from msgspec import Struct, field
from msgspec.structs import replace

from sourcebook import ids, registries
from sourcebook.errors import StepError
from sourcebook.library import hosts
from sourcebook.library.adding import attended
from sourcebook.library.parts import Parts
from sourcebook.registries import REGISTRIES, Said
from sourcebook.types.builds import Step
from sourcebook.types.captures import Outcome
from sourcebook.types.documents import Document
from sourcebook.types.fetching import Fetched, Learned, Lull, NotAsked, RobotsFile, Wanted
from sourcebook.types.registries import RegistryEntry

SOME = 100  # works whose answers are waited for together: so many are asked again when a run is killed
_SCHEMES = ("doi", "arxiv", "pmid")


class Work(Struct, frozen=True):
    """A source that is a work with identifiers."""

    source_id: str
    keys: tuple[str, ...]


class EnrichReport(Struct, frozen=True):
    """The closing report of `sourcebook enrich`. Counts of what was done now, but for those said to be of all works."""

    works: int  # cited sources with identifiers, all of them
    not_due: int
    asked: int
    known: int  # works that a registry knows
    retracted: tuple[str, ...]  # source ids, withdrawn works included
    corrected: tuple[str, ...]
    failed: tuple[str, ...]  # what was not asked or not understood, and why; those works stay due


class Tally(Struct):
    """Counted while registries are asked."""

    works: int = 0
    not_due: int = 0
    asked: int = 0
    known: int = 0
    retracted: list[str] = field(default_factory=list)
    corrected: list[str] = field(default_factory=list)
    failed: dict[str, int] = field(default_factory=dict)


class _Question(Struct, frozen=True):
    work: Work
    registry: str
    key: str


def works_due(parts: Parts, tally: Tally) -> Iterator[list[Work]]:
    """Every cited work whose entry is missing, old or partial."""
    marks = parts.store.derived.fingerprints(Step.REGISTRY)
    oldest = parts.clock() - timedelta(days=parts.config.registries.recheck_days)
    due: list[Work] = []
    for work in _works(parts):
        tally.works += 1
        entry = parts.store.derived.find(Step.REGISTRY, work.source_id, RegistryEntry)
        if entry is not None and entry.asked_at > oldest and marks[work.source_id] == _mark(parts, work):
            tally.not_due += 1
            continue
        due.append(work)
        if len(due) == SOME:
            yield due
            due = []
    if due:
        yield due


def _works(parts: Parts) -> Iterator[Work]:
    """The cited and wanted sources that have identifiers: of their address, and of what the copy says of itself."""
    ours = attended(parts)
    best = parts.store.captures.best_ids()
    for source in parts.store.sources.all():
        if source.id not in ours:
            continue
        capture_id = best.get(source.id, "")
        document = parts.store.derived.find(Step.DOCUMENT, capture_id, Document) if capture_id else None
        said = (source.match_key, *(document.identifiers if document is not None else ()))
        first = {key.partition(":")[0]: key for key in reversed(said)}
        keys = tuple(first[scheme] for scheme in _SCHEMES if scheme in first)
        if keys:
            yield Work(source.id, keys)


def _mark(parts: Parts, work: Work, missing: Sequence[str] = ()) -> str:
    """Everything that decides what an entry is; one that misses a registry's answer is due again."""
    asked = [name for name in registries.registries_for(work.keys) if getattr(parts.config.registries, name)]
    return ids.fingerprint(registries.VERSION, *work.keys, *asked, *missing)


def enrich(parts: Parts, tally: Tally, works: list[Work]) -> None:
    """Ask registries for some works, and keep what they say."""
    first = [_Question(work, *one) for work in works for one in registries.registries_for(work.keys).items()]
    said: dict[str, dict[str, Said]] = {work.source_id: {} for work in works}
    missing: dict[str, list[str]] = {work.source_id: [] for work in works}
    unknown = list(_ask(parts, tally, first, said, missing))
    again = [replace(one, registry=other) for one in unknown if (other := registries.fallback(one.registry))]
    for _ in _ask(parts, tally, again, said, missing):
        pass  # nobody is left to ask
    now = parts.clock()
    for work in works:
        in_order = {name: said[work.source_id][name] for name in REGISTRIES if name in said[work.source_id]}
        entry = registries.merged(in_order, RegistryEntry(work.source_id, work.keys, now))
        _keep(parts, _mark(parts, work, missing[work.source_id]), entry)
        _count(tally, work, entry)


def _keep(parts: Parts, mark: str, entry: RegistryEntry) -> None:
    """An entry, and by itself that the work was retracted, where it says so: no list has to read all entries for it."""
    derived = parts.store.derived
    with parts.store.write():
        derived.save(Step.REGISTRY, entry.source_id, mark, entry)
        if entry.is_retracted:
            derived.save(Step.RETRACTED, entry.source_id, mark, value=True)
        else:
            derived.remove(Step.RETRACTED, [entry.source_id])


def _ask(
    parts: Parts,
    tally: Tally,
    questions: Sequence[_Question],
    said: Mapping[str, dict[str, Said]],
    missing: Mapping[str, list[str]],
) -> Iterator[_Question]:
    """Put what each registry says where it belongs. Yields the questions to which it knows no answer."""
    by_id = {f"{one.registry} {one.work.source_id}": one for one in questions}
    wanted = [one for name, question in by_id.items() if (one := _wanted(parts, name, question)) is not None]
    parts.watcher.begin("Asking registries", len(wanted))
    for answer in parts.open_fetcher().fetch(_without_robots(parts, wanted)) if wanted else ():
        if isinstance(answer, Learned):
            if not isinstance(answer, RobotsFile):  # ours is made up
                parts.store.hosts.keep((answer,))
            continue
        if isinstance(answer, Lull):
            continue
        question = by_id[answer.source_id]
        parts.watcher.advance(answer.url)
        try:
            found = _read(answer, question)
        except StepError as error:
            tally.failed[error.message] = tally.failed.get(error.message, 0) + 1
            missing[question.work.source_id].append(question.registry)
            continue
        tally.asked += 1
        if found is None:
            yield question
        else:
            said[question.work.source_id][question.registry] = found
    parts.watcher.end()


def _wanted(parts: Parts, name: str, question: _Question) -> Wanted | None:
    base: str = getattr(parts.config.registries, question.registry)
    if not base:
        return None
    contact = parts.config.fetch.contact
    return Wanted(name, REGISTRIES[question.registry].address(base.rstrip("/"), question.key, contact))


def _without_robots(parts: Parts, wanted: Iterable[Wanted]) -> Iterator[Wanted]:
    """Each with what is known of its host. What registries write for programs stands in for robots.txt, which tells
    crawlers to stay out."""
    now = parts.clock()
    for one in hosts.with_hosts(parts, wanted):
        yield replace(one, robots=RobotsFile("/".join(one.url.split("/")[:3]), now, ""))


def _read(answer: Fetched | NotAsked, question: _Question) -> Said | None:
    """What a registry says; None when it does not know the work. Raises StepError when it did not say."""
    label = REGISTRIES[question.registry].label
    if isinstance(answer, NotAsked):
        raise StepError(f"{label} was not asked: {answer.why}", "run the same command again later")
    if answer.outcome is Outcome.GONE:
        return None
    if answer.outcome is not Outcome.OK:
        raise StepError(f"{label} gave no answer: {answer.reason}", "run the same command again later")
    return REGISTRIES[question.registry].read(answer.body)


def _count(tally: Tally, work: Work, entry: RegistryEntry) -> None:
    tally.known += bool(entry.origins)
    if entry.is_retracted:
        tally.retracted.append(work.source_id)
    elif entry.notices:
        tally.corrected.append(work.source_id)


def report(tally: Tally) -> EnrichReport:
    """What was asked and said."""
    failed = tuple(f"{times} times: {why}" if times > 1 else why for why, times in tally.failed.items())
    return EnrichReport(
        tally.works, tally.not_due, tally.asked, tally.known, tuple(tally.retracted), tuple(tally.corrected), failed
    )
