"""What the publisher itself says that a source is about, when that is a real description. Pure."""

import re

from sourcebook.sentences import spans
from sourcebook.summarise.sentences import is_boilerplate, size
from sourcebook.summarise.terms import content_words
from sourcebook.types.documents import Document

LEAST_WORDS = 12
LEAST_NEW = 0.4  # share of a description's words that its title does not hold

_CUT_OFF = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\])\s*$")
_STOPS = '.!?。！？”"’)'
_HASHTAGS = re.compile(r"(?:\s+#\w+)+[.\s]*$")


def publishers_own(document: Document) -> list[str]:
    """The sentences of the publisher's own description or abstract; none when it is not a real one.

    Not real: a few words, a text that breaks off, the title again, or words to the visitor.
    """
    said = _HASHTAGS.sub("", " ".join(document.description.split()))
    words = set(content_words(said))
    if size(said) < LEAST_WORDS or _CUT_OFF.search(said) or is_boilerplate(said):
        return []
    if len(words - set(content_words(document.title))) < LEAST_NEW * len(words):
        return []
    sentences = [said[start:end] for start, end in spans(said)]
    if len(sentences) > 1 and sentences[-1][-1] not in _STOPS:
        sentences.pop()  # it breaks off
    return [one if one[-1] in _STOPS else f"{one.rstrip(' ,;:–—-')}." for one in sentences]
