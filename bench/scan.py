"""A scan against remark, the parser that such pages are usually read with: CPU time on the same pages.

Set BENCH_PAGES to a folder to measure on pages of your own.
"""

import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import Measurement
from bench.build import run

PAGES = 100
RUNS = 3  # the least of so many is taken: what else the machine does only ever adds
BAR = 20
_REMARK = Path(__file__).parent / "remark"
_WORDS = """
committee report safeguard model weight release licence policy audit market study language region river winter
summer library museum teacher student farmer engine signal harbour garden letter number paper method result
""".split()


def measure() -> list[Measurement]:
    """How many times less CPU time a scan takes. Needs node and npm, and the network on the first run."""
    _install()
    with tempfile.TemporaryDirectory() as folder:
        pages = Path(os.environ.get("BENCH_PAGES") or made_up_pages(Path(folder)))
        ours = min(run([sys.executable, "-m", "sourcebook", "scan", str(pages), "--json"]).cpu_s for _ in range(RUNS))
        peer = min(run(["node", str(_REMARK / "scan.mjs"), str(pages)]).cpu_s for _ in range(RUNS))
    ratio = peer / ours
    return [Measurement("scan", ours, peer, "CPU-s, peer: remark", ratio, f"≥ {BAR}", ratio >= BAR)]


def _install() -> None:
    if (_REMARK / "node_modules").is_dir():
        return
    subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--silent"], cwd=_REMARK, check=True)


def made_up_pages(folder: Path) -> Path:
    """MDX pages of about 30 kB, the same each time, with what such pages have: tables, footnotes, components."""
    chance = random.Random(11)
    for number in range(PAGES):
        path = folder / f"section{number % 9}" / f"page{number}.mdx"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_page(chance, number), encoding="utf-8")
    return folder


def _page(chance: random.Random, number: int) -> str:
    notes = [
        f"[^{note}]: [{_words(chance, 4)}](https://site{chance.randrange(400)}.example/{note})" for note in range(12)
    ]
    parts = [
        f"---\ntitle: Page {number}\nentityType: concept\nquality: {chance.randint(20, 90)}\n---\n",
        "import {Diagram, R, Term} from '@components';\n",
        f"# Page {number}\n",
    ]
    for section in range(12):
        parts += [f"## {_words(chance, 3)}\n", _paragraph(chance, section), _table(chance)]
        parts += [" ".join(_sentence(chance) for _ in range(6)) + "\n" for _ in range(2)]
        parts.append("\n".join(f"- **{_words(chance, 2)}**: {_sentence(chance)}" for _ in range(6)) + "\n")
    parts.append("<Diagram chart={`\nflowchart TD\n    A[one] --> B[two]\n    B --> C{three}\n`} />\n")
    return "\n".join((*parts, *notes)) + "\n"


def _paragraph(chance: random.Random, note: int) -> str:
    link = f"[{_words(chance, 2)}](https://site{chance.randrange(400)}.example/{_words(chance, 1)})"
    source = f'<R id="{chance.randrange(16**16):016x}">{_words(chance, 2)}</R>'
    return f"{_sentence(chance)}[^{note}] {_sentence(chance)[:-1]} {link}. By {source} {_sentence(chance)}\n"


def _table(chance: random.Random) -> str:
    rows = ["| Name | Value | Share | Source |", "|---|---|---|---|"]
    for _ in range(5):
        cited = f"[{_words(chance, 1)}](https://site{chance.randrange(400)}.example/t)"
        source = cited if chance.random() < 0.3 else _words(chance, 1)
        rows.append(f"| **{_words(chance, 2)}** | {_words(chance, 6)} | {chance.randrange(100)}% | {source} |")
    return "\n".join(rows) + "\n"


def _sentence(chance: random.Random) -> str:
    return f"{_words(chance, 18).capitalize()}."


def _words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(_WORDS, k=count))
