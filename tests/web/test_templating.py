"""Values in pages mean themselves, whatever signs they hold; and pages are put together as Jinja2 would by itself."""

from types import SimpleNamespace

import pytest
from jinja2 import DictLoader, Environment
from markupsafe import Markup, escape

from sourcebook.types.sources import SourceType
from sourcebook.web.templating import Templates, written

_TEMPLATES = {
    "outer": "<{% block head %}{{ one.name }}{{ table['name'] }}{% endblock %}|{% block body %}{% endblock %}>",
    "signs": "{% macro sign(of) %}[{{ of }}]{% endmacro %}",
    "inner": "{% extends 'outer' %}{% import 'signs' as signs %}{% block body %}"
    "{% for one in many if one.name %}{{ signs.sign(one.name) }}{{ loop.index }}"
    "{% block deep scoped %}{{ one.name.upper() }}{% endblock %}{% endfor %}"
    "{{ many | map(attribute='name') | join(', ') }}{{ table['nothing'] is defined }}{% endblock %}",
}


@pytest.mark.parametrize(
    "value",
    [
        "plain words",
        "<script>alert(1)</script>",
        'it\'s "quoted" & more; &amp; stays',
        "",
        Markup("<b>ours</b>"),
        7,
        0.1 + 0.2,
        True,
        None,
        SourceType.BLOG_POST,
        Markup("<i>") + "<",
    ],
)
def test_a_value_is_written_as_it_would_be_escaped(value: object) -> None:
    assert written(value) == str(escape(value))


def test_templates_say_what_they_say_to_jinja_itself() -> None:
    many = [SimpleNamespace(name=name) for name in ("<x>", "", "it's")]
    shown = {"one": SimpleNamespace(name="a & b"), "many": many, "table": {"name": "&"}}
    said = [
        kind(loader=DictLoader(_TEMPLATES), autoescape=True).get_template("inner").render(shown)
        for kind in (Environment, Templates)
    ]

    assert said[0] == said[1]
    assert said[0] == "<a &amp; b&amp;|[&lt;x&gt;]1&lt;X&gt;[it&#39;s]2IT&#39;S&lt;x&gt;, , it&#39;sFalse>"


def test_what_a_value_does_not_have_is_a_failure() -> None:
    page = Templates(loader=DictLoader({"page": "{{ one.nothing }}"}), autoescape=True).get_template("page")

    with pytest.raises(AttributeError):
        page.render({"one": SimpleNamespace(name="a")})
