"""Pairwise precision and recall of merging, by kind of fact.

python -m benchmarks.merging FOLDER [--score SCORE.py] [--only NAMES.txt] [--parts 5] [--pairs]
FOLDER holds articles with gold facts and `clusters.json`. From the gold facts it measures resolution alone; with the scorer
of the exchange format, also from what the reader finds in the texts, end to end.
`--pairs` prints every pair wrongly joined or missed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from benchmarks.merging.articles import Articles, from_gold
from benchmarks.merging.counting import Counts, by_kind, counted, cross_validated, joined, resolver_of
from benchmarks.merging.texts import from_texts
from graph.record.schema import load_schema
from graph.resolution.rules import load_rules


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--score", type=Path)
    options.add_argument("--only", type=Path, help="a file with the names of the articles to take, one a line")
    options.add_argument("--parts", type=int, default=5, help="parts of the cross-validation; 0 leaves it out")
    options.add_argument("--pairs", action="store_true")
    chosen = options.parse_args()
    only = None if chosen.only is None else frozenset(chosen.only.read_text(encoding="utf-8").split())
    schema, rules = load_schema(), load_rules()
    ways = {"gold": from_gold(chosen.folder, schema, only)}
    if chosen.score is not None:
        ways["texts"] = from_texts(chosen.folder, chosen.score, schema, only)
    resolver = resolver_of(schema, rules)
    for way, articles in ways.items():
        counts = counted(articles, joined(articles, resolver, schema))
        _print(f"from {way}", by_kind(articles, counts))
        if way == "texts":
            read = {pair: found for pair, found in counts.items() if {*pair} <= articles.found}
            _print("from texts, of pairs whose facts were both read", by_kind(articles, read))
        if chosen.parts:
            _print(f"from {way}, thresholds cross-validated", cross_validated(articles, schema, rules, chosen.parts))
        if chosen.pairs:
            _print_pairs(articles, counts)


def _print(title: str, sums: Mapping[str, Counts]) -> None:
    lines = [title]
    for kind, found in sorted(sums.items()):
        lines.append(
            f"  {kind:12} precision {found.precision:.3f}  recall {found.recall:.3f}  "
            f"({found.right} right, {found.wrong} wrong, {found.missed} missed)"
        )
    sys.stdout.write("\n".join(lines) + "\n")


def _print_pairs(articles: Articles, counts: Mapping[tuple[tuple[str, int], tuple[str, int]], Counts]) -> None:
    for pair, found in sorted(counts.items()):
        if found.wrong or (found.missed and {*pair} <= articles.found):
            sys.stdout.write(f"  {'WRONG ' if found.wrong else 'MISSED'} {articles.kinds[pair[0]]} {pair}\n")


if __name__ == "__main__":
    main()
