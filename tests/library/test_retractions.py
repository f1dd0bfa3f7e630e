"""Works that were retracted are found by what registries said of them when they were last asked."""

from datetime import timedelta

from sourcebook import pipeline, wiring
from sourcebook.records import PROBLEMS, parse_view
from sourcebook.types.builds import Step
from sourcebook.types.captures import Outcome
from sourcebook.types.fetching import Fetched, Wanted
from sourcebook.types.registries import RegistryEntry
from tests.library.conftest import START, Script, Shelf
from tests.registries import answers
from tests.store.made import exchange

WORK, OTHER = "https://doi.org/10.5555/ferry.1", "https://doi.org/10.5555/ferry.2"


def registry(known: dict[str, bytes]) -> Script:
    """Crossref as it answers for the works that it knows; nothing else is there."""

    def answer(wanted: Wanted) -> Fetched:
        body = next((said for name, said in known.items() if "crossref" in wanted.url and name in wanted.url), b"")
        return Fetched(
            source_id=wanted.source_id,
            url=wanted.url,
            final_url=wanted.url,
            checked_at=START,
            captured_at=START,
            outcome=Outcome.OK if body else Outcome.GONE,
            reason="",
            origin="web",
            status=200 if body else 404,
            media_type="application/json",
            charset="utf-8",
            body=body,
            exchanges=(exchange(wanted.url, body),),
        )

    return Script(answer)


def enriched(shelf: Shelf, known: dict[str, bytes]) -> tuple[list[str], list[str]]:
    """The retracted works in the queue, and those whose whole entries say so."""
    shelf.fetcher = registry(known)
    with shelf.open() as library:
        pipeline.enrich(library)
    with wiring.open_records(shelf.place, shelf.config) as records:
        rows = records.list_rows(parse_view(PROBLEMS, [("rule", "retracted")])).rows
        entries = [one for one in records.store.derived.all(Step.REGISTRY, RegistryEntry) if one.is_retracted]
        return [row.source_id for row in rows], [one.source_id for one in entries]


def test_a_work_waits_as_retracted_for_as_long_as_a_registry_says_so(shelf: Shelf) -> None:
    shelf.page("a.md", f"Counted [once]({WORK}) and [again]({OTHER}).\n")
    shelf.build()
    mended = answers.CROSSREF.replace(b'"retraction"', b'"correction"').replace(b"RETRACTED: ", b"A retraction: ")
    retracted = enriched(shelf, {"ferry.1": answers.CROSSREF, "ferry.2": mended})
    shelf.now += timedelta(days=2 * shelf.config.registries.recheck_days)
    after = enriched(shelf, {"ferry.1": mended, "ferry.2": mended})

    (source_id,) = retracted[0]
    assert shelf.record(WORK).id == source_id
    assert retracted[1] == [source_id]
    assert after == ([], [])
