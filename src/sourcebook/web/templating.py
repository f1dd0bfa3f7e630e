"""Templates, compiled so that writing a value costs no more than it must: a record has some 250 of them."""

from collections.abc import Iterable, MutableMapping
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape


def written(value: Any) -> str:
    """A value as it stands in a page: what `escape` makes of it, which costs three times as much and looks at every
    letter, where most texts need no change."""
    kind = type(value)
    if kind is str:
        if "&" in value or "<" in value or ">" in value or "'" in value or '"' in value:
            return _told(value)
        return value  # type: ignore[no-any-return]
    if kind is Markup:
        return value  # type: ignore[no-any-return]
    return str(value) if kind is int or kind is float else escape(value)


def _told(text: str) -> str:
    """What means something in HTML, written so that it means itself."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&#34;").replace("'", "&#39;")


class _Writer(CodeGenerator):
    """Writes the same with fewer steps, where a page has hundreds of them."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        """Have values written by `written` wherever `escape` would be called."""
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.written(")

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        """Gather what a block writes, and hand it on at once: each piece would pass through three generators."""
        whole = frame.buffer is None and frame.block is not None
        if whole:
            self.buffer(frame)
        super().blockvisit(nodes, frame)
        if whole:
            self.writeline(f"yield concat({frame.buffer})")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - called by this name
        """An attribute as Python reads it. Jinja would ask whether there is one, and else for an item of that name: of
        dictionaries, templates ask for items."""
        self.visit(node.node, frame)
        self.write(f".{node.attr}")


class Templates(Environment):
    """The templates of the web app."""

    code_generator_class = _Writer
    written = staticmethod(written)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What all templates have, in a plain dictionary: each page copies it three times."""
        return {**self.globals, **d} if d else self.globals
