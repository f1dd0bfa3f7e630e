"""Documents as a typesetter makes them: columns, hyphenation, ligatures, running heads, footnotes, covers, stamps.

Each is set from sentences that stand in it once and in a known order, and knows its own title, authors and date.
"""

from collections.abc import Callable, Iterator
from functools import cache

from tests.extract.matter import Made, Matter, ordinal, paragraphs, typeset


def paper(number: int, size: float = 10, columns: int = 2, gutter: str = "12pt") -> Made:
    """A paper in columns: title and authors over both, footnotes, headings, a running head, references."""
    matter = Matter(number)
    body = matter.sentences(60)
    note = f"The minutes of document {number} were fetched in spring, and nobody has read them since."
    running = f"Proceedings of the Invented Society {number}"
    source = f"""
#set page("a4", columns: {columns}, margin: (x: 1.9cm, y: 2.4cm), header: align(center)[#text(8pt)[{running}]],
  numbering: "1")
#set columns(gutter: {gutter})
#set par(justify: true, first-line-indent: 1em, leading: 0.55em, spacing: 0.55em)
#set text({size}pt, hyphenate: true)
#set heading(numbering: "1.1")
#place(top + center, scope: "parent", float: true)[
  #text(17pt, weight: "bold")[{matter.title}]
  #v(0.3em)
  {", ".join(f"{name}#super[{index + 1}]" for index, name in enumerate(matter.authors))}\\
  #text(9pt)[#super[1]University of Orrell #h(1em) #super[2]Ferry Institute]
  #v(0.8em)
]
#align(center)[*Abstract*]
{paragraphs(body[:4])}

= Introduction
{paragraphs(body[4:20])}#footnote[{note}]

= Method
== The files
{paragraphs(body[20:45])}

= Results
{paragraphs(body[45:])}

#heading(numbering: none)[References]
#set par(hanging-indent: 1em, first-line-indent: 0em)
[1] A. Merrow. 2019. The office of offices. Journal of Ferries 12(3), pp. 4-9. doi:10.5555/jf.12.3

[2] F. Offerman and J. Takeda. 2021. Affluence and its flags. In Proceedings of the Fourth Fleet, pp. 88-97.
"""
    return Made(
        f"paper {number} {size}pt {columns} columns", typeset(source, matter), matter.title, matter.authors, "",
        tuple(body), (note,), (running,),
    )  # fmt: skip


def article(number: int) -> Made:
    """One column with a date, left and right running heads, and a file that calls itself what its program did."""
    matter = Matter(number)
    body = matter.sentences(70)
    source = f"""
#set page("us-letter", margin: 2.6cm, numbering: "1", header: context {{ if counter(page).get().first() > 1 [
  #if calc.odd(counter(page).get().first()) [#h(1fr) {matter.title[:30]}] else [{matter.authors[0]}] ] }})
#set text(11pt, font: "New Computer Modern", hyphenate: true)
#set par(justify: true)
#text(8pt)[ORIGINAL ARTICLE]

#text(19pt)[{matter.title}]

{" · ".join(matter.authors)}

#text(9pt)[Received: 1 January 2018 / Accepted: 3 February 2018 / Published: {matter.date[0]}]

{paragraphs(body)}
"""
    return Made(
        f"article {number}", typeset(source, matter, "Microsoft Word - draft7.docx"), matter.title, matter.authors,
        matter.date[1], tuple(body),
    )  # fmt: skip


def report(number: int) -> Made:
    """A report with a cover: the series larger than the title, the organisation, a date."""
    matter = Matter(number)
    body = matter.sentences(50)
    running = f"Office of Ferries | Report {number}"
    source = f"""
#set page("a4", margin: 2.5cm)
#set text(10.5pt, font: "Libertinus Serif")
#v(5cm)
#text(30pt)[WORKING PAPER]
#v(1cm)
#text(24pt, weight: "bold")[{matter.title}]
#v(1cm)
#text(13pt)[{" and ".join(matter.authors[:2])}]
#v(6cm)
{matter.date[0]}
#pagebreak()
#set page(footer: [#text(8pt)[{running} #h(1fr) #context counter(page).display() of 9]])
#set par(justify: true)
= Executive summary
{paragraphs(body[:10])}
= Findings
{paragraphs(body[10:])}
"""
    return Made(
        f"report {number}", typeset(source, matter), matter.title, matter.authors[:2], matter.date[1], tuple(body), (),
        (running,),
    )  # fmt: skip


