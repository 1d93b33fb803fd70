"""feeder's own `NamedTuple` does what the standard library's does."""

from __future__ import annotations

import pickle
import sys
import typing
from typing import Generic, TypeVar

import pytest

from feeder import records

Thing = TypeVar("Thing")


class Ours(records.NamedTuple):
    """A place."""

    name: str
    height: int = 3
    tags: tuple[str, ...] = ()

    @property
    def high(self) -> bool:
        return self.height > 2


class Theirs(typing.NamedTuple):
    """A place."""

    name: str
    height: int = 3
    tags: tuple[str, ...] = ()

    @property
    def high(self) -> bool:
        return self.height > 2


class Held(records.NamedTuple, Generic[Thing]):
    thing: Thing
    cls: int = 0
    known: int = records.Default(1, env="X")  # type: ignore[assignment]


class Empty(records.NamedTuple):
    pass


@pytest.mark.parametrize(
    "do",
    [
        lambda kind: tuple(kind("a")),
        lambda kind: tuple(kind("a", tags=("b",))),
        lambda kind: kind("a") == ("a", 3, ()),
        lambda kind: hash(kind("a", 5)),
        lambda kind: repr(kind("a", 5)).removeprefix(kind.__name__),
        lambda kind: kind("a")._asdict(),
        lambda kind: tuple(kind("a")._replace(height=1)),
        lambda kind: (kind._fields, kind._field_defaults, kind.__match_args__),
        lambda kind: (kind.__doc__, kind("a").high),
        lambda kind: tuple(kind._make(["a", 1, ("c",)])),
        lambda kind: type(pickle.loads(pickle.dumps(kind("a")))) is kind,
        lambda kind: tuple(pickle.loads(pickle.dumps(kind("a", 9)))),
        lambda kind: hasattr(kind("a"), "__dict__"),
    ],
)
def test_a_value_is_what_the_standard_librarys_is(do: typing.Callable[[type], object]) -> None:
    """Fields, defaults, comparison, hash, text, copies and pickles are the same."""
    assert do(Theirs) == do(Ours)


def test_wrong_fields_are_told() -> None:
    """A field that is missing, unknown or set raises what it does in the standard library."""
    for kind in (Theirs, Ours):
        with pytest.raises(TypeError, match="missing 1 required positional argument: 'name'"):
            kind()  # type: ignore[call-arg]
        with pytest.raises(TypeError, match="unexpected keyword argument 'nam'"):
            kind(nam="a")  # type: ignore[call-arg]
        with pytest.raises(TypeError if kind is Theirs and sys.version_info >= (3, 13) else ValueError, match="nam"):
            kind("a")._replace(nam="b")  # type: ignore[call-arg]
        with pytest.raises(AttributeError):
            kind("a").name = "b"  # type: ignore[misc]


def test_generic_and_empty_classes() -> None:
    """A class may have a type parameter, defaults of which more is known, or no field at all."""
    assert (2, 0, 1) == Held[int](2)
    assert {"env": "X"} == Held.described["known"].known  # type: ignore[attr-defined]
    assert () == Empty()
    assert "Empty()" == repr(Empty())
