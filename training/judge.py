"""Train the local judge: `make judge DATA=folder`. Writes its vocabulary and its coefficients; the same every time.

FOLDER holds train.wice_sub, train.fm2, train.scifact, train.citint (only counted) and dev.wice, each as JSON lines with
claim, source, label (supported, partial, unsupported or contradicted), gold (offsets of the evidence, or null) and doc.
docs/adr/0011 says where the sets come from. With --check nothing is written: what would be must be what is shipped.
"""

import argparse
import json
import math
import sys
from pathlib import Path

import numpy as np
from msgspec.structs import asdict
from sklearn.linear_model import LogisticRegression

from sourcebook.facts import words
from sourcebook.verify import coefficients as shipped
from sourcebook.verify.features import NAMES, Evidence, evidence
from sourcebook.verify.reading import read
from training import background
from training.examples import examples, rows

HOME = Path(shipped.__file__).parent
VOCABULARY = Path(words.__file__).parent / words.BACKGROUND
ABOUT = (
    "Written by training/judge.py of Sourcebook: counts and coefficients, no text of the data sets. From WiCE (Kamoi "
    "and others 2023; annotations ODC-BY 1.0), FoolMeTwice (Eisenschlos and others 2021), SciFact (Wadden and others "
    "2020; claims CC BY 4.0, abstracts ODC-BY 1.0) and, for counting words only, Citation-Integrity (Sarol and others "
    "2024)."
)
SQUARED = NAMES[:17]
TIMES = (("text", "numbers_three"), ("common_three", "names_three"), ("three", "length"), ("best", "clauses"))
STRENGTH = 0.001  # little freedom: the made examples are not the world
TOLERANCE = 1e-6
# Where the judge draws its lines: chosen on dev.wice for balanced accuracy and for the three answers alike, such that
# of the claims that a page bears nothing out of hardly any is called supported. Of those whose words a page has far
# apart fewer still are borne out (0.22), but one number for all of them would tell less of each.
LINES = {
    "supported_from": 0.25, "supported_without_a_name": 0.35, "supported_below": 0.08, "unsupported_from": 0.4,
    "scattered_at_most": 0.35,
}  # fmt: skip


def main() -> int:
    """Train, then write or compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when what is shipped differs")
    asked = parser.parse_args()
    levels = {"about": ABOUT, "levels": background.count(asked.folder)}
    if asked.check:
        counted = levels["levels"] == json.loads(VOCABULARY.read_text(encoding="utf-8"))["levels"]
        same = counted and _alike(train(asked.folder), _shipped())
        print(
            "what is shipped is what training gives"
            if same
            else "training gives something else: `make judge` writes it"
        )
        return 0 if same else 1
    VOCABULARY.write_text(json.dumps(levels, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    words.background.cache_clear()
    (HOME / shipped.FILE).write_text(json.dumps(train(asked.folder), indent=1) + "\n", encoding="utf-8")
    return 0


def train(folder: Path) -> dict[str, object]:
    """The coefficients."""
    learned = examples(folder)
    terms = [shipped.BIAS, *NAMES, *(f"{name}*{name}" for name in SQUARED), *map("*".join, TIMES)]
    known = np.array([_values(evidence(read(one.claim), read(one.source)), terms) for one in learned])
    weights = np.array([one.weight for one in learned])
    tuning = rows(folder / "dev.wice.jsonl")
    held = [evidence(read(row.claim), read(row.source)) for row in tuning]
    tuned = np.array([_values(one, terms) for one in held])
    found: dict[str, object] = {"about": ABOUT}
    for label in ("supported", "unsupported"):
        answers = np.array([one.label == label for one in learned])
        line = _fit(known, answers, weights)
        truth = np.array([row.label == label for row in tuning])
        slope, shift = _calibrate(tuned @ line, truth)
        found[label] = {
            "weights": {term: round(float(weight), 6) for term, weight in zip(terms, line, strict=True)},
            "slope": round(slope, 6),
            "shift": round(shift, 6),
        }
    found |= LINES
    labels = [row.label for row in tuning]
    found["without_a_number"] = _how_often(labels, [_lacks_a_number(one) for one in held])
    strays = [bool(one.strays) and not _lacks_a_number(one) for one in held]
    found["with_a_stray"] = _how_often(labels, strays)
    return found


def _values(known: Evidence, terms: list[str]) -> list[float]:
    features = asdict(known.features)
    return [shipped.term(features, term) for term in terms]


def _fit(known: np.ndarray, answers: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """A logistic regression over terms of one size, written back to the terms as they are. Term 0 is the bias."""
    mean, size = known[:, 1:].mean(axis=0), known[:, 1:].std(axis=0) + 1e-12
    model = LogisticRegression(C=STRENGTH, max_iter=5_000, tol=1e-8)
    model.fit((known[:, 1:] - mean) / size, answers, sample_weight=weights)
    slopes = model.coef_[0] / size
    return np.concatenate([[float(model.intercept_[0]) - float(slopes @ mean)], slopes])


def _calibrate(sums: np.ndarray, truth: np.ndarray) -> tuple[float, float]:
    """The straight line that turns sums into log odds that hold on claims of whole sentences."""
    model = LogisticRegression(C=1e6, max_iter=5_000, tol=1e-8)
    model.fit(sums.reshape(-1, 1), truth)
    return float(model.coef_[0][0]), float(model.intercept_[0])


def _lacks_a_number(known: Evidence) -> bool:
    return any(fact.binding and not fact.found for fact in known.facts)


def _how_often(labels: list[str], of: list[bool]) -> float:
    """How often some claims are borne out, as a careful guess."""
    some = [label for label, is_one in zip(labels, of, strict=True) if is_one]
    return round((sum(label == "supported" for label in some) + 1) / (len(some) + 2), 4)


def _shipped() -> dict[str, object]:
    found: dict[str, object] = json.loads((HOME / shipped.FILE).read_text(encoding="utf-8"))
    return found


def _alike(one: object, other: object) -> bool:
    """Are two results the same but for the last digits?"""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_alike(value, other[name]) for name, value in one.items())
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-3, abs_tol=TOLERANCE)
    return one == other


if __name__ == "__main__":
    sys.exit(main())
