"""What is worked out when it is first asked for, and kept with its object."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

Made = TypeVar("Made")


class lazily(Generic[Made]):  # noqa: N801 - a decorator
    """`functools.cached_property` without its lock: an article is read by one thread, and the lock costs more than the work."""

    def __init__(self, make: Callable[[Any], Made]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, instance: Any, owner: type) -> Made:
        made = instance.__dict__[self._name] = self._make(instance)
        return made
