"""`NamedTuple`, as `typing` has it, and defined in less than half the time: feeder's values are fifty classes of it.

`typing.NamedTuple` compiles the annotation of each field to look whether it could be a type, which is mypy's work.
"""

from __future__ import annotations

from collections import namedtuple
from typing import TYPE_CHECKING, Any

__all__ = ["Default", "NamedTuple"]


class Default:
    """The default of a field, with what else there is to know of the field."""

    def __init__(self, value: object, **known: Any) -> None:
        self.value = value
        self.known = known


if TYPE_CHECKING:
    from typing import NamedTuple
else:

    class _Definition(type):
        """Makes a named tuple of the fields that a class annotates, with the rest of what its body says."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            if not bases:
                return super().__new__(cls, name, bases, body)
            fields = body.get("__annotations__", {})
            said = {field: body.pop(field) for field in fields if field in body}
            defaults = [value.value if isinstance(value, Default) else value for value in said.values()]
            made = namedtuple(name, fields, defaults=defaults, module=body["__module__"])  # noqa: PYI024
            if len(bases) > 1:
                made = type(name, (made, *bases[1:]), {"__slots__": (), "__orig_bases__": body["__orig_bases__"]})
            for key, value in body.items():
                setattr(made, key, value)
            if described := {field: value for field, value in said.items() if isinstance(value, Default)}:
                made.described = described
            return made

    class NamedTuple(metaclass=_Definition):
        """A tuple whose fields have names; ``described`` has each `Default`, by the name of its field."""
