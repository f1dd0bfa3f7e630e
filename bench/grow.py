"""Grow the trees of `extract/choice.json` from pages with gold texts: `python -m bench.grow PAGES.jsonl [--write]`.

Each line is `{"path", "url", "site", "set", "text"}`: an HTML file (beside the listing) and the text that a person
took from it; or `{"path", "url", "site", "set", "with", "without"}`: phrases that are part of the text, and some that
are not. Prints what pages of sites that were not grown on are worth, then grows on all of them.

Needs LightGBM, which is no dependency of the program: `pip install lightgbm`.
"""

import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from sourcebook.extract import choice
from sourcebook.extract.blocks import Block, Row, blocks_of
from sourcebook.extract.decode import decode
from sourcebook.extract.guard import parse_markup
from sourcebook.extract.page import said_of
from sourcebook.extract.traits import NAMES, traits
from sourcebook.extract.votes import votes_on
from sourcebook.extract.walk import gather
from sourcebook.extract.words import written

FOLDS = 5
ROUNDS = 250
GROWTH = {
    "objective": "cross_entropy",
    "learning_rate": 0.06,
    "num_leaves": 8,  # more leaves learn the sites by heart
    "min_data_in_leaf": 60,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 5,
    "verbose": -1,
    "num_threads": 1,
    "extra_trees": True,  # thresholds by lot: the best ones fit the pages, not the web
    "seed": 1,
    "deterministic": True,
}
MOST_WEIGHT = 150  # words of a block that count
WORDS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]|[^\W\u3040-\u30ff\u3400-\u9fff]+")
TARGET = Path(choice.__file__).with_name("choice.json")


Gold = dict[str, Any]  # one line of a listing


@dataclass
class Lesson:
    """A page to learn from: its blocks, and how far each of them is text."""

    gold: Gold
    row: Row
    traits: list[list[float] | None]  # None for menus
    truth: list[float | None]  # None where nobody said

    def weights(self) -> list[float]:
        """Each page counts the same, however long it is."""
        text = sum(block.words for block, truth in zip(self.row.blocks, self.truth, strict=True) if (truth or 0) >= 0.5)
        known = 3 if "with" in self.gold else 1  # of such pages few blocks are known
        return [known * min(block.words + 1, MOST_WEIGHT) / max(MOST_WEIGHT, text + 100) for block in self.row.blocks]


def gold_of(listing: Path) -> list[Gold]:
    """What a listing says of each page."""
    return [json.loads(line) for line in listing.read_text("utf-8").splitlines()]


def lessons(listing: Path) -> Iterator[Lesson]:
    """Every page of a listing that holds anything to learn."""
    for gold in gold_of(listing):
        tree, markup = parse_markup(decode((listing.parent / gold["path"]).read_bytes()))
        if tree is None or not (row := blocks_of(tree)).blocks:
            continue
        said = said_of(gather(tree, gold["url"]))
        truth = list(_by_text(row.blocks, gold["text"]) if "text" in gold else _by_phrases(row.blocks, gold))
        yield Lesson(gold, row, traits(row, votes_on(row.blocks, markup), said), truth)


def _by_text(blocks: Sequence[Block], text: str) -> Iterator[float | None]:
    """The share of four words in a row that the gold text holds too."""
    gold = tokens(text)
    fours = set(zip(gold, gold[1:], gold[2:], gold[3:], strict=False))
    line = f" {' '.join(gold)} "
    for block in blocks:
        words = tokens(block.text)
        runs = list(zip(words, words[1:], words[2:], words[3:], strict=False))
        if runs:
            yield sum(run in fours for run in runs) / len(runs)
        else:
            yield float(f" {' '.join(words)} " in line) if words else None


