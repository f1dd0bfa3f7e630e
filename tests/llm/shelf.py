"""Where answers are kept, in memory."""


class Shelf(dict[str, bytes]):
    """A shelf in memory."""

    def find(self, key: str) -> bytes | None:
        return self.get(key)

    def keep(self, key: str, answer: bytes) -> None:
        self[key] = answer
