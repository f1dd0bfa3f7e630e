"""What kind of text it is, by its words."""

import pytest

from sourcebook.summarise import likely_type
from sourcebook.types.sources import SourceType

PAPER = "In this paper we propose a method. Experiments on three datasets show that our model outperforms baselines."
NEWS = "Police said on Monday that a man was arrested. The minister told reporters that the court would decide."


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param(PAPER, SourceType.PAPER, id="a paper"),
        pytest.param(NEWS, SourceType.NEWS_ARTICLE, id="news"),
        pytest.param("How to plant a tree: dig a hole and water it.", SourceType.WEB_PAGE, id="neither"),
        pytest.param(f"{PAPER} {NEWS}", SourceType.WEB_PAGE, id="both"),
        pytest.param("", SourceType.WEB_PAGE, id="nothing"),
    ],
)
def test_the_words_of_a_text_tell_its_kind(text, kind):
    assert likely_type(text) is kind
