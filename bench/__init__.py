"""Speed and memory, measured against named peers in the same run. `make bench` prints them all."""

from dataclasses import dataclass
from pathlib import Path

PEERS = Path(__file__).parent.parent / ".venv-bench/bin"  # made by `make bench`


@dataclass(frozen=True, slots=True)
class Measurement:
    """One figure, its peer's, and whether the bar holds; None where there is none."""

    name: str
    ours: float
    peer: float
    unit: str
    ratio: float
    bar: str
    holds: bool | None
