"""Is what came back the work that the pages cite? Kept where it is not: nothing may be judged by another work."""

from collections.abc import Sequence

from sourcebook.library.parts import Parts
from sourcebook.types.builds import Step
from sourcebook.types.documents import Document
from sourcebook.types.ratings import Standing, Work, WorkCheck
from sourcebook.types.sources import Imported, Source
from sourcebook.verify.cited_work import Cited, check_work


def cited_work(source: Source, labels: Sequence[str], document: Document | None) -> WorkCheck | None:
    """The answer for one source; None while there are no words to hold the citations against."""
    if document is None:
        return None
    said = source.imported or Imported()
    words = tuple(dict.fromkeys(filter(None, labels)))
    return check_work(Cited(source.url, words, said.title, said.authors, said.published), document)


def keep_doubts(parts: Parts, standings: Sequence[tuple[str, str, Standing]]) -> None:
    """Keep those of these sources, with their fingerprints, whose words are another work's; forget the others."""
    doubted = [
        (source_id, mark, standing.cited_work)
        for source_id, mark, standing in standings
        if standing.cited_work is not None and standing.cited_work.work is Work.DIFFERENT
    ]
    parts.store.derived.remove(Step.DOUBT, [source_id for source_id, _, _ in standings])
    parts.store.derived.save_many(Step.DOUBT, doubted)


def read_doubts(parts: Parts) -> dict[str, str]:
    """Source id to why its words are another work's."""
    doubted = parts.store.derived.fingerprints(Step.DOUBT)
    checks = parts.store.derived.find_many(Step.DOUBT, list(doubted), WorkCheck)
    return {source_id: "; ".join(check.why) for source_id, check in checks.items()}
