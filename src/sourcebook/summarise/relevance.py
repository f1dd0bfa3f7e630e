"""One sentence that ties a source to this knowledge base: a template over facts, so that it claims nothing. Pure."""

from collections import Counter
from collections.abc import Sequence

from sourcebook.summarise.terms import as_in_a_sentence, folded, phrases
from sourcebook.types.pages import Page
from sourcebook.types.sources import SourceType

MOST_PAGES = 3  # named; the rest are counted
MOST_TERMS = 3


def relevance_line(source_title: str, rating_type: SourceType, pages: Sequence[Page], shared: Sequence[str]) -> str:
    """Which pages cite the source and what they share with it; "" when nobody cites it.

    `Cited by the approach page “Open Source AI Safety” on open weights and model release.`
    """
    if not pages:
        return ""
    named = sorted(pages, key=lambda page: -1.0 if page.quality is None else page.quality, reverse=True)[:MOST_PAGES]
    names = [_named(page) for page in named]
    more = f"{len(pages)} pages, among them " if len(pages) > MOST_PAGES else ""
    known = {folded(word) for word in rating_type.value.split()}
    terms = [term for term in shared if not {folded(word) for word in term.split()} <= known]
    about = f" on {_listed(terms[:MOST_TERMS])}" if terms and not _says_it_all(terms, source_title, named) else ""
    return f"Cited by {more}{_listed(names)}{about}."


def shared_terms(document_text: str, pages_text: Sequence[str]) -> tuple[str, ...]:
    """The phrases that a source shares with the pages that cite it, the most telling first.

    Give it what each is about (title, description, tags), not whole texts: those share half of the language.
    """
    here = {tuple(map(folded, phrase)): phrase for phrase in phrases(document_text)}
    counts: Counter[tuple[str, ...]] = Counter()
    for text in pages_text:
        counts.update({key for phrase in phrases(text) if (key := tuple(map(folded, phrase))) in here})
    best = sorted(counts, key=lambda key: (-len(key), -counts[key], key))
    chosen: list[tuple[str, ...]] = []
    for key in best:
        if not any(set(key) & set(other) for other in chosen):
            chosen.append(key)
    if any(len(key) > 1 for key in chosen):
        chosen = [key for key in chosen if len(key) > 1]  # beside a phrase, a single word says little
    chosen.sort(key=lambda key: (-counts[key], -len(key), key))
    texts = (document_text, *pages_text)
    return tuple(as_in_a_sentence(here[key], texts) for key in chosen[: 2 * MOST_TERMS])


def _named(page: Page) -> str:
    kind = page.type.strip()
    return f"the {_lower(kind)} page “{page.title}”" if kind else f"the page “{page.title}”"


def _lower(kind: str) -> str:
    """A page type within a sentence: "Approach" is lower, "AI lab" keeps its capitals."""
    return " ".join(word if word.isupper() and len(word) > 1 else word.lower() for word in kind.split())


def _says_it_all(terms: Sequence[str], source_title: str, pages: Sequence[Page]) -> bool:
    """Would the terms only repeat the one page's title, when that is the source's own title too?"""
    return len(pages) == 1 and len(terms) == 1 and pages[0].title.casefold() == source_title.casefold()


def _listed(words: Sequence[str]) -> str:
    """One, two and three things as English lists them."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
