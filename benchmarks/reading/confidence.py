"""Fit `confidence.toml` to gold articles, and show how far the figures can be trusted.

usage: python benchmarks/reading/confidence.py GOLD_DIR SCORE.py [--fold-of NAME=N]

GOLD_DIR holds NAME.txt and NAME.gold.json; SCORE.py is the scorer whose pairs of facts decide what is right.
Every figure of the reliability table is out of sample: an article is judged by the table fitted to the other folds.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import ModuleType

from graph.model.claims import Source
from loaders.reading.confidence import features_of
from loaders.reading.lexicon import load_lexicon
from loaders.reading.model import Candidate
from loaders.reading.reader import understand

FOLDS = 5
RIDGE = 2.0  # pulls every weight towards nought: few facts show some features
STEPS = 600
RATE = 0.05
Row = tuple[str, str, frozenset[str], bool]  # article, kind, features, right


def load_scorer(path: Path) -> ModuleType:
    """The scorer as a module."""
    spec = importlib.util.spec_from_file_location("scorer", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path}: no Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rows(gold: Path, scorer: ModuleType) -> list[Row]:
    """Every fact read from every gold article: its kind, its features, and whether it is right."""
    lexicon, found = load_lexicon(), []
    for file in sorted(gold.glob("*.gold.json")):
        name = file.name.removesuffix(".gold.json")
        facts = json.loads(file.read_text(encoding="utf-8"))["facts"]
        reading = understand(Source(text=file.with_name(name + ".txt").read_text(encoding="utf-8")), lexicon)
        for kind in scorer.KEYS:
            told = [candidate for candidate in reading.candidates if candidate.kind == kind]
            wanted = [scorer.turned(fact) for fact in facts if fact["kind"] == kind]
            pairs = scorer.pair(wanted, [scorer.turned(plain(candidate)) for candidate in told])
            right = {j for _, j, _ in pairs}
            found.extend((name, kind, features_of(candidate), j in right) for j, candidate in enumerate(told))
    return found


def plain(candidate: Candidate) -> dict[str, object]:
    """A candidate in the exchange format."""
    listed = {name: list(value) if isinstance(value, tuple) else value for name, value in candidate.fields.items()}
    return {"kind": candidate.kind, **listed}


def fit(data: Sequence[Row]) -> tuple[dict[str, float], dict[str, float]]:
    """Log-odds by kind and by feature: logistic regression with a ridge, by plain gradient steps."""
    base = {kind: logit(share([right for _, k, _, right in data if k == kind])) for kind in sorted({row[1] for row in data})}
    weight = dict.fromkeys(sorted({name for row in data for name in row[2]}), 0.0)
    for _ in range(STEPS):
        slope: dict[str, float] = defaultdict(float)
        for _, kind, names, right in data:
            gap = float(right) - sigmoid(base[kind] + sum(weight[name] for name in names))
            slope["base " + kind] += gap
            for name in names:
                slope[name] += gap
        for name in weight:
            weight[name] += RATE * (slope[name] - RIDGE * weight[name]) / 10
        for kind in base:
            base[kind] += RATE * slope["base " + kind] / 10
    return base, weight


def share(values: Sequence[bool]) -> float:
    """The share that is right, drawn towards 0.75 as if eight more facts of that kind had been seen."""
    return (sum(values) + 6) / (len(values) + 8)


def logit(value: float) -> float:
    return math.log(value / (1 - value))


def sigmoid(value: float) -> float:
    return 1 / (1 + math.exp(-value))


def fold_of(article: str) -> int:
    return int(hashlib.sha256(article.encode()).hexdigest(), 16) // 7 % FOLDS


def out_of_sample(data: Sequence[Row]) -> list[tuple[float, bool]]:
    """(confidence, right) of every fact, by the table fitted to the other folds."""
    judged = []
    for fold in range(FOLDS):
        base, weight = fit([row for row in data if fold_of(row[0]) != fold])
        for article, kind, names, right in data:
            if fold_of(article) == fold:
                judged.append((sigmoid(base.get(kind, 0.5) + sum(weight.get(name, 0.0) for name in names)), right))
    return judged


def reliability(judged: Iterable[tuple[float, bool]]) -> str:
    """A table of bands: how many facts, how sure on average, how many right."""
    bands: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for value, right in judged:
        bands[min(9, int(value * 10))].append((value, right))
    lines = ["| confidence | facts | mean | right |", "|---|---|---|---|"]
    for band in sorted(bands):
        values = bands[band]
        mean, good = sum(v for v, _ in values) / len(values), sum(r for _, r in values) / len(values)
        lines.append(f"| {band / 10:.1f}-{band / 10 + 0.1:.1f} | {len(values)} | {mean:.2f} | {good:.2f} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("scorer", type=Path)
    arguments = parser.parse_args()
    data = rows(arguments.gold, load_scorer(arguments.scorer))
    judged = out_of_sample(data)
    print(reliability(judged))
    for threshold in (0.5, 0.6, 0.7, 0.75, 0.8, 0.85):
        kept = [right for value, right in judged if value >= threshold]
        print(f"threshold {threshold}: {len(kept)} of {len(judged)} facts kept, {sum(kept) / max(1, len(kept)):.3f} right")
    base, weight = fit(data)
    print("\n[base]")
    print("\n".join(f"{kind} = {value:.2f}" for kind, value in sorted(base.items())))
    print("\n[feature]")
    print("\n".join(f'"{name}" = {value:.2f}' for name, value in sorted(weight.items()) if abs(value) >= 0.05))


if __name__ == "__main__":
    main()
