"""Made-up web pages of several kinds with their gold texts, the same each time."""

import json
import random
from collections.abc import Callable
from pathlib import Path

from bench.made_up import WORDS

PAGES_OF_A_KIND = 12

_FRAME = """<!DOCTYPE html><html lang="en"><head><title>{title} | The Example</title>
<meta property="og:title" content="{title}"><style>p {{ color: black }}</style></head><body>
<header class="site-header"><nav><ul>{menu}</ul></nav></header>
<div class="page">{body}</div>
<aside class="sidebar"><div class="widget"><h3>Most read</h3><ul>{links}</ul></div></aside>
<footer class="footer"><p>Copyright 2026 The Example. All rights reserved.</p><ul>{menu}</ul></footer>
<script>{script}</script></body></html>"""


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


def _framed(chance: random.Random, body: str) -> str:
    menu = "".join(f'<li><a href="/{word}">{word.title()}</a></li>' for word in chance.sample(WORDS, 12))
    links = "".join(f'<li><a href="/{n}">{_sentence(chance, 7)}</a></li>' for n in range(8))
    script = "var x = {};" * 400
    return _FRAME.format(title=_sentence(chance, 6), menu=menu, body=body, links=links, script=script)


def _article(chance: random.Random) -> tuple[str, str]:
    texts = [_paragraph(chance) for _ in range(14)]
    comments = "".join(f'<div class="comment"><p>{_paragraph(chance)}</p></div>' for _ in range(4))
    words = "".join(f"<p>{text}</p>" for text in texts)
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
