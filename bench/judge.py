"""Claims held against pages of 7,000 characters by the local judge: CPU time beside difflib's, which only looks for the
nearest sentence, and the memory of a process that judges them all.
"""

import difflib
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable

from bench import Measurement
from sourcebook import sentences
from sourcebook.types.documents import Document
from sourcebook.types.pages import Claim
from sourcebook.verify import weigh

PAGES = 60
CHARACTERS = 7_000
MOST_MS, MOST_MB = 30.0, 300.0
_NEAREST = 5

_WORDS = """
council yard ferry harbour weight model release licence policy audit market study language region river winter summer
library museum teacher student farmer engine signal garden letter number paper method result cost price share report
office board member minister island bridge winter storm school hospital captain crew ticket timber coal copper
""".split()
_NAMES = "Bergen Oslo Halden Meridian Lattice Corvid Tundra Atlas Varga Okafor Birch Lindqvist Merrow Haddad".split()

_Pair = tuple[str, str]  # a claim and a page


def measure() -> list[Measurement]:
    """The same claims and pages for both; neither pays for loading."""
    pairs = made_up_claims()
    ours, theirs = _cpu_ms(_judge, pairs), _cpu_ms(_nearest, pairs)
    holds = ours <= min(theirs, MOST_MS)
    bar = f"≤ 1, ≤ {MOST_MS:g} ms"
    memory = _peak_mb(pairs)
    return [
        Measurement("judging a claim", ours, theirs, "CPU-ms a claim, peer: difflib", ours / theirs, bar, holds),
        Measurement(
            "memory of judging", memory, MOST_MB, "MB; peer: the bar", memory / MOST_MB, "≤ 1", memory <= MOST_MB
        ),
    ]


def made_up_claims() -> list[_Pair]:
    """Pages with numbers, names and dates, and sentences of them with a word, a number or nothing changed."""
    chance = random.Random(3)
    found: list[_Pair] = []
    for _ in range(PAGES):
        page: list[str] = []
        while sum(map(len, page)) < CHARACTERS:
            page.append(_sentence(chance))
        text = "\n\n".join(" ".join(page[at : at + 5]) for at in range(0, len(page), 5))
        found.append((_changed(chance, chance.choice(page)), text))
    return found


def _sentence(chance: random.Random) -> str:
    words = chance.choices(_WORDS, k=chance.randint(9, 22))
    words.insert(len(words) // 2, f"{chance.choice(_NAMES)} {chance.choice(_NAMES)}")
    if chance.random() < 0.5:
        words.append(f"{chance.randint(2, 9_000):,} {chance.choice(_WORDS)}s in {chance.randint(1990, 2026)}")
    return f"The {' '.join(words)}."


def _changed(chance: random.Random, claim: str) -> str:
    words = claim.split()
    words[chance.randrange(1, len(words))] = chance.choice([*_WORDS, str(chance.randint(2, 9_000))])
    return " ".join(words)


def _judge(claim: str, text: str) -> None:
    weigh(Claim("", claim, "", "", 0, len(claim)), "", Document(text=text))


def _nearest(claim: str, text: str) -> None:
    spans = [text[start:end] for start, end in sentences.spans(text)]
    difflib.get_close_matches(claim, spans, _NEAREST, 0.0)


def _cpu_ms(judge: Callable[[str, str], None], pairs: list[_Pair]) -> float:
    judge(*pairs[0])
    started = time.process_time()
    for claim, text in pairs[1:]:
        judge(claim, text)
    return 1_000 * (time.process_time() - started) / (len(pairs) - 1)


def _peak_mb(pairs: list[_Pair]) -> float:
    """What the kernel says that a process held at the most, which judged all of them by `sourcebook judge`."""
    lines = "".join(json.dumps({"claim": claim, "text": text}) + "\n" for claim, text in pairs)
    code = (
        "import resource, sys; from sourcebook.cli import run; code = run(['judge']);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", code], input=lines, text=True, check=True, capture_output=True)
    return int(done.stderr.splitlines()[-1]) / 1_024
