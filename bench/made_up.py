"""A made-up knowledge base of any size, the same each time."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

WORDS = """
committee report safeguard model weight release licence policy audit market study language region river winter
summer library museum teacher student farmer engine signal harbour garden letter number paper method result
question answer reason measure record source reader writer budget council member meeting minute season village
""".split()


@dataclass(frozen=True, slots=True)
class KnowledgeBase:
    """Where it was put."""

    pages: Path
    archive: Path


def made_up_knowledge_base(folder: Path, pages: int, sources: int, archived: int) -> KnowledgeBase:
    """Pages that cite sources in links and footnotes, and a WARC that holds the first of them."""
    chance = random.Random(7)
    urls = [f"https://site{number % 400}.example/{number}/{chance.choice(WORDS)}" for number in range(sources)]
    root = folder / "pages"
    for number in range(pages):
        path = root / f"section{number % 12}" / f"page{number}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_page(chance, number, chance.sample(urls, 40)), encoding="utf-8")
    archive = folder / "web.warc.gz"
    with archive.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for number, url in enumerate(urls[:archived]):
            _add_article(writer, chance, url, datetime(2026, 3, 1, tzinfo=UTC) + timedelta(minutes=number))
    return KnowledgeBase(root, archive)


def _page(chance: random.Random, number: int, urls: list[str]) -> str:
    lines = [
        f"---\ntitle: Page {number}\ntype: concept\nquality: {chance.randint(20, 90)}\n---\n",
        f"# Page {number}\n",
    ]
    notes = []
    for position, url in enumerate(urls):
        if position % 3:
            lines.append(f"{_sentence(chance)} {_sentence(chance)[:-1]} ([{chance.choice(WORDS)}]({url})).\n")
        else:
            lines.append(f"{_sentence(chance)}[^{position}] {_sentence(chance)}\n")
            notes.append(f"[^{position}]: [{chance.choice(WORDS).title()}]({url})")
        lines.append("\n".join(_sentence(chance) for _ in range(6)) + "\n")
    return "\n".join((*lines, *notes)) + "\n"


def _sentence(chance: random.Random) -> str:
    words = [chance.choice(WORDS) for _ in range(chance.randint(8, 22))]
    return f"The {' '.join(words)} of {chance.randint(2, 900)}."


def _add_article(writer: WARCWriter, chance: random.Random, url: str, at: datetime) -> None:
    title = " ".join(chance.choice(WORDS) for _ in range(6)).capitalize()
    paragraphs = "".join(f"<p>{' '.join(_sentence(chance) for _ in range(6))}</p>" for _ in range(14))
    links = "".join(f'<li><a href="/{word}">{word}</a></li>' for word in WORDS)
    html = (
        f'<!doctype html><html lang="en"><head><title>{title} | Site</title>'
        f'<meta property="og:title" content="{title}">'
        f'<meta property="og:type" content="article"></head><body><nav><ul>{links}</ul></nav>'
        f"<article><h1>{title}</h1>{paragraphs}</article><footer>All rights are somebody's.</footer></body></html>"
    ).encode()
    headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(html)))]
    record = writer.create_warc_record(
        url,
        "response",
        payload=BytesIO(html),
        http_headers=StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1"),
        warc_headers_dict={"WARC-Date": at.strftime("%Y-%m-%dT%H:%M:%SZ")},
    )
    writer.write_record(record)
