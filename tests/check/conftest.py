"""A library that was really built, over answers and verdicts that the test says."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from sourcebook import pipeline, wiring
from sourcebook.check import Baseline, Checked, open_gate
from sourcebook.library import Library
from sourcebook.place import Place, place_of, read_config
from sourcebook.types.captures import Outcome
from sourcebook.types.documents import Passage
from sourcebook.types.fetching import Exchange, Fetched, NotAsked
from sourcebook.types.verdicts import Support, Unjudged, UnjudgedReason, Verdict

NOW = datetime(2026, 4, 7, 9, tzinfo=UTC)
WORDS = "The council counted forty-seven safeguards. It met on Monday and said little else of them. " * 8


@dataclass
class Desk:
    """Pages, what the web answers, and what the judge says of claims; then a build, and a check of it."""

    name = "desk 1"  # of the judge
    folder: Path
    outcomes: dict[str, Outcome] = field(default_factory=dict)  # by address; OK unless said
    verdicts: dict[str, Support] = field(default_factory=dict)  # by words that the claim holds
    unasked: set[str] = field(default_factory=set)
    now: datetime = NOW
    judged: list[str] = field(default_factory=list)
    settings: dict[str, object] = field(default_factory=dict)

    def write(self, name: str, text: str) -> Path:
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def build(self, days: int = 0) -> None:
        """A whole build, some days after the first."""
        self.now = NOW + timedelta(days=days)
        place = place_of(self.folder, None)
        books = wiring.open_library(place, read_config(place, {}, engine__workers=1).config)
        parts = replace(books.parts, open_fetcher=lambda: self, judge=self, clock=lambda: self.now)
        books = Library(parts)
        try:
            pipeline.build(books)
        finally:
            books.close()

    def check(self, *names: str, baseline: Baseline | None = None, here: Path | None = None) -> Checked:
        """The pages of those names, or all, as seen from the folder of pages or from another one."""
        place = Place(self.folder / ".sourcebook", None)
        config = read_config(place, {}, **self.settings).config
        paths = [self.folder / name for name in names]
        with open_gate(place, config, lambda: self.now) as gate:
            return gate.check(paths, baseline or Baseline(), here or self.folder)

    # --- the seams

    def fetch(self, wanted) -> Iterator[Fetched | NotAsked]:
        for one in wanted:
            if one.url in self.unasked:
                yield NotAsked(one.source_id, one.url, "offline")
                continue
            outcome = self.outcomes.get(one.url, Outcome.OK)
            yield Fetched(
                source_id=one.source_id,
                url=one.url,
                final_url=one.url,
                checked_at=self.now,
                captured_at=self.now,
                outcome=outcome,
                reason="status 200" if outcome is Outcome.OK else f"the reason of {outcome.value}",
                origin="web",
                status=200,
                media_type="text/plain",
                charset="utf-8",
                body=WORDS.encode(),
                exchanges=(_exchange(one.url, self.now),),
            )

    def judge(self, claim, source_id, document, capture):
        self.judged.append(claim.text)
        support = next((said for words, said in self.verdicts.items() if words in claim.text), None)
        if support is None or document is None:
            return Unjudged(claim.id, source_id, UnjudgedReason.NOT_CAPTURED, "the source was not fetched yet")
        start = document.text.index("forty-seven")
        passage = Passage(start, start + 23, document.text[start : start + 23])
        return Verdict(
            claim_id=claim.id,
            source_id=source_id,
            support=support,
            probability=0.5,
            passages=(passage,),
            why=f"the judge says {support.value}",
            judge="test 1",
        )


def _exchange(url: str, at: datetime) -> Exchange:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"
    return Exchange(url, at, b"GET / HTTP/1.1\r\nHost: a.example\r\n\r\n", head, WORDS.encode())


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    folder = tmp_path / "kb"
    folder.mkdir()
    return Desk(folder)


@pytest.fixture
def rules_of() -> Callable[[Checked], list[str]]:
    """The rules of the findings, as they are told."""
    return lambda checked: [finding.rule.value for finding in checked.findings]
