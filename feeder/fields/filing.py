"""Categories and tags as front matter gives them -> their names, as the dialect takes text apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.nodes import Items, Node, Scalar, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from feeder.fields.lookup import Fields


def names_of(fields: Fields, name: str) -> tuple[str, ...]:
    """Return the names that the keys of a field give, as the dialect takes text apart."""
    split = fields.dialect.split
    return tuple(
        text
        for key, node in fields.pairs(name)
        for text in (
            split(key, node.text) if split and isinstance(node, Scalar) else _category_names(node, fields, name)
        )
        if text.strip()
    )


def labelled(names: tuple[str, ...], labels: Mapping[str, str]) -> tuple[str, ...]:
    """Return tags under the names that the site has for them."""
    return tuple([labels.get(name.strip(), name) for name in names]) if labels else names


def _category_names(node: Node, fields: Fields, name: str) -> Iterator[str]:
    """Yield the names in text, in a list (of lists) or in a table with a name."""
    match node:
        case Scalar():
            yield node.text
        case Items():
            for item in node.items:
                yield from _category_names(item, fields, name)
        case Table():
            named = next((value for key, value in node.pairs if key.text.casefold() in _NAMES), None)
            if isinstance(named, Scalar):
                yield named.text
            else:
                fields.report("wrong-type", node, f"a table in {name} needs a name")


_NAMES = frozenset({"name", "title", "label"})


def last_path(fields: Fields, filed: tuple[str, ...], *, told: bool) -> tuple[str, ...]:
    """Return the path of categories that addresses are made of: of several, the last that is not on one before it.

    Hexo takes the category that it came to know last, the site's other posts included; of these nothing is known here,
    which is reported if it is to be ``told``.
    """
    pairs = fields.pairs("categories")
    node = pairs[0][1] if pairs else None
    if fields.dialect.paths and isinstance(node, Items) and any(isinstance(item, Items) for item in node.items):
        paths = [tuple(filter(None, _category_names(item, fields, "categories"))) for item in node.items]
        met = dict.fromkeys(path[: number + 1] for path in paths for number in range(len(path)))
        taken = [*met][-1] if met else ()
        others = {path for path in met if path != taken[: len(path)]}
        if told and others:
            message = (
                f"Hexo uses the path that it read last; that is {'/'.join(taken)} if no other post uses these paths"
            )
            fields.report("permalink-unsure", node, message)
        return taken
    return filed
