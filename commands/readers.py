"""Which reader reads articles: the rules, or the rules with the second reader beside them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from graph.settings import Settings

if TYPE_CHECKING:
    from loaders.run import MakeReader


def reader(settings: Settings, second: bool) -> MakeReader:
    """A way to make the reader of one process."""
    from loaders.run import rules

    if not second:
        return rules
    from loaders.second.options import options_from
    from loaders.second.reader import both

    return partial(both, rules, options_from(settings))
