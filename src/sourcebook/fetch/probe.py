"""Does a site answer addresses that nobody ever gave out? Pure; `visit.py` asks for one of them, once a host.

Error pages without any of the words that we know are seen by this: what a made-up address gets is no page.
"""

import hashlib
import re
from collections import Counter
from urllib.parse import urlsplit

from msgspec.structs import replace

from sourcebook import ids
from sourcebook.fetch.bodies import Seen
from sourcebook.fetch.glance import Glance
from sourcebook.fetch.outcomes import is_front, needs_script
from sourcebook.types.captures import NEEDS_SCRIPT, Outcome
from sourcebook.types.fetching import Fetched

_MOST_PROSE = 1_500  # characters: no error page has more, so nobody is asked twice for an article
_LEAST_ALIKE = 0.9  # of the words: what is left are times, numbers and the address itself


def is_doubtful(seen: Seen) -> bool:
    """Is this a good answer that an error page could give too?"""
    answer = seen.fetched
    if answer.outcome is not Outcome.OK or answer.status != 200 or not seen.page.source:
        return False
    return (seen.page.prose < _MOST_PROSE or _moved(answer)) and not is_front(answer.url)


def _moved(answer: Fetched) -> bool:
    """Was the answer found at another place of the same site?"""
    if len(answer.exchanges) == 1 or ids.host(answer.url) != ids.host(answer.final_url):
        return False
    return ids.match_key(answer.url) != ids.match_key(answer.final_url)


def made_up(url: str) -> str:
    """An address beside this one that nobody can have given out; always the same for the same address."""
    parts = urlsplit(url)
    folder, _, name = parts.path.rpartition("/")
    ending = re.search(r"\.[A-Za-z]{2,5}$", name)
    return f"{parts.scheme}://{parts.netloc}{folder}/{_made_up_name(url)}{ending[0] if ending else ''}"


def judged(seen: Seen, made_up_url: str, probe: Seen) -> Fetched:
    """The answer, in the light of what the made-up address got."""
    answer = seen.fetched
    if probe.fetched.status != 200 or not _is_same(seen, probe):
        return answer
    evidence = f"a made-up address, {urlsplit(made_up_url).path!r}, gives the same page"
    if needs_script(seen.page):  # the frame of an application is the same for all that it shows
        return replace(answer, outcome=Outcome.THIN, reason=f"{evidence}, and {NEEDS_SCRIPT}")
    return replace(answer, outcome=Outcome.SOFT_GONE, reason=evidence)


def _is_same(seen: Seen, probe: Seen) -> bool:
    if seen.fetched.final_url == probe.fetched.final_url:
        return True
    mine, other = _words(seen), _words(probe)
    if _titles(seen.page, mine) != _titles(probe.page, other):
        return False
    alike = (mine & other).total()
    return alike >= _LEAST_ALIKE * max(mine.total(), other.total(), 1)


def _titles(page: Glance, words: "Counter[str]") -> tuple[str, ...]:
    """Title and heading, without what only the address put there."""
    return tuple(word for word in re.findall(r"\w+", f"{page.title} {page.heading}".lower()) if word in words)


def _words(seen: Seen) -> "Counter[str]":
    """The words that a page shows, without numbers and those of its own address."""
    address = set(re.findall(r"\w+", seen.fetched.url.lower()))
    shown = re.findall(r"\w+", f"{seen.page.title} {seen.page.heading} {seen.page.text}".lower())
    return Counter(word for word in shown if word not in address and not word.isdecimal())


def _made_up_name(url: str) -> str:
    return hashlib.sha256(url.encode("utf-8", "replace")).hexdigest()[:16]
