"""When a source is summed up again."""

from sourcebook.library import Signed
from sourcebook.types.reviews import ReviewField
from tests.library.conftest import Shelf
from tests.library.test_judging import ONE, PAGES, web


def test_a_corrected_type_makes_the_summary_again_and_nothing_else_does(shelf: Shelf) -> None:
    shelf.fetcher = web(PAGES)
    shelf.page("page.md", f"# Ferries\n\nThe Bergen yard built nine electric ferries.[^1]\n\n[^1]: {ONE}\n")
    first = shelf.build().summaries
    with shelf.open() as library:
        library.correct(ONE, {ReviewField.TITLE: ["Nine ferries"]}, Signed("Ann", "its own"))
    titled = shelf.build().summaries
    with shelf.open() as library:
        library.correct(ONE, {ReviewField.TYPE: ["news article"]}, Signed("Ann", "I read it"))
    typed = shelf.build().summaries

    assert (first, titled, typed) == (1, 0, 1)
