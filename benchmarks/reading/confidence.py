"""Fit `confidence.toml` to gold articles, and show how far the figures can be trusted.

python -m benchmarks.reading.confidence SCORE.py GOLD_DIR... [--unread GOLD_DIR...]

Each GOLD_DIR holds NAME.txt and NAME.gold.json; SCORE.py is the scorer whose pairs of facts decide what is right.
Every figure is out of sample: an article is judged by the table fitted to the other folds. Precision and recall at each
threshold are told for every folder alone: a table may look better on articles that the word lists were written beside.
So the weights are fitted on all, and one shift of all kinds makes the mean confidence right on those that nobody read
(calibration in the large: Steyerberg, Clinical Prediction Models, chapter 15). The reliability table is of these alone.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from graph.model.claims import Source
from loaders.reading.confidence import features_of
from loaders.reading.lexicon import Lexicon, load_lexicon
from loaders.reading.model import Candidate
from loaders.reading.reader import understand

FOLDS = 5
RIDGE = 2.0  # pulls every weight towards nought: few facts show some features
STEPS = 600
RATE = 0.05
THRESHOLDS = (0.0, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9)
Row = tuple[str, str, frozenset[str], bool]  # article, kind, features, right


@dataclass(frozen=True, slots=True)
class Corpus:
    """The facts read from the articles of a folder, and how many its gold files hold."""

    name: str
    rows: tuple[Row, ...]
    gold: int
    unread: bool = False  # nobody read its texts while the word lists were written


def load_scorer(path: Path) -> ModuleType:
    """The scorer as a module."""
    spec = importlib.util.spec_from_file_location("scorer", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path}: no Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def corpus(gold: Path, scorer: ModuleType, lexicon: Lexicon, unread: bool) -> Corpus:
    """Every fact read from every gold article: its kind, its features, and whether it is right."""
    found: list[Row] = []
    total = 0
    for file in sorted(gold.glob("*.gold.json")):
        name = file.name.removesuffix(".gold.json")
        facts = json.loads(file.read_text(encoding="utf-8"))["facts"]
        reading = understand(Source(text=file.with_name(name + ".txt").read_text(encoding="utf-8")), lexicon)
        for kind in scorer.KEYS:
            told = [candidate for candidate in reading.candidates if candidate.kind == kind]
            wanted = [scorer.turned(fact) for fact in facts if fact["kind"] == kind]
            total += len(wanted)
            pairs = scorer.pair(wanted, [scorer.turned(plain(candidate)) for candidate in told])
            right = {j for _, j, _ in pairs}
            found.extend((name, kind, features_of(candidate), j in right) for j, candidate in enumerate(told))
    return Corpus(gold.name, tuple(found), total, unread)


def plain(candidate: Candidate) -> dict[str, object]:
    """A candidate in the exchange format."""
    listed = {name: list(value) if isinstance(value, tuple) else value for name, value in candidate.fields.items()}
    return {"kind": candidate.kind, **listed}


def fitted(corpora: Sequence[Corpus], but: int = -1) -> tuple[dict[str, float], dict[str, float]]:
    """The table of all folds but one, shifted to what unread articles show."""
    kept = [(one.unread, row) for one in corpora for row in one.rows if fold_of(row[0]) != but]
    base, weight = fit([row for _, row in kept])
    shift = shift_of([(odds_of(row, base, weight), row[3]) for unread, row in kept if unread])
    return {kind: value + shift for kind, value in base.items()}, weight


def odds_of(row: Row, base: Mapping[str, float], weight: Mapping[str, float]) -> float:
    return base.get(row[1], 0.5) + sum([weight.get(name, 0.0) for name in sorted(row[2])])


def shift_of(unread: Sequence[tuple[float, bool]]) -> float:
    """What added to all log-odds makes the mean confidence the share that is right, by halving; nought without unread facts."""
    low, high = (-3.0, 3.0) if unread else (0.0, 0.0)
    for _ in range(40):
        middle = (low + high) / 2
        surplus = sum(sigmoid(odds + middle) - right for odds, right in unread)
        low, high = (low, middle) if surplus > 0 else (middle, high)
    return (low + high) / 2


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


def out_of_sample(corpora: Sequence[Corpus]) -> dict[str, list[tuple[float, bool]]]:
    """By corpus, (confidence, right) of every fact, by the table fitted to the other folds of all corpora."""
    judged: dict[str, list[tuple[float, bool]]] = {one.name: [] for one in corpora}
    for fold in range(FOLDS):
        base, weight = fitted(corpora, fold)
        for one in corpora:
            told = [row for row in one.rows if fold_of(row[0]) == fold]
            judged[one.name] += [(sigmoid(odds_of(row, base, weight)), row[3]) for row in told]
    return judged


def at_thresholds(corpora: Sequence[Corpus], judged: Mapping[str, Sequence[tuple[float, bool]]]) -> str:
    """A table of precision and recall, a row a threshold, two columns a corpus."""
    names = [one.name for one in corpora]
    lines = [
        "| from | " + " | ".join(f"{name} precision | recall" for name in names) + " |",
        "|---" * (2 * len(names) + 1) + "|",
    ]
    for threshold in THRESHOLDS:
        cells = [f"{threshold:.2f}"]
        for one in corpora:
            kept = [right for value, right in judged[one.name] if value >= threshold]
            cells += [f"{sum(kept) / max(1, len(kept)):.3f}", f"{sum(kept) / max(1, one.gold):.3f}"]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def loss(judged: Sequence[tuple[float, bool]]) -> float:
    """The mean surprise (natural logarithm) at what turned out right or wrong: less is better."""
    return -sum(math.log(value if right else 1 - value) for value, right in judged) / max(1, len(judged))


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
    parser.add_argument("scorer", type=Path)
    parser.add_argument("gold", type=Path, nargs="*", default=[])
    parser.add_argument("--unread", type=Path, nargs="+", default=[], help="folders whose texts nobody read")
    arguments = parser.parse_args()
    scorer, lexicon = load_scorer(arguments.scorer), load_lexicon()
    folders = [*((folder, True) for folder in arguments.unread), *((folder, False) for folder in arguments.gold)]
    corpora = [corpus(folder, scorer, lexicon, unread) for folder, unread in folders]
    judged = out_of_sample(corpora)
    shown = [one.name for one in corpora if one.unread or not arguments.unread]
    every = [one for name in shown for one in judged[name]]
    print(reliability(every))
    print(f"\n{len(every)} facts, {sum(right for _, right in every) / len(every):.3f} right, loss {loss(every):.4f}\n")
    print(at_thresholds(corpora, judged))
    base, weight = fitted(corpora)
    print("\n[base]")
    print("\n".join(f"{kind} = {value:.2f}" for kind, value in sorted(base.items())))
    print("\n[feature]")
    print("\n".join(f'"{name}" = {value:.2f}' for name, value in sorted(weight.items()) if abs(value) >= 0.05))


if __name__ == "__main__":
    main()
