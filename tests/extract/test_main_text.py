"""The main text of pages of every kind: what is kept, how it is written down, and by which rules blocks are chosen."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sourcebook.extract import About, extract
from sourcebook.extract.blocks import Kind, blocks_of
from sourcebook.extract.choice import chooser_of, chosen, load_chooser
from sourcebook.extract.guard import parse_html
from sourcebook.extract.hints import Hint
from sourcebook.extract.phrases import PHRASES, phrases_of
from sourcebook.extract.traits import NAMES, Said, traits
from sourcebook.extract.words import written

PROSE = "The council published the weights of its model on Monday, a week before the evaluation that it had promised. "
MORE = "Members of both parties said that they had not been told, and asked for the tests that were left out. "
MENU = "".join(f'<li><a href="/{word}">{word.title()}</a></li>' for word in "home world sport culture opinion".split())
FRAME = """<html><head><title>{title}</title>{head}</head><body>
<header><nav class="menu"><ul>{menu}</ul></nav></header>
{body}
<footer class="site-footer"><p>Copyright 2025 The Example. All rights reserved.</p><a href="/terms">Terms</a></footer>
</body></html>"""


def read(body, title="On tests", head="", url="https://a.example/2025/on-tests"):
    page = FRAME.format(title=title, head=head, menu=MENU, body=body)
    return extract(page.encode(), About(url, "text/html")).text


def row(markup):
    tree = parse_html(f"<body>{markup}</body>")
    assert tree is not None
    return blocks_of(tree)


def blocks(markup):
    return row(markup).blocks


ARTICLE = f"""<article class="post"><h1>On tests</h1>
<div class="entry-content"><p>{PROSE * 2}</p><h2>Why</h2><p>{MORE * 2}</p><p>{PROSE}{MORE}</p></div></article>
<aside class="related-posts"><h3>Related posts</h3>
<ul><li><a href="/a">Ten phones for spring</a></li><li><a href="/b">What to cook on Sunday</a></li></ul></aside>
<section id="comments"><h3>2 comments</h3>
<div class="comment"><p>First! Never read such nonsense in all my life.</p></div></section>"""
FORUM = "".join(
    f'<div class="message" id="post-{n}"><div class="message-user"><a href="/u/{n}">member{n}</a></div>'
    f'<div class="message-content"><div class="bbWrapper">{words} And so I thought in year {n}.</div></div></div>'
    for n, words in enumerate([PROSE, MORE, PROSE + MORE, MORE + PROSE])
)
DOCS = f"""<main><div class="markdown"><h1>Testing</h1><p>{PROSE}</p><pre><code>$ run --all
  done</code></pre><p>{MORE}</p>
