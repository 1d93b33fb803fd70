"""`NamedTuple`, as `typing` has it, and defined in a twentieth of the time: feeder's values are over a hundred classes of it.

`typing.NamedTuple` compiles the annotation of each field to look whether it could be a type, which is mypy's work, and for
each class a function of its own that makes it. Here that is done when the first value is made: few are in most runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Self

__all__ = ["Default", "NamedTuple"]


class Default:
    """The default of a field, with what else there is to know of the field."""

    def __init__(self, value: object, **known: Any) -> None:
        self.value = value
        self.known = known


if TYPE_CHECKING:
    from typing import NamedTuple
else:
    from collections import _tuplegetter  # there in all versions, quick where the interpreter has it in C

    class _Definition(type):
        """Makes fields of what a class annotates, and keeps the rest of what its body says."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            body.setdefault("__slots__", ())
            fields = tuple(body.get("__annotations__", ()))
            if not fields:
                return super().__new__(cls, name, bases, body)
            said = {field: body[field] for field in fields if field in body}
            body |= {field: _tuplegetter(at, None) for at, field in enumerate(fields)}
            body["_fields"] = body["__match_args__"] = fields
            body["_field_defaults"] = {
                field: value.value if isinstance(value, Default) else value for field, value in said.items()
            }
            if described := {field: value for field, value in said.items() if isinstance(value, Default)}:
                body["described"] = described
            return super().__new__(cls, name, bases, body)

    class NamedTuple(tuple, metaclass=_Definition):
        """A tuple whose fields have names; ``described`` has each `Default`, by the name of its field."""

        __slots__ = ()
        _fields = ()
        _field_defaults = {}  # noqa: RUF012 - as `typing` has it

        def __new__(cls, *values: Any, **named: Any) -> Self:
            """Return the first value of a class, and give the class a function that makes the others."""
            fields = "".join([f"{field}, " for field in cls._fields])
            making = eval(f"lambda _cls, {fields}: _new(_cls, ({fields}))", {"_new": tuple.__new__})  # noqa: S307 - names
            making.__defaults__ = tuple(cls._field_defaults.values())
            making.__name__, making.__qualname__ = "__new__", f"{cls.__qualname__}.__new__"
            cls.__new__ = making
            return making(cls, *values, **named)

        @classmethod
        def _make(cls, values: Iterable[Any]) -> Self:
            return cls(*values)

        def _replace(self, **changed: Any) -> Self:
            made = tuple.__new__(type(self), map(changed.pop, self._fields, self))
            if changed:
                message = f"Got unexpected field names: {list(changed)!r}"
                raise ValueError(message)
            return made

        def _asdict(self) -> dict[str, Any]:
            return dict(zip(self._fields, self, strict=True))

        def __getnewargs__(self) -> tuple[Any, ...]:
            return tuple(self)

        def __repr__(self) -> str:
            said = ", ".join([f"{field}={value!r}" for field, value in zip(self._fields, self, strict=True)])
            return f"{type(self).__name__}({said})"
