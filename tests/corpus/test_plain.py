"""The words of a page without its markup."""

import pytest

from sourcebook.corpus import plain_text
from tests.corpus.reading import within_half_a_minute


def test_words_stay_and_signs_addresses_and_notes_go() -> None:
    page = (
        "---\ntitle: Secret\n---\n\n# Owls\n\nAn **owl** hunts [voles](https://example.org/v).[^1] `code` &amp; more\n"
        '<R id="1">a source</R> <!-- hidden -->\n\n| A | B |\n| --- | --- |\n| 1 | 2 |\n\n[^1]: Ann, *Voles*.\n'
        "[ref]: https://example.org/ref\n<script>bad()</script>"
    )
    words = plain_text("owls.mdx", page).split()

    assert " ".join(words) == "Owls An owl hunts voles. code & more a source A B 1 2 Ann, *Voles*."


def test_a_page_of_a_wiki_is_its_words_too() -> None:
    page = (
        "{{Infobox\n| name = Owl\n}}\n'''Owls''' hunt [[vole|voles]].<ref name=\"v\">Ann</ref><!--x-->\n\n== Food ==\n"
        '* Mice &amp; {{convert|5|km}} off.[[Category:Birds]]\n{| class="x"\n! A !! B\n|-\n| 1 || 2\n|}\n'
    )
    words = plain_text("owls.wiki", page).split()

    assert " ".join(words) == "name = Owl Owls hunt voles.Ann Food Mice & 5 km off. A | B 1 | 2"


@pytest.mark.parametrize(
    "hostile", ["<!--" * 50_000, "{{" + "a" * 200_000, " " * 200_000 + "x", "{{" + " " * 200_000 + "|", "[[" * 50_000]
)
def test_what_never_closes_costs_no_more_than_its_length(hostile: str) -> None:
    """Where each sign is tried to the end of the page, these take minutes."""
    with within_half_a_minute():
        assert plain_text("owls.wiki", f"Owls.\n\n{hostile}").startswith("Owls.")
