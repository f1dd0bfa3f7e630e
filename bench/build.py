"""A build, and a build again with nothing changed: CPU time and memory of the whole process tree."""

import resource
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from bench import Measurement
from bench.made_up import made_up_knowledge_base

PAGES = 150
SOURCES = 3_000
ARCHIVED = 300  # sources that the archive holds; the others are not asked for


@dataclass(frozen=True, slots=True)
class Run:
    """What a command took, its children included."""

    cpu_s: float
    peak_mb: float  # of all its processes together, sampled


def measure() -> list[Measurement]:
    """A first build against the bar on memory, and a second one against the first."""
    with tempfile.TemporaryDirectory() as folder:
        made = made_up_knowledge_base(Path(folder), PAGES, SOURCES, ARCHIVED)
        program = [sys.executable, "-m", "sourcebook", "build", str(made.pages), "--from-archive", str(made.archive)]
        first = run(program)
        second = min((run(program) for _ in range(3)), key=lambda one: one.cpu_s)
    bare = run([sys.executable, "-c", "import sourcebook"])
    ratio = second.cpu_s / first.cpu_s
    return [
        Measurement(
            "second build", second.cpu_s, first.cpu_s, "CPU-s, peer: first build", ratio, "≤ 0.1", ratio <= 0.1
        ),
        Measurement(
            "peak memory",
            first.peak_mb,
            400,
            "MB of all processes, peer: the bar",
            first.peak_mb / 400,
            "≤ 1",
            first.peak_mb <= 400,
        ),
        Measurement(
            "import sourcebook", bare.cpu_s, 0.3, "CPU-s, peer: the bar", bare.cpu_s / 0.3, "≤ 1", bare.cpu_s <= 0.3
        ),
    ]


def run(command: list[str]) -> Run:
    """Run a command to its end. Raises CalledProcessError when it fails."""
    before = _cpu_of_children()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    watch = _Watch(process.pid)
    watch.start()
    _, errors = process.communicate()
    watch.join()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, stderr=errors)
    # samples miss the last moments, and what is over in a few; the system misses children that nobody waited for
    return Run(max(watch.cpu_s, _cpu_of_children() - before), watch.peak_mb)


def _cpu_of_children() -> float:
    """CPU seconds of the processes that have ended, and of those that they waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class _Watch(threading.Thread):
    """Samples a process and its children while they run, from /proc."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._root = pid
        self._cpu: dict[int, float] = {}
        self.peak_mb = 0.0

    @property
    def cpu_s(self) -> float:
        """CPU seconds of every process that was seen."""
        return sum(self._cpu.values())

    def run(self) -> None:
        """Until the process has gone."""
        while self._sample():
            time.sleep(0.01)

    def _sample(self) -> bool:
        tree = [self._root, *_children(self._root)]
        memory = 0.0
        for pid in tree:
            try:
                stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
                rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8")
            except OSError:
                continue
            self._cpu[pid] = (int(stat[11]) + int(stat[12])) / 100
            memory += next(int(line.split()[1]) / 1024 for line in rollup.splitlines() if line.startswith("Pss:"))
        self.peak_mb = max(self.peak_mb, memory)
        state = Path(f"/proc/{self._root}/stat")
        try:
            return state.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
        except OSError:
            return False


def _children(pid: int) -> list[int]:
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8")
    except OSError:
        return []
    own = [int(child) for child in text.split()]
    return own + [grandchild for child in own for grandchild in _children(child)]