def slides(number: int) -> Made:
    """Slides: little text, large type, a foot on each."""
    matter = Matter(number)
    body = [f"Round {ordinal(index)} of the official fleet" for index in range(18)]
    pages = "\n".join(
        f"#pagebreak()\n#text(28pt)[What we saw in round {start}]\n"
        + "\n".join(f"- {line}" for line in body[start : start + 3])
        for start in range(0, 18, 3)
    )
    source = f"""
#set page(width: 25.4cm, height: 14.3cm, margin: 1.5cm, footer: text(9pt)[Invented Days {number} #h(1fr) Offices])
#set text(18pt)
#v(3cm)
#text(36pt, weight: "bold")[{matter.title}]

#text(16pt)[{", ".join(matter.authors)}]

#text(14pt)[{matter.date[0]}]
{pages}
"""
    return Made(
        f"slides {number}", typeset(source, matter), matter.title, matter.authors, matter.date[1], tuple(body), (),
        (f"Invented Days {number}",),
    )  # fmt: skip


def letter(number: int) -> Made:
    """A letter: nothing is larger than the rest, and a line says what it is about."""
    matter = Matter(number)
    body = matter.sentences(12)
    source = f"""
#set page("a4", margin: 3cm)
#set text(11pt)
Office of Ferries\\
1 Quay Street\\
Orrell

{matter.date[0]}

To the council of Affing

*Subject: {matter.title}*

Dear members of the council,

{paragraphs(body, 4)}

Yours faithfully,

{matter.authors[0]}
"""
    return Made(f"letter {number}", typeset(source, matter), matter.title, (), matter.date[1], tuple(body))


def stamped(number: int) -> Made:
    """A preprint with a stamp up its margin."""
    matter = Matter(number)
    body = matter.sentences(40)
    people = ", ".join(f"[{name} \\ #text(9pt)[Ferry Institute]]" for name in matter.authors)
    source = f"""
#set page("us-letter", margin: 2.8cm, numbering: "1", background: context {{ if counter(page).get().first() == 1 [
  #place(left + horizon, dx: 0.6cm)[#rotate(-90deg, reflow: true)[
    #text(16pt)[arXiv:2403.0{number:04}v2 \\[cs.CY\\] 14 Mar 2024]]]
  ] }})
#set text(10pt, font: "New Computer Modern", hyphenate: true)
#set par(justify: true)
#align(center)[#text(17pt)[{matter.title}]

  #grid(columns: {len(matter.authors)} * (1fr,), {people})
]
#align(center)[*Abstract*]
#pad(x: 1cm)[{paragraphs(body[:5])}]
= Introduction
{paragraphs(body[5:])}
"""
    return Made(
        f"stamped {number}",
        typeset(source, matter, matter.title),
        matter.title,
        matter.authors,
        "2024-03-14",
        tuple(body),
    )


def newsletter(number: int) -> Made:
    """Three narrow columns under a title, with a mark of a draft across the page."""
    matter = Matter(number)
    body = matter.sentences(36)
    source = f"""
#set page("a4", columns: 3, margin: 1.5cm, foreground: rotate(35deg)[#text(60pt, fill: rgb("cccccc"))[DRAFT COPY]])
#set columns(gutter: 14pt)
#set text(9pt, hyphenate: true)
#set par(justify: true)
#place(top, scope: "parent", float: true)[#text(26pt)[{matter.title}] \\ {matter.date[0]}]
{paragraphs(body, 4)}
"""
    return Made(f"newsletter {number}", typeset(source, matter), matter.title, (), matter.date[1], tuple(body))


def plain_memo(number: int) -> Made:
    """A title no larger than the text, in bold; a heading in capitals; lists."""
    matter = Matter(number)
    body = matter.sentences(24)
    items = "\n".join(f"+ {line}" for line in body[12:])
    source = f"""
#set page("us-letter", margin: 2.5cm, numbering: "1 / 1")
#set text(12pt, font: "DejaVu Sans Mono")
#align(center)[*{matter.title}*]

by {" and ".join(matter.authors[:2])}

{paragraphs(body[:12])}

RECOMMENDATIONS

{items}
"""
    return Made(f"memo {number}", typeset(source, matter), matter.title, matter.authors[:2], "", tuple(body))


MAKERS: tuple[Callable[[int], Made], ...] = (paper, article, report, slides, letter, stamped, newsletter, plain_memo)


@cache
def made() -> tuple[Made, ...]:
    """All of them: each sort of document several times, with other titles, people and sizes."""
    return tuple(_all())


def _all() -> Iterator[Made]:
    for place, maker in enumerate(MAKERS):
        for number in range(4):
            yield maker(number * 3 + place)
    yield paper(1, 9, 2, "9pt")
    yield paper(5, 11, 1)
    yield paper(8, 8.5, 3, "10pt")
    yield paper(10, 10, 2, "24pt")
