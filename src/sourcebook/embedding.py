"""What texts are about, as numbers: the optional half of search. The model comes in a Python package, and runs here."""

import importlib.util
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from sourcebook.errors import UsageError

if TYPE_CHECKING:
    import numpy as np
    from tokenizers import Tokenizer

_PACKAGE = "wordllama"  # carries the weights: 32,000 pieces of words, 256 numbers each
_WEIGHTS = "weights/l2_supercat_256.safetensors"
_PIECES = "tokenizers/l2_supercat_tokenizer_config.json"
_NEEDED = (_PACKAGE, "numpy", "safetensors", "tokenizers")
_MOST_CHARACTERS = 4_000  # of a text: what it is about is said early, and the mean of a whole book is about nothing


class Embedder(Protocol):
    """Makes vectors of one length, so that near meanings give near vectors."""

    name: str  # of the model: a part of every fingerprint

    def embed(self, texts: Sequence[str]) -> list[bytes]:
        """A vector for each text: 16-bit floats, of length one."""
        ...

    def likeness(self, question: str, vectors: Sequence[bytes]) -> list[float]:
        """How near each vector is to a question: the cosine, -1 to 1."""
        ...


class WordEmbedder:
    """The mean of the vectors of a text's words (WordLlama, MIT): no network to run through, so it needs no graphics
    card, and a text takes half a millisecond."""

    name = "wordllama l2_supercat_256"

    def embed(self, texts: Sequence[str]) -> list[bytes]:
        """See `Embedder`."""
        return [one.astype("<f2").tobytes() for one in self._vectors(texts)]

    def likeness(self, question: str, vectors: Sequence[bytes]) -> list[float]:
        """See `Embedder`."""
        import numpy as np  # noqa: PLC0415 - loaded when the extra is used

        if not vectors:
            return []
        asked = self._vectors([question])[0]
        known = np.frombuffer(b"".join(vectors), "<f2").reshape(len(vectors), -1).astype("f4")
        return [float(one) for one in known @ asked]

    def _vectors(self, texts: Sequence[str]) -> "list[np.ndarray]":
        import numpy as np  # noqa: PLC0415 - loaded when the extra is used

        found = []
        cut = [text[:_MOST_CHARACTERS].encode("utf-8", "replace").decode() for text in texts]
        for pieces in self._tokenizer.encode_batch(cut, add_special_tokens=False):
            mean = self._weights[pieces.ids].mean(0) if pieces.ids else np.zeros(self._weights.shape[1], "f4")
            found.append(mean / (float(np.linalg.norm(mean)) or 1.0))
        return found

    @cached_property
    def _weights(self) -> "np.ndarray":
        from safetensors.numpy import load_file  # noqa: PLC0415 - loaded when the extra is used

        weights: np.ndarray = next(iter(load_file(_folder() / _WEIGHTS).values())).astype("f4")
        return weights

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        from tokenizers import Tokenizer  # noqa: PLC0415 - loaded when the extra is used

        made = Tokenizer.from_file(str(_folder() / _PIECES))
        made.no_padding()
        made.no_truncation()
        return made


def find_embedder(setting: str) -> Embedder | None:
    """What the setting `search.semantic` asks for: `auto` uses the extra where it is installed. Loads nothing yet.

    Raises UsageError where it must be used and is not installed.
    """
    if setting not in ("auto", "on", "off"):
        raise UsageError(f"setting 'search.semantic' cannot be {setting!r}", "set it to auto, on or off")
    if setting == "off":
        return None
    if all(importlib.util.find_spec(name) is not None for name in _NEEDED):
        return WordEmbedder()
    if setting == "on":
        raise UsageError(
            "search.semantic is on, and what it needs is not installed", "pip install 'sourcebook[semantic]'"
        )
    return None


def _folder() -> Path:
    # its own loader is not used: it would look for the pieces on the network
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise UsageError("the model of semantic search is not installed", "pip install 'sourcebook[semantic]'")
    return Path(spec.origin).parent
