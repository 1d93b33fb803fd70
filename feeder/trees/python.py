"""A Python module's text -> a table of the names that are given plain data in it. Nothing of it is ever run.

What is not plain (a call, what stands in an ``if``, a condition on anything but a name for true or false) is a `Computed`.
"""

from __future__ import annotations

import ast
import warnings

from feeder.nodes import Items, Node, Scalar, Table
from feeder.problems import Mark
from feeder.texts.plaintext import clean
from feeder.trees.places import Computed, SyntaxFault


def parse(text: str) -> Table:
    """Return the names that are assigned, the latest value of each. Raises `SyntaxFault`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of escapes that are none, which are the site's own business
            module = ast.parse(text)
        return _names(module)
    except SyntaxError as error:
        mark = Mark(error.lineno or 1, max(error.offset or 1, 1))
        raise SyntaxFault("front-matter-syntax", f"not valid Python: {error.msg}", mark) from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise SyntaxFault("front-matter-too-deep", f"not valid Python: {error}", Mark(1, 1)) from error


def _names(module: ast.Module) -> Table:
    names: dict[str, tuple[Scalar, Node]] = {}
    for statement in module.body:
        for inner in ast.walk(statement):
            for target, value in _assigned(inner):
                key = Scalar(target.id, _mark(target))
                if inner is statement and value:
                    node = _node(value, names)
                elif isinstance(statement, ast.If) and value:
                    former = names.get(target.id)
                    node = _either(_node(value, names), statement, former[1] if former else None)
                else:
                    node = _computed(inner)
                names[target.id] = (key, node)
    return Table(tuple(names.values()), Mark(1, 1))


def _assigned(node: ast.AST) -> list[tuple[ast.Name, ast.expr | None]]:
    match node:
        case ast.Assign():
            return [(target, node.value) for target in node.targets if isinstance(target, ast.Name)]
        case ast.AnnAssign(target=ast.Name() as target):
            return [(target, node.value)]
        case ast.AugAssign(target=ast.Name() as target):
            return [(target, None)]
    return []


def _node(value: ast.expr, names: dict[str, tuple[Scalar, Node]]) -> Node:  # noqa: PLR0911 - one line for each kind of value
    mark = _mark(value)
    match value:
        case ast.Constant(value=bool() as flag):
            return Scalar(str(flag).lower(), mark)
        case ast.Constant(value=None):
            return Scalar("", mark)
        case ast.Constant(value=str() | int() | float() as plain):
            return Scalar(clean(str(plain)), mark)
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as number)):
            return Scalar(str(-number), mark)
        case ast.List() | ast.Tuple() | ast.Set():
            return Items(tuple(_node(item, names) for item in value.elts), mark)
        case ast.Dict():
            pairs = ((key, _node(item, names)) for key, item in zip(value.keys, value.values, strict=True) if key)
            plain_keys = ((_node(key, names), item) for key, item in pairs)
            return Table(tuple((key, item) for key, item in plain_keys if type(key) is Scalar), mark)
        case ast.Name(id=name) if name in names:
            return names[name][1]
    return _combined(value, names) or _computed(value)


def _combined(value: ast.expr, names: dict[str, tuple[Scalar, Node]]) -> Node | None:
    """Return what a sum, an f-string or a choice comes to, None where it rests on anything but plain data."""
    match value:
        case ast.BinOp(op=ast.Add()):
            texts = [_node(value.left, names), _node(value.right, names)]
        case ast.JoinedStr(values=parts):
            texts = [_node(_within(part), names) for part in parts]
        case ast.IfExp() if chosen := _chosen(value, names):
            return _node(chosen, names)
        case _:
            return None
    known = [text.text for text in texts if type(text) is Scalar]
    return Scalar("".join(known), _mark(value)) if len(known) == len(texts) else None


def _within(part: ast.expr) -> ast.expr:
    """Return what a part of an f-string shows; one that is formatted stays what it is, and is not plain."""
    plain = isinstance(part, ast.FormattedValue) and part.conversion == -1 and part.format_spec is None
    return part.value if plain and isinstance(part, ast.FormattedValue) and isinstance(part.value, ast.Name) else part


def _chosen(condition: ast.IfExp, names: dict[str, tuple[Scalar, Node]]) -> ast.expr | None:
    """Return what a condition comes to that rests on a name for true or false, None where it rests on anything else."""
    test, turned = condition.test, False
    while isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        test, turned = test.operand, not turned
    said = _node(test, names)
    if not (type(said) is Scalar and said.text in {"true", "false"}):
        return None
    return condition.body if (said.text == "true") is not turned else condition.orelse


def _either(value: Node, condition: ast.If, former: Node | None) -> Computed:
    """Return what a name has in an ``if`` or had before it, as one expression."""
    return Computed(f"{_shown(value)} if {ast.unparse(condition.test)} else {_shown(former)}", value.mark)


def _shown(node: Node | None) -> str:
    if isinstance(node, Computed):
        return node.text
    return repr(node.text) if isinstance(node, Scalar) else "…" if node else "None"


def _computed(node: ast.AST) -> Computed:
    return Computed(ast.unparse(node), _mark(node))


def _mark(node: ast.AST) -> Mark:
    return Mark(getattr(node, "lineno", 1), getattr(node, "col_offset", 0) + 1)