def _by_phrases(blocks: Sequence[Block], gold: Gold) -> Iterator[float | None]:
    for block in blocks:
        words = " ".join(block.text.split())
        if any(phrase in words or (len(words) > 30 and words in phrase) for phrase in gold["with"]):
            yield 1.0
        else:
            said_not = any(phrase in words or (len(words) > 30 and words in phrase) for phrase in gold["without"])
            yield 0.0 if said_not else None


def tokens(text: str) -> list[str]:
    """Words; characters of scripts without spaces."""
    return WORDS.findall(text.lower())


def grown(pages: Sequence[Lesson]) -> dict[str, Any]:
    """Trees from pages, as `choice.json` keeps them."""
    import lightgbm  # noqa: PLC0415  # installed by hand, see above
    import numpy as np  # noqa: PLC0415

    rows = [(x, y, w) for page in pages for x, y, w in zip(page.traits, page.truth, page.weights(), strict=True)]
    known = [row for row in rows if row[0] is not None and row[1] is not None]
    table = np.array([row[0] for row in known], dtype=np.float64)
    weight = np.array([row[2] for row in known])
    data = lightgbm.Dataset(table, np.array([row[1] for row in known]), weight=weight / weight.mean())
    model = lightgbm.train(GROWTH, data, ROUNDS).dump_model()
    trees = [_nested(tree["tree_structure"]) for tree in model["tree_info"]]
    used = sorted({trait for tree in trees for trait in _used(tree)})
    return {"traits": [NAMES[trait] for trait in used], "trees": [_numbered(tree, used) for tree in trees]}


def _nested(node: dict[str, Any]) -> Any:
    if "leaf_value" in node:
        return round(node["leaf_value"], 5)
    below, above = _nested(node["left_child"]), _nested(node["right_child"])
    return [node["split_feature"], float(f"{node['threshold']:.9g}"), below, above]


def _used(tree: Any) -> Iterator[int]:
    if isinstance(tree, list):
        yield tree[0]
        yield from _used(tree[2])
        yield from _used(tree[3])


def _numbered(tree: Any, used: Sequence[int]) -> Any:
    if not isinstance(tree, list):
        return tree
    return [used.index(tree[0]), tree[1], _numbered(tree[2], used), _numbered(tree[3], used)]


def score(gold: Gold, text: str) -> float:
    """F1 over words; of pages with phrases, over phrases."""
    if "with" in gold:
        words = " ".join(text.split())
        hits = sum(phrase in words for phrase in gold["with"])
        wrong = sum(phrase in words for phrase in gold["without"])
        return 2 * hits / (hits + wrong + len(gold["with"])) if hits else 0.0
    found, wanted = Counter(tokens(text)), Counter(tokens(gold["text"]))
    both = (found & wanted).total()
    return 2 * both / (found.total() + wanted.total()) if both else 0.0


def checked(pages: Sequence[Lesson]) -> dict[str, list[float]]:
    """Scores by set, each page read by trees that saw no page of its site."""
    sites = sorted({page.gold["site"] for page in pages})
    random.Random(0).shuffle(sites)
    fold = {site: number % FOLDS for number, site in enumerate(sites)}
    scores: dict[str, list[float]] = {}
    for number in range(FOLDS):
        chooser = choice.chooser_of(grown([page for page in pages if fold[page.gold["site"]] != number]))
        for page in pages:
            if fold[page.gold["site"]] == number:
                text = written(choice.chosen(page.row, chooser.likelihoods(page.traits)))
                scores.setdefault(page.gold["set"], []).append(score(page.gold, text))
    return scores


def main(arguments: Sequence[str]) -> int:
    """Check, and grow when told to write."""
    pages = list(lessons(Path(arguments[0])))
    for name, scores in sorted(checked(pages).items()):
        click.echo(f"{name:<20} {len(scores):>5} pages  F1 {sum(scores) / len(scores):.4f}")
    if "--write" in arguments:
        TARGET.write_text(json.dumps(grown(pages), separators=(",", ":")) + "\n", encoding="utf-8")
        click.echo(f"wrote {TARGET}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
