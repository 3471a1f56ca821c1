"""The peer's side of the benchmark: the same rules over the same facts with pandas and floats.

Reads what `cargo xtask bench` exported: rules.tsv (code, way of scoring, maximum, slots), facts.tsv (one row for each
unit, one column for each slot) and totals.tsv (our exact totals, where they follow from the facts alone). Three stages
are computed, as on our side. Totals are compared before anything is timed.
"""

import sys
import time

import numpy as np
import pandas as pd

folder = sys.argv[1]
rules = pd.read_csv(f"{folder}/rules.tsv", sep="\t", dtype={"code": str, "slots": str})
rules["slots"] = rules["slots"].fillna("").map(lambda text: [int(slot) for slot in text.split(",") if slot])
facts = pd.read_csv(f"{folder}/facts.tsv", sep="\t", header=None)
OUTSIDE = {"survey", "sipas"}
STAGES = [lambda kind: kind not in OUTSIDE | {"growth", "plan"}, lambda kind: kind != "sipas", lambda kind: True]
DUE = 20210131


def late_tiers(dates):
    """Points share by date: due 31 January, ten working days of grace (Tết 2021 lies in between, a weekend after it)."""
    grace = 20210221
    return np.where(dates.isna(), 0.0, np.where(dates <= DUE, 1.0, np.where(dates <= grace, 0.5, 0.0)))


def leaf(kind, maximum, column):
    """Vectorised points of one criterion, and where it leaves the maximum."""
    a = column(0)
    none = np.zeros(len(a), dtype=bool)
    if kind in ("choice",):
        return np.select([a == 0, a == 1], [1.0, 0.5], 0.0) * maximum, none
    if kind in ("nobreach",):
        return np.where(a == 0, maximum, 0.0), none
    if kind == "band":
        return np.select([a >= 4, a >= 2], [1.0, 0.5], 0.0) * maximum, none
    if kind == "count":
        return np.minimum(a * maximum * 0.5, maximum), none
    if kind == "deduct":
        return np.clip(maximum - 0.25 * maximum * a - maximum * column(1), 0, maximum), none
    if kind == "deadline":
        return late_tiers(a) * maximum, none
    if kind == "sipas":
        return np.clip(a * maximum, 0, maximum), none
    if kind == "steps":
        steps = np.floor(np.maximum(a - 50, 0) / 10)
        return np.minimum(0.5 * maximum + steps * 0.1 * maximum, maximum), none
    b = column(1)
    if kind == "survey":
        c, d = column(2), column(3)
        forms = a + b + c + d
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(forms > 0, (a + 0.6 * b + 0.2 * c) / forms, 0.0) * maximum, (forms == 0).to_numpy()
    if kind == "cases":
        case, a, b = a, b, column(2)
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = np.where(b > 0, np.minimum(a / b, 1.0), 0.0)
        return np.where(case == 0, ratio, 0.5) * maximum, none
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(b != 0, a / b, np.nan)
    zero = np.isnan(ratio)
    if kind == "growth":
        growth = ratio - 1
        return np.select([zero, growth >= 0.1, growth >= 0], [0.0, 1.0, 0.5], 0.0) * maximum, none
    if kind == "weighted":
        c, d = column(2), column(3)
        with np.errstate(divide="ignore", invalid="ignore"):
            second = np.where(d > 0, c / d, 0.0)
        total = 0.6 * maximum * np.nan_to_num(ratio) + np.minimum(0.5 * maximum * second, 0.4 * maximum)
        return np.minimum(total, maximum), none
    if kind == "formula":
        c = column(2)
        base = np.maximum(b, c.fillna(b))
        with np.errstate(divide="ignore", invalid="ignore"):
            return maximum * np.where(base > 0, np.minimum(1, a / base), 0.0), none
    full, floor = 1.0, 0.0
    if kind.startswith("threshold"):
        full = int(kind[9:]) / 100
    if kind == "ratio100":
        floor = 0.7
    if kind == "plan":
        floor = 0.5
    points = np.where(ratio < floor, 0.0, np.where(ratio >= full, maximum, ratio / full * maximum))
    if kind == "ratiofull":
        return np.where(zero, maximum, points), none
    if kind == "rationa":
        return np.where(zero, maximum, points), none
    if kind in ("ratio", "plan", "threshold95"):
        return np.where(zero, 0.0, points), zero
    return np.where(zero, 0.0, points), none


def rounded(points):
    return np.floor(points * 100 + 0.5 + 1e-9) / 100


def vectorised(stage):
    points, maximum = np.zeros(len(facts)), np.zeros(len(facts))
    for code, kind, top, slots in rules.itertuples(index=False):
        if not stage(kind):
            continue
        values, out = leaf(kind, top, lambda at, slots=slots: facts[slots[at]])
        points += np.where(out, 0.0, rounded(values))
        maximum += np.where(out, 0.0, top)
    index = pd.Series(rounded(points / maximum * 100))
    return points, index.rank(ascending=False, method="min")


def one_row(row, stage):
    points = maximum = 0.0
    for code, kind, top, slots in rules.itertuples(index=False):
        if not stage(kind):
            continue
        values, out = leaf(kind, top, lambda at, slots=slots: pd.Series([row[slots[at]]]))
        if not out[0]:
            points += rounded(values)[0]
            maximum += top
    return points, maximum


points, _ = vectorised(STAGES[2])
expected = pd.read_csv(f"{folder}/totals.tsv", header=None, skip_blank_lines=False)[0]
apart = (pd.Series(points) - expected).abs()
assert expected.notna().sum() > 100, "enough units to compare"
assert apart.max() < 0.021, f"the peer computes something else: {apart.max()} at {apart.idxmax()}"

best = float("inf")
for _ in range(7):
    start = time.perf_counter()
    for stage in STAGES:
        vectorised(stage)
    best = min(best, (time.perf_counter() - start) * 1000)

sample = 20
start = time.perf_counter()
facts.head(sample).apply(lambda row: one_row(row, STAGES[2]), axis=1)
rows = (time.perf_counter() - start) * 1000 * len(facts) / sample * 3

print(f"vectorised_ms={best:.1f}")
print(f"rows_ms={rows:.0f}")
print(f"version={pd.__version__}")
