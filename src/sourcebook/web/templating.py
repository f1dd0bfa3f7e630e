"""Templates, compiled so that writing a value costs no more than it must: a record has some 250 of them."""

import re
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

_TOLD = re.compile("[&<>'\"]")  # what means something in HTML


def written(value: Any) -> str:
    """A value as it stands in a page. `escape` makes two objects of each, and most need no change."""
    kind = type(value)
    if kind is Markup or (kind is str and _TOLD.search(value) is None):
        return value  # type: ignore[no-any-return]
    return str(value) if kind is int else escape(value)


class _Writer(CodeGenerator):
    """Has values written by `written` wherever `escape` would be called."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.written(")


class Templates(Environment):
    """The templates of the web app."""

    code_generator_class = _Writer
    written = staticmethod(written)
