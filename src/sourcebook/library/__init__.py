"""The verbs of a library: reuse what still holds, else make it and keep it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from sourcebook.library import (
    adding,
    consulting,
    corrections,
    dismissing,
    elsewhere,
    enriching,
    errands,
    figures,
    indexing,
    judging,
    lists,
    merging,
    register,
    reviewing,
    settled,
    standing,
    study,
    summaries,
    vocabulary,
)
from sourcebook.library.adding import Added, Refused
from sourcebook.library.corrections import FIELDS, Signed, field_named
from sourcebook.library.enriching import EnrichReport, Work
from sourcebook.library.imports import ImportReport, import_records
from sourcebook.library.parts import Parts, Refresh, Unwatched, Watcher
from sourcebook.library.register import PageRead
from sourcebook.library.report import make_report
from sourcebook.library.reviewing import DISMISS, WORDS
from sourcebook.library.shelf import AnswerShelf
from sourcebook.library.study import Reading
from sourcebook.library.tally import Tally
from sourcebook.library.uploads import Upload, file_copies
from sourcebook.types.builds import BuildReport
from sourcebook.types.fetching import Wanted
from sourcebook.types.reviews import Review, ReviewField

__all__ = [
    "DISMISS",
    "FIELDS",
    "WORDS",
    "Added",
    "AnswerShelf",
    "EnrichReport",
    "ImportReport",
    "Library",
    "Parts",
    "Refresh",
    "Refused",
    "Signed",
    "Unwatched",
    "Upload",
    "Watcher",
    "field_named",
]


_PASSES = 2  # over what people said meanwhile; what comes after the second is for the next build


class Library:
    """A folder of pages, and all that is known of the sources they cite. Built in `wiring.py`."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self._tally = Tally()
        self._enriching = enriching.Tally()

    def pages_due(self) -> Iterator[PageRead]:
        """Every page that is new or changed since it was last read."""
        merging.bring_up(self.parts)
        return register.read_pages(self.parts, self._tally)

    @property
    def watched(self) -> tuple[str, ...]:
        """Files and folders, beside the pages that were due or not, that decide what these cite."""
        return tuple(sorted(self._tally.watched))

    def register(self, page: PageRead) -> None:
        """Keep a page, its citations and claims, and each source that it is the first to cite."""
        register.register(self.parts, self._tally, page)

    def link_names(self) -> None:
        """Give citations by an id their sources, once every page was read."""
        register.link_names(self.parts, self._tally)

    def sources_due(self) -> Iterator[Wanted]:
        """Every cited source that was never asked for, or not for long enough."""
        return study.sources_due(self.parts, self._tally)

    def ask(self, due: Iterable[Wanted]) -> Iterator[Reading]:
        """Ask for sources and keep every answer; yields those that have words to read."""
        return study.ask(self.parts, self._tally, due)

    def file_copies(self, source: str, upload: Upload) -> Iterator[Reading]:
        """Keep a copy that a person got by hand; yields it to be read."""
        return file_copies(self.parts, source, upload)

    def sources_lost(self) -> list[Wanted]:
        """Every cited source that is dead and of which we hold no good copy."""
        return elsewhere.sources_lost(self.parts)

    def seek(self, lost: list[Wanted]) -> Iterator[Reading]:
        """Ask other archives for a copy of each; yields those that have words to read."""
        return elsewhere.seek(self.parts, self._tally, lost)

    def captures_unread(self) -> Iterator[Reading]:
        """Kept copies that were never read, or were read by an older version of the reader."""
        return study.captures_unread(self.parts)

    def read(self, readings: Iterable[Reading]) -> None:
        """Bytes to words and metadata."""
        study.read(self.parts, self._tally, readings)

    def settle(self) -> None:
        """Rate every source, say what it says in brief, and hold the claims against it, where anything changed."""
        self.parts.store.sources.sync_identities()  # what was first met since is in the text that lives in git
        was_settled = settled.is_settled(self.parts)
        seen = self.parts.store.reviews.count()
        for _ in range(0 if was_settled else _PASSES):
            seen = self.parts.store.reviews.count()
            standing.rate_due(self.parts, self._tally)
            summaries.summarise_due(self.parts, self._tally)
            vocabulary.count_words(self.parts)
            judging.judge_due(self.parts, self._tally)
            lists.bring_up(self.parts)
            if self.parts.store.reviews.count() == seen:
                break
        if not was_settled or not indexing.is_indexed(self.parts):
            indexing.index_due(self.parts)
            settled.mark_settled(self.parts, seen)
        settled.mark_built(self.parts)

    def consult(self) -> None:
        """Hear a model, where one is set, on what was not settled by our own means."""
        for stage in errands.STAGES:
            consulting.consult(self.parts, self._tally, stage)
        if self.parts.model is not None:
            lists.bring_up(self.parts)  # each time, so that a killed build leaves nothing to the next

    def report(self) -> BuildReport:
        """What this build found, did and left."""
        return make_report(self.parts, self._tally)

    def remember(self) -> None:
        """Keep how the library stands now, for charts of it over time."""
        figures.remember(self.parts)

    def works_due(self) -> Iterator[list[Work]]:
        """Cited sources with identifiers that no registry was asked for, or not for long enough; some at a time."""
        return enriching.works_due(self.parts, self._enriching)

    def enrich(self, works: list[Work]) -> None:
        """Ask registries for works, and keep what they say."""
        enriching.enrich(self.parts, self._enriching, works)

    def enriched(self) -> EnrichReport:
        """What registries were asked and said."""
        return enriching.report(self._enriching)

    def add(self, urls: Iterable[str], signed: Signed) -> list[Added | Refused]:
        """Have each address lead to a source that is looked after, whether a page cites it or not."""
        return adding.add(self.parts, urls, signed)

    def import_records(self, file: Path) -> ImportReport:
        """Take in source records of another system, from a JSON Lines file."""
        return import_records(self.parts, file)

    def correct(self, any_id: str, said: Mapping[ReviewField, Sequence[str]], signed: Signed) -> list[Review]:
        """Keep a person's word on fields of a source, beside what we derived. Raises UsageError for what cannot be."""
        return corrections.correct(self.parts, any_id, said, signed)

    def take_back(self, any_id: str, fields: Sequence[ReviewField], signed: Signed) -> list[Review]:
        """Undo the last word on fields of a source, by adding to it. Raises UsageError where there is none."""
        return corrections.take_back(self.parts, any_id, fields, signed)

    def merge(self, any_id: str, into: str, signed: Signed) -> Review:
        """Keep that a source is the same work as another one, whose record it shares after `share_records`."""
        return merging.merge(self.parts, any_id, into, signed)

    def part(self, any_id: str, signed: Signed) -> Review:
        """Undo the last word that a source is the same work as another. Raises UsageError where nobody said so."""
        return merging.take_back(self.parts, any_id, signed)

    def share_records(self) -> None:
        """Have every source share the record that people say it shares; `settle` does what follows."""
        merging.bring_up(self.parts)

    def beside_a_build(self) -> None:
        """Have the next build follow what was said while another one, which may have passed it, was running."""
        settled.unsettle(self.parts)

    def review(self, claim: str, source: str, said: str, signed: Signed) -> Review:
        """Keep a person's word on what a source says of a claim. Raises UsageError for what cannot be."""
        made = reviewing.review(self.parts, claim, source, said, signed)
        lists.bring_up(self.parts, self.parts.store.page_listings.with_claim(made.claim_id))
        return made

    def take_back_review(self, claim: str, source: str, signed: Signed) -> Review:
        """Undo the last word on what a source says of a claim, by adding to it. Raises UsageError for none."""
        made = reviewing.take_back(self.parts, claim, source, signed)
        lists.bring_up(self.parts, self.parts.store.page_listings.with_claim(made.claim_id))
        return made

    def dismiss(self, finding: str, signed: Signed) -> Review:
        """Take a finding of a parser out of what waits. Raises UsageError for what cannot be."""
        return dismissing.dismiss(self.parts, finding, signed)

    def take_back_dismissal(self, finding: str, signed: Signed) -> Review:
        """Have a finding wait again, by adding to what was said of it. Raises UsageError where nobody dismissed it."""
        return dismissing.take_back(self.parts, finding, signed)

    def rate_again(self, source_ids: Sequence[str]) -> None:
        """Bring the standing of sources up to date of which people said more, and lists and index with it."""
        if not indexing.is_indexed(self.parts) or not standing.rate_again(self.parts, self._tally, source_ids):
            self.rate()
            return
        lists.bring_up_citing(self.parts, source_ids)
        indexing.index_again(self.parts, source_ids)

    def rate(self) -> None:
        """Bring the standing of every source up to date, and the lists and the index with it."""
        standing.rate_due(self.parts, self._tally)
        lists.bring_up(self.parts)
        indexing.index_due(self.parts)

    def close(self) -> None:
        """Let go of the store; nothing is lost by not closing."""
        self.parts.store.close()
