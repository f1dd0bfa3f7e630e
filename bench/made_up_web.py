"""Made-up web pages of several kinds with their gold texts, the same each time.

Their frames weigh what those of real pages do: of 186 pages of public benchmarks the one in the middle has 111 kB, of
which 68 are markup, with 680 elements, 1,070 attributes, 130 links and 140 texts.
"""

import json
import random
from collections.abc import Callable
from pathlib import Path

from bench.made_up import WORDS

PAGES_OF_A_KIND = 12

_FRAME = """<!DOCTYPE html><html lang="en"><head><title>{title} | The Example</title>
<meta property="og:title" content="{title}">{tags}<style>p {{ color: black }}</style></head><body>
<header class="site-header"><nav><ul>{menu}</ul></nav></header>
<div class="page">{body}</div>
<aside class="sidebar"><div class="widget"><h3>Most read</h3><ul>{links}</ul></div></aside>
<footer class="footer"><p>Copyright 2026 The Example. All rights reserved.</p><ul>{menu}</ul></footer>
<script>{script}</script></body></html>"""
_ITEM = """
<li class="menu-item menu-item-type-custom menu-item-object-custom menu-item-{number} nav-item dropdown">
    <a class="menu-link nav-link dropdown-toggle" href="https://www.example.org/sections/{word}/{number}?source=menu"
        data-track="navigation|section|{word}|{number}" aria-label="Section {word}" role="menuitem" tabindex="-1">
        <span class="menu-label">{word}</span>
    </a>
</li>"""
_TEASER = """
<li class="teaser teaser--small teaser--{number} list-item">
    <a class="teaser__link" href="https://www.example.org/2025/11/teaser-{number}.html?source=most-read">
        <div class="teaser__image image image--16x9">
            <picture><source srcset="https://images.example.org/{number}/640.webp 640w">
            <img class="image__inner lazy" src="https://images.example.org/{number}.jpg" alt=""></picture>
        </div>
        <span class="teaser__words"><span class="teaser__headline">{words}</span></span>
    </a>
</li>"""


def write_pages_to_read(folder: Path) -> Path:
    """Pages of each kind and a listing of them, as `bench/grow.py` takes it."""
    chance = random.Random(13)
    lines = []
    for kind, make in _KINDS.items():
        for number in range(PAGES_OF_A_KIND):
            body, text = make(chance)
            path = folder / f"{kind}{number}.html"
            path.write_text(_framed(chance, body), encoding="utf-8")
            url = f"https://{kind}s.example/{kind}/{'-'.join(chance.sample(WORDS, 4))}"
            lines.append(json.dumps({"path": path.name, "url": url, "site": kind, "set": kind, "text": text}))
    listing = folder / "listing.jsonl"
    listing.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return listing


def write_deep_pages(folder: Path) -> list[Path]:
    """Pages that no honest site has: nested by the thousand, or many megabytes long."""
    paragraph = f"<p>{_paragraph(random.Random(13))}</p>"
    deep = {
        "divisions": "<div>" * 100_000 + paragraph * 5,
        "tables": "<table><tr><td>" * 3_000 + paragraph * 3,
        "lists": "<ul><li>" * 5_000 + paragraph * 3,
        "links": "<a href=x><span>" * 10_000 + "deep words " * 100,
        "rows": f"<table>{'<tr><td>cell</td><td>1</td></tr>' * 40_000}</table>",
        "menus": paragraph * 5 + "<div>" + '<a href="/x">link</a> ' * 100_000 + "</div>",
        "paragraphs": paragraph * 30_000,
        "line": f"<p>{'word ' * 1_000_000}</p>",
    }
    for name, body in deep.items():
        (folder / f"{name}.html").write_text(f"<html><body>{body}", encoding="utf-8")
    return [folder / f"{name}.html" for name in deep]


def _framed(chance: random.Random, body: str) -> str:
    menu = "".join(_ITEM.format(number=number, word=chance.choice(WORDS)) for number in range(60))
    links = "".join(_TEASER.format(number=number, words=_sentence(chance, 7)) for number in range(24))
    tags = "".join(f'<meta name="tag:{number}" content="{_sentence(chance, 12)}">' for number in range(60))
    script = f"var x{chance.randrange(1000)} = {{}};" * 3_000
    return _FRAME.format(title=_sentence(chance, 6), tags=tags, menu=menu, body=body, links=links, script=script)


def _article(chance: random.Random) -> tuple[str, str]:
    texts = [_paragraph(chance) for _ in range(14)]
    comments = "".join(f'<div class="comment"><p>{_paragraph(chance)}</p></div>' for _ in range(4))
    words = "".join(f'<p class="paragraph paragraph--{len(text)}">{text}</p>' for text in texts)
    body = f'<article><h1>{_sentence(chance, 6)}</h1><div class="entry-content">{words}</div></article>'
    return f'{body}<section id="comments">{comments}</section>', "\n".join(texts)


def _forum(chance: random.Random) -> tuple[str, str]:
    texts = [_paragraph(chance) for _ in range(9)]
    posts = (
        f'<div class="message"><div class="message-user"><a href="/u">{chance.choice(WORDS)}</a></div>'
        f'<div class="message-content">{text}</div><div class="actions"><a href="#">Reply</a></div></div>'
        for text in texts
    )
    return f"<h1>{_sentence(chance, 6)}</h1>{''.join(posts)}", "\n".join(texts)


def _documentation(chance: random.Random) -> tuple[str, str]:
    texts = [text for _ in range(8) for text in (_sentence(chance, 3), _paragraph(chance), "run --all the tests")]
    parts = (
        f"<h2>{heading}</h2><p>{words}</p><pre><code>{code}</code></pre>"
        for heading, words, code in zip(texts[::3], texts[1::3], texts[2::3], strict=True)
    )
    return f'<main><div class="markdown">{"".join(parts)}</div></main>', "\n".join(texts)


def _listing(chance: random.Random) -> tuple[str, str]:
    texts = [f"{_sentence(chance, 6)} {_sentence(chance, 18)}" for _ in range(15)]
    cards = (
        f'<div class="card"><h3><a href="/x">{text.split(". ")[0]}.</a></h3><p>{text.split(". ")[1]}</p></div>'
        for text in texts
    )
    return f'<main><h1>All reports</h1><div class="grid">{"".join(cards)}</div></main>', "\n".join(texts)


def _product(chance: random.Random) -> tuple[str, str]:
    about, rows = _paragraph(chance), [(chance.choice(WORDS), _sentence(chance, 3)) for _ in range(8)]
    table = "".join(f"<tr><th>{name}</th><td>{value}</td></tr>" for name, value in rows)
    body = f'<main><h1>{_sentence(chance, 3)}</h1><div class="product-description"><p>{about}</p></div>'
    return f'{body}<table class="specs">{table}</table></main>', "\n".join([about, *(" ".join(row) for row in rows)])


_KINDS: dict[str, Callable[[random.Random], tuple[str, str]]] = {
    "article": _article,
    "forum": _forum,
    "documentation": _documentation,
    "listing": _listing,
    "product": _product,
}


def _paragraph(chance: random.Random) -> str:
    return " ".join(_sentence(chance, chance.randint(9, 22)) for _ in range(3))


def _sentence(chance: random.Random, words: int) -> str:
    return f"{' '.join(chance.choices(WORDS, k=words)).capitalize()}."
