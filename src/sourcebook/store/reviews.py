"""A person's word. It goes to `reviews.jsonl` first, made to live in git, and then to the database."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from sqlalchemy import func, select

from sourcebook.errors import StoreError
from sourcebook.store import jsonl
from sourcebook.store.columns import pack
from sourcebook.store.database import Database, batches
from sourcebook.store.meta import Meta
from sourcebook.store.tables import columns, reviews
from sourcebook.types.reviews import DISMISSED, Review, ReviewField
from sourcebook.types.verdicts import Support

FILE_NAME = "reviews.jsonl"

_REVIEW = columns(reviews, Review)
_STAMP = "reviews"
_OF_OTHERS = (ReviewField.VERDICT, ReviewField.FINDING)  # than sources: of claims, and of pages
_SAID = {ReviewField.VERDICT: (*Support, DISMISSED), ReviewField.FINDING: (DISMISSED,)}


def what_counts(said: Iterable[Review]) -> dict[ReviewField, Review]:
    """The last word on each field, of reviews in the order in which they were given.

    An empty value takes the word before it back, and the one before that counts again.
    """
    standing: dict[ReviewField, list[Review]] = {}
    for review in said:
        words = standing.setdefault(review.field, [])
        if review.takes_back:
            del words[-1:]
        else:
            words.append(review)
    return {field: words[-1] for field, words in standing.items() if words}


def verdicts_that_count(said: Iterable[Review]) -> dict[tuple[str, str], Review]:
    """Claim id and source id to the last word on what the source says of the claim. Other reviews are passed over."""
    of: dict[tuple[str, str], list[Review]] = {}
    for review in said:
        if review.field is ReviewField.VERDICT:
            of.setdefault((review.claim_id, review.source_id), []).append(review)
    return {pair: counts[ReviewField.VERDICT] for pair, some in of.items() if (counts := what_counts(some))}


class Reviews:
    """Reviews by source; added, never edited."""

    def __init__(self, folder: Path, database: Database, meta: Meta) -> None:
        self._file = folder / FILE_NAME
        self._database = database
        self._meta = meta

    def add(self, new: Sequence[Review]) -> None:
        """Keep reviews: on disk as text before the database knows them, so that a lost database loses none."""
        if not new:
            return
        self.take_in()
        jsonl.append(self._file, [pack(review) for review in new])
        self._keep(new)

    def count(self) -> int:
        """How much was said. It only ever grows, so that who has seen as much has seen all of it."""
        return int(self._database.rows(select(func.count()).select_from(reviews))[0][0])

    def of(self, source_id: str) -> list[Review]:
        """Everything said about a source, oldest first."""
        wanted = select(*_REVIEW).where(reviews.c.source_id == source_id)
        return [Review(*row) for row in self._database.rows(wanted.order_by(reviews.c.at, reviews.c.id))]

    def all(self) -> list[Review]:
        """Everything that was said, oldest first."""
        return [Review(*row) for row in self._database.rows(select(*_REVIEW).order_by(reviews.c.at, reviews.c.id))]

    def latest(self) -> dict[str, dict[ReviewField, Review]]:
        """Source id to what counts: the last word on each field. Of claims: `verdicts`; of pages: `findings`."""
        wanted = select(*_REVIEW).where(reviews.c.field.not_in(_OF_OTHERS))
        said: dict[str, list[Review]] = {}
        for row in self._database.rows(wanted.order_by(reviews.c.at, reviews.c.id)):
            review = Review(*row)
            said.setdefault(review.source_id, []).append(review)
        return {source_id: counting for source_id, some in said.items() if (counting := what_counts(some))}

    def latest_of(self, source_id: str) -> dict[ReviewField, Review]:
        """The same for one source."""
        return what_counts(one for one in self.of(source_id) if one.field not in _OF_OTHERS)

    def dismissed(self) -> dict[str, tuple[str, ...]]:
        """Source id to the rules whose findings about it a person has dismissed."""
        last = self._last(ReviewField.DISMISSED)
        return {one: review.value for one, review in last.items() if isinstance(review.value, tuple)}

    def wanted(self) -> frozenset[str]:
        """The sources that a person wants to be looked after, whether a page cites them or not."""
        return frozenset(self._last(ReviewField.WANTED))

    def merged(self) -> dict[str, Review]:
        """Source id to the word, which counts, that it is one work with another source."""
        return self._last(ReviewField.MERGED)

    def in_text(self) -> Iterator[Review]:
        """Everything that was said, as it stands in the file."""
        return jsonl.read(self._file, Review)

    def findings(self) -> dict[str, Review]:
        """Name of each finding that a person has dismissed to that word."""
        return {one.finding: one for one in self._last(ReviewField.FINDING, "finding").values()}

    def _last(self, field: ReviewField, of: str = "source_id") -> dict[str, Review]:
        """What it is of, a source unless said otherwise, to the word on this field that counts."""
        wanted = select(*_REVIEW).where(reviews.c.field == field)
        said: dict[str, list[Review]] = {}
        for row in self._database.rows(wanted.order_by(reviews.c.at, reviews.c.id)):
            said.setdefault(getattr(row, of), []).append(Review(*row))
        return {one: counts[field] for one, some in said.items() if field in (counts := what_counts(some))}

    def verdicts(self) -> dict[tuple[str, str], Review]:
        """Claim id and source id to the last word on what the source says of the claim."""
        wanted = select(*_REVIEW).where(reviews.c.field == ReviewField.VERDICT)
        return verdicts_that_count(
            Review(*row) for row in self._database.rows(wanted.order_by(reviews.c.at, reviews.c.id))
        )

    def verdict(self, claim_id: str, source_id: str) -> Review | None:
        """The same for one claim and one source."""
        wanted = select(*_REVIEW).where(reviews.c.source_id == source_id, reviews.c.claim_id == claim_id)
        said = self._database.rows(wanted.order_by(reviews.c.at, reviews.c.id))
        return verdicts_that_count(Review(*row) for row in said).get((claim_id, source_id))

    def verdicts_of(self, source_ids: Sequence[str]) -> dict[tuple[str, str], Review]:
        """The same for some sources."""
        wanted = select(*_REVIEW).where(reviews.c.field == ReviewField.VERDICT)
        found: dict[tuple[str, str], Review] = {}
        for some in batches(source_ids):
            rows = self._database.rows(wanted.where(reviews.c.source_id.in_(some)).order_by(reviews.c.at, reviews.c.id))
            found |= verdicts_that_count(Review(*row) for row in rows)
        return found

    def take_in(self) -> int:
        """Add what the file has and the database lacks; how many. Asks nothing of a file that has not changed since."""
        if self._meta.read(_STAMP) == jsonl.stamp(self._file):
            return 0
        known = {row.id for row in self._database.rows(select(reviews.c.id))}
        new = {review.id: review for review in jsonl.read(self._file, Review) if review.id not in known}
        for review in new.values():
            self._check(review)
        self._keep(new.values())
        return len(new)

    def _check(self, review: Review) -> None:
        """A line that a person or a merge wrote may say what nothing of its field says."""
        known = _SAID.get(review.field)
        if known is not None and review.value not in (*known, ""):
            raise StoreError(
                f"review {review.id!r} in {str(self._file)!r} says {review.value!r}, which no {review.field} says",
                f"mend its line: the value is one of {', '.join(known)}",
            )

    def _keep(self, new: Iterable[Review]) -> None:
        statement = self._database.insert(reviews).on_conflict_do_nothing()
        with self._database.write():
            for some in batches(new):
                rows = [{column.name: getattr(review, column.name) for column in _REVIEW} for review in some]
                self._database.execute(statement, rows)
            self._meta.save(_STAMP, jsonl.stamp(self._file))
