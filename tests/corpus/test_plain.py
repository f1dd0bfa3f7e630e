"""The words of a page without its markup."""

from sourcebook.corpus import plain_text


def test_words_stay_and_signs_addresses_and_notes_go() -> None:
    page = (
        "---\ntitle: Secret\n---\n\n# Owls\n\nAn **owl** hunts [voles](https://example.org/v).[^1] `code` &amp; more\n"
        '<R id="1">a source</R> <!-- hidden -->\n\n| A | B |\n| --- | --- |\n| 1 | 2 |\n\n[^1]: Ann, *Voles*.\n'
        "[ref]: https://example.org/ref\n<script>bad()</script>"
    )
    words = plain_text(page).split()

    assert " ".join(words) == "Owls An owl hunts voles. code & more a source A B 1 2 Ann, *Voles*."