<ol><li>Install the tests.</li><li>Run the tests on the model, and wait.</li></ol></div></main>"""


@pytest.mark.parametrize(
    ("body", "url", "kept"),
    [
        pytest.param(ARTICLE, "https://a.example/2025/on-tests", [PROSE * 2, MORE * 2, "## Why"], id="article"),
        pytest.param(FORUM, "https://forum.a.example/threads/on-tests.12/", [PROSE, MORE, "year 3"], id="forum thread"),
        pytest.param(
            DOCS,
            "https://docs.a.example/testing",
            [PROSE, "```\n$ run --all\n  done\n```", "1. Install the tests.\n2. Run the tests on the model"],
            id="documentation",
        ),
    ],
)
def test_the_text_of_a_page_is_kept_and_its_frame_is_not(body, url, kept):
    text = read(body, url=url)

    for words in kept:
        assert words.strip() in text
    for other in ("Culture", "All rights reserved", "Terms", "Ten phones", "never read such nonsense", "First! Never"):
        assert other not in text


def test_the_same_bytes_give_the_same_text():
    assert read(ARTICLE) == read(ARTICLE)


def test_a_paragraph_that_stands_twice_for_two_screens_is_kept_once():
    twice = f'<p class="lead-mobile">{PROSE}</p><p class="lead">{PROSE}</p>'
    body = f"<article><h1>On tests</h1>{twice}<p>{MORE * 2}</p></article>"

    assert read(body).count(PROSE.strip()) == 1


def test_breaks_make_lines_and_double_breaks_make_paragraphs():
    first, second = blocks("One line<br>and another.<br> <br>\nThen more.")

    assert first.text == "One line\nand another."
    assert second.text == "Then more."


def test_a_table_of_facts_is_rows_and_a_table_for_layout_is_what_stands_in_it():
    facts = blocks("<table><tr><th>Year</th><th>Tests</th></tr><tr><td>2024</td><td>a|b <b>60</b></td></tr></table>")
    layout = blocks(f"<table><tr><td><p>{PROSE * 12}</p></td><td><p>Aside</p></td></tr><tr><td>x</td></tr></table>")

    assert written(facts) == "| Year | Tests |\n| --- | --- |\n| 2024 | a/b 60 |"
    assert {block.kind for block in layout} == {Kind.PARAGRAPH}


def test_lists_within_lists_are_indented_and_numbers_kept():
    nested = blocks("<ol><li>One<ul><li><p>A</p><p>still A</p></li></ul></li><li>Two</li></ol>")

    assert written(nested) == "1. One\n  - A\n\nstill A\n\n2. Two"


def test_a_power_is_no_digit_of_its_number_and_a_note_behind_a_word_stays_as_it_is():
    text = read(
        f"<article><h1>On tests</h1><p>It takes 10<sup>25</sup> steps a test<sup>3</sup>. {PROSE * 3}</p></article>"
    )

    assert "10²⁵ steps a test3" in text


def test_a_quotation_keeps_its_mark_on_every_line():
    assert (
        written(blocks("<blockquote><p>One</p><p>Two<br>three</p></blockquote><p>x</p>"))
        == "> One\n>\n> Two\n> three\n\nx"
    )


def test_code_keeps_its_lines_and_nothing_is_escaped():
    assert written(blocks("<pre>a\n  *b*_c_ &lt;d&gt;\n</pre>")) == "```\na\n  *b*_c_ <d>\n```"


@pytest.mark.parametrize(
    ("markup", "hint"),
    [
        ('<div class="c-articleBody__text">x</div>', Hint.BODY),
        ('<div id="relatedStories">x</div>', Hint.RELATED),
        ('<div class="user-comments">x</div>', Hint.COMMENT),
        ('<div role="navigation">x</div>', Hint.NAV),
        ('<div style="color:red; display: none">x</div>', Hint.HIDDEN),
        ("<aside><p>x</p></aside>", Hint.ASIDE),
    ],
)
def test_elements_say_what_stands_in_them(markup, hint):
    assert blocks(markup)[0].hints & hint
    assert not blocks("<div class='b27'>x</div>")[0].hints & hint


def test_every_trait_has_its_place():
    page = row(f"<h1>On tests</h1>{ARTICLE}{FORUM}{DOCS}")
    numbers = traits(page, [0.0] * len(page.blocks), Said("https://a.example/x", "On tests"))

    assert {len(one) for one in numbers} == {len(NAMES)}
    assert [one[NAMES.index("words")] > 0 for one in numbers] == [True] * len(numbers)
    assert numbers[0][NAMES.index("is_heading")]
    assert not numbers[1][NAMES.index("in_comment")]
    assert any(one[NAMES.index("in_comment")] for one in numbers)


def test_the_trees_that_come_with_the_program_are_whole():
    chooser = load_chooser()

    assert chooser.trees > 100
    assert 0 < chooser.likelihoods([[0.0] * len(NAMES)])[0] < 1


def test_a_tree_is_followed_to_its_leaf():
    chooser = chooser_of({"traits": ["words"], "trees": [[0, 1.5, -9.0, 9.0]]})
    long = [2.0 if name == "words" else 0.0 for name in NAMES]

    assert [round(one) for one in chooser.likelihoods([[0.0] * len(NAMES), long])] == [0, 1]


def test_a_doubtful_page_is_read_more_boldly_than_a_plain_one():
    plain = row("<p>one two three four</p><p>five six seven eight</p><p>nine ten eleven twelve</p>")

    assert len(chosen(plain, [0.99, 0.99, 0.35])) == 2
    assert len(chosen(plain, [0.5, 0.4, 0.35])) == 3
    assert chosen(plain, [0.1, 0.05, 0.1]) == []


def test_a_refrain_stands_as_often_as_its_author_wrote_it_and_a_copy_in_another_element_once():
    refrain = f"<p>{PROSE}</p>"
    twice = row(f"<section>{refrain}<p>{MORE}</p>{refrain}</section><section>{refrain}</section>")

    assert [block.text for block in chosen(twice, [0.9] * 4)] == [PROSE.strip(), MORE.strip(), PROSE.strip()]


def test_what_stands_again_within_a_long_block_is_kept_there_alone():
    run_together = f"{MORE}{PROSE}" + " ".join(f"word{number}" for number in range(120))
    page = row(f"<div><p>{PROSE}</p><p>On tests</p></div><section>{run_together}</section><p>{MORE}Indeed.</p>")

    texts = [block.text for block in chosen(page, [0.9] * 4)]

    assert texts == ["On tests", run_together, f"{MORE}Indeed."]


def test_a_menu_is_no_part_of_a_page_and_a_short_link_beside_one_is_not_judged():
    page = row(f"<nav><ul>{MENU}</ul></nav><p>{PROSE}</p><footer><a href='/terms'>Terms</a><p>{MORE}</p></footer>")
    numbers = traits(page, [0.0] * len(page.blocks), Said())

    assert [block.text for block in page.blocks] == [PROSE.strip(), "Terms", MORE.strip()]
    assert [one is None for one in numbers] == [False, True, False]
    assert load_chooser().likelihoods(numbers)[1] == 0.0


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param(f"<nav><p>{PROSE}</p><a href='/x'>More</a></nav>", id="words beside its links"),
        pytest.param(f"<ul class='links'><li><a href='/x'>{PROSE}</a></li></ul>", id="a link as long as a headline"),
    ],
)
def test_what_only_stands_where_menus_do_is_judged(markup):
    assert PROSE.strip() in [block.text for block in blocks(markup)]


def test_what_is_within_many_menus_that_are_none_is_read_in_time():
    nested = "<nav>" * 200 + f"<p>{PROSE}</p>" + "<a href='/x'>x</a>" * 20_000

    assert PROSE.strip() in [block.text for block in blocks(nested)]


@pytest.mark.parametrize(
    ("text", "trait"),
    [
        pytest.param("NEVER LET GO", "shouted", id="capitals"),
        pytest.param("• The first of them", "starred", id="a mark of its own"),
        pytest.param("Protesters at the gate (Image: GETTY)", "credited", id="a credit at the end"),
        pytest.param("Sign up for our newsletter.", "calls", id="a call to the reader"),
        pytest.param("The council met on Monday.", None, id="a sentence"),
        pytest.param(f"{PROSE * 3}Subscribe", None, id="a paragraph, whatever it mentions"),
    ],
)
def test_short_blocks_sound_like_what_they_are(text, trait):
    said = phrases_of(text, len(text.split()))

    assert [name for name, found in zip(PHRASES, said, strict=True) if found] == ([trait] if trait else [])


def test_what_holds_of_most_elements_of_a_shape_holds_of_each():
    page = row("".join(f"<div class='post'><p class='said'>{PROSE}</p></div>" for _ in range(4)) + f"<p>{MORE}</p>")
    numbers = traits(page, [1.0, 1.0, 1.0, 0.0, 0.0], Said())

    assert [one[NAMES.index("alike_voted")] for one in numbers] == [0.75] * 4 + [0.0]
    assert [round(one[NAMES.index("around_share")], 1) for one in numbers[:2]] == [0.8, 0.8]


def test_a_block_that_the_description_of_its_page_holds_is_known():
    page = row(f"<p>{PROSE}</p><p>{MORE}</p>")
    numbers = traits(page, [0.0, 0.0], Said(description=f"{PROSE.upper()} And more."))

    assert [one[NAMES.index("described")] for one in numbers] == [True, False]
    assert [one[NAMES.index("begins_description")] for one in numbers] == [True, False]


TAGS = "p div span a ul ol li table tr td th pre blockquote h1 br article nav script style form button noscript".split()
MARKUP = st.lists(
    st.one_of(
        st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]),
        st.sampled_from([PROSE, "x", "<", "&", "&#0;", '<p class="', "<!--", "-->", "\0", "<li hidden>", "]]>", "| a"]),
        st.text(max_size=12),
    ),
    max_size=60,
).map("".join)


@given(MARKUP)
@settings(max_examples=150, deadline=None)
def test_no_markup_makes_it_fail_and_its_text_is_clean(markup):
    document = extract(f"<html><body>{markup}".encode("utf-8", "replace"), About("https://a.example/x", "text/html"))

    assert document.text == document.text.strip()
    assert not set(document.text) & set("\0\r\x0b\x0c\x1e\x1f")
    assert all(0 <= region.start < region.end <= len(document.text) for region in document.regions)
    json.dumps(document.text)
