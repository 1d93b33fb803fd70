"""A Python module's text -> a table of the names that are given plain data in it. Nothing of it is ever run.

What is not plain (a call, a condition, what stands in an ``if``) is a `Computed`.
"""

from __future__ import annotations

import ast
import warnings

from feeder.nodes import Items, Node, Scalar, Table
from feeder.plaintext import clean
from feeder.problems import Mark
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
                plain = inner is statement and value is not None
                names[target.id] = (key, _node(value, names) if plain and value else _computed(inner))
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
        case ast.BinOp(op=ast.Add()):
            left, right = _node(value.left, names), _node(value.right, names)
            if type(left) is Scalar and type(right) is Scalar:
                return Scalar(left.text + right.text, mark)
    return _computed(value)


def _computed(node: ast.AST) -> Computed:
    return Computed(ast.unparse(node), _mark(node))


def _mark(node: ast.AST) -> Mark:
    return Mark(getattr(node, "lineno", 1), getattr(node, "col_offset", 0) + 1)
