"""Where the answers of a model are kept: with everything else that is derived, since each was paid for."""

import msgspec

from sourcebook.store import Store
from sourcebook.types.builds import Step


class AnswerShelf:
    """A shelf in the store; see `llm.asking.Shelf`."""

    def __init__(self, store: Store) -> None:
        self._derived = store.derived

    def find(self, key: str) -> bytes | None:
        """The answer to a question that was put before."""
        found = self._derived.find(Step.ANSWER, key, msgspec.Raw)
        return None if found is None else bytes(found)

    def keep(self, key: str, answer: bytes) -> None:
        """File an answer."""
        self._derived.save(Step.ANSWER, key, key, msgspec.Raw(answer))
