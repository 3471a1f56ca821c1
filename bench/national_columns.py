"""The peers' sides of the benchmark over columns: the same rules over the same figures with numpy, numba and polars, in floats.

Reads what `cargo xtask bench` exported: rules.tsv (code, way of scoring, maximum, slots), facts.tsv (one row for each unit, one column
for each slot), totals.tsv (our exact points, where they follow from the facts alone) and index.tsv (our index of the same units). The
figures stand in memory as one contiguous column of floats for each input before anything is timed. Three stages are computed, as on our
side, each with points, index and rank of every unit, on one core. The totals of each peer are compared with ours before anything is timed.

usage: national_columns.py FOLDER
"""

import math
import os
import sys
import time

# Read by polars when it is loaded.
os.environ["POLARS_MAX_THREADS"] = "1"

import numba
import numpy as np
import polars as pl

FOLDER = sys.argv[1]
OUTSIDE = {"survey", "sipas"}
STAGES = [lambda kind: kind not in OUTSIDE | {"growth", "plan"}, lambda kind: kind != "sipas", lambda kind: True]
# Due on 31 January; ten working days later is Friday 19 February, Tết lies in between, the weekend after it is not later.
DUE, GRACE = 20210131, 20210221
SHARES = {"ratio100": (1.0, 0.7), "plan": (1.0, 0.5)}
# What a zero denominator gives: the maximum, or it leaves it; else nothing.
FULL, LEAVES = {"ratiofull", "rationa"}, {"ratio", "plan", "threshold95"}


def table(name):
    with open(f"{FOLDER}/{name}") as lines:
        return [line.rstrip("\n").split("\t") for line in lines]


def number(text):
    return float(text) if text else np.nan


RULES = [
    (kind, float(top), [int(slot) for slot in slots.split(",")])
    for _, kind, top, slots in table("rules.tsv")[1:]
]
FACTS = np.array([[number(cell) for cell in row] for row in table("facts.tsv")])
COLUMNS = [np.ascontiguousarray(FACTS[:, slot]) for slot in range(FACTS.shape[1])]
UNITS = len(FACTS)
TOTALS = np.array([number(row[0]) for row in table("totals.tsv")])
INDEX = np.array([number(row[0]) for row in table("index.tsv")])


def share(kind):
    """The share for all, and the one below which there is nothing."""
    return (int(kind[9:]) / 100, 0.0) if kind.startswith("threshold") else SHARES.get(kind, (1.0, 0.0))


def hundredths(points):
    """Half up to two digits, counted in hundredths, in place; a half that floats put a little below it goes up as well."""
    points *= 100
    points += 0.5 + 1e-9
    return np.floor(points, out=points)


def over(part, all):
    ratio = part / all
    if not all.all():
        ratio[all == 0] = 0.0
    return ratio


def leaf(kind, top, columns):
    """Points of one criterion with numpy, and where it leaves the maximum, if it can."""
    a = columns[0]
    if kind == "choice":
        return np.where(a == 0, top, np.where(a == 1, 0.5 * top, 0.0)), None
    if kind == "nobreach":
        return np.where(a == 0, top, 0.0), None
    if kind == "band":
        return np.where(a >= 4, top, np.where(a >= 2, 0.5 * top, 0.0)), None
    if kind == "count":
        return np.minimum(a * (0.5 * top), top), None
    if kind == "deduct":
        return np.maximum(top - 0.25 * top * a - top * columns[1], 0.0), None
    if kind == "deadline":
        return np.where(a <= DUE, top, np.where(a <= GRACE, 0.5 * top, 0.0)), None
    if kind == "sipas":
        return np.clip(a * top, 0.0, top), None
    if kind == "steps":
        return np.minimum(0.5 * top + np.floor(np.maximum(a - 50, 0) / 10) * (0.1 * top), top), None
    b = columns[1]
    if kind == "survey":
        c = columns[2]
        forms = a + b + c + columns[3]
        return over(a + 0.6 * b + 0.2 * c, forms) * top, forms == 0
    if kind == "cases":
        return np.where(a == 0, np.minimum(over(b, columns[2]), 1.0), 0.5) * top, None
    if kind == "growth":
        growth = over(a, b)
        return np.where(growth >= 1.1, top, np.where(growth >= 1.0, 0.5 * top, 0.0)), None
    if kind == "weighted":
        second = np.minimum(0.5 * top * over(columns[2], columns[3]), 0.4 * top)
        return np.minimum(0.6 * top * over(a, b) + second, top), None
    if kind == "formula":
        return np.minimum(over(a, np.fmax(b, columns[2])), 1.0) * top, None
    full, floor = share(kind)
    ratio, zero = a / b, None if b.all() else b == 0
    points = np.minimum(ratio * (top / full), top)
    if floor:
        points[ratio < floor] = 0.0
    if zero is not None:
        points[zero] = top if kind in FULL else 0.0
    return points, zero if kind in LEAVES else None


def with_numpy(stage):
    points, maximum = np.zeros(UNITS), np.zeros(UNITS)
    full = 0.0
    with np.errstate(divide="ignore", invalid="ignore"):
        for kind, top, slots in RULES:
            if not stage(kind):
                continue
            values, out = leaf(kind, top, [COLUMNS[slot] for slot in slots])
            values = hundredths(values)
            if out is not None and out.any():
                values[out] = 0.0
                maximum[out] -= top
            points += values
            full += top
    maximum += full
    index = hundredths(points / maximum) / 100
    ordered = np.sort(index)
    return points / 100, index, UNITS - np.searchsorted(ordered, index, side="right") + 1


def kernel(kind):
    """The body of one way of scoring for one unit, as numba compiles it: points, and whether it leaves the maximum."""
    full, floor = share(kind)
    bodies = {
        "choice": "p = top if a == 0 else 0.5 * top if a == 1 else 0.0",
        "nobreach": "p = top if a == 0 else 0.0",
        "band": "p = top if a >= 4 else 0.5 * top if a >= 2 else 0.0",
        "count": "p = min(a * 0.5 * top, top)",
        "deduct": "p = max(top - 0.25 * top * a - top * b, 0.0)",
        "deadline": f"p = top if a <= {DUE} else 0.5 * top if a <= {GRACE} else 0.0",
        "sipas": "p = min(max(a * top, 0.0), top)",
        "steps": "p = min(0.5 * top + math.floor(max(a - 50, 0.0) / 10) * 0.1 * top, top)",
        "survey": "f = a + b + c + d; out = f == 0; p = 0.0 if out else (a + 0.6 * b + 0.2 * c) / f * top",
        "cases": "p = (0.5 if a != 0 else min(b / c, 1.0) if c != 0 else 0.0) * top",
        "growth": "g = a / b if b != 0 else 0.0; p = top if g >= 1.1 else 0.5 * top if g >= 1.0 else 0.0",
        "weighted": "p = min((0.6 * top * a / b if b != 0 else 0.0) + min(0.5 * top * c / d if d != 0 else 0.0, 0.4 * top), top)",
        "formula": "f = b if math.isnan(c) else max(b, c); p = min(a / f, 1.0) * top if f != 0 else 0.0",
    }
    zero = "top" if kind in FULL else "0.0"
    ratio = f"r = a / b if b != 0 else 0.0; out = {kind in LEAVES} and b == 0; "
    ratio += f"p = {zero} if b == 0 else 0.0 if r < {floor} else min(r * (top / {full}), top)"
    return bodies.get(kind, ratio)


def compiled(kind):
    """One loop over all units for a way of scoring."""
    source = f"""
def scored(column_a, column_b, column_c, column_d, top, points, maximum):
    for i in range(len(points)):
        a, b, c, d = column_a[i], column_b[i], column_c[i], column_d[i]
        out = False
        {kernel(kind)}
        if not out:
            points[i] += math.floor(p * 100 + (0.5 + 1e-9)) / 100
            maximum[i] += top
"""
    scope = {"math": math}
    exec(source, scope)
    return numba.njit(error_model="numpy")(scope["scored"])


KERNELS = {kind: compiled(kind) for kind in {kind for kind, _, _ in RULES}}


@numba.njit
def finished(points, maximum):
    index = np.floor(points / maximum * 10_000 + (0.5 + 1e-9)) / 100
    ordered = np.sort(index)
    return index, len(index) - np.searchsorted(ordered, index, side="right") + 1


def with_numba(stage):
    points, maximum = np.zeros(UNITS), np.zeros(UNITS)
    for kind, top, slots in RULES:
        if stage(kind):
            columns = [COLUMNS[slots[min(at, len(slots) - 1)]] for at in range(4)]
            KERNELS[kind](*columns, top, points, maximum)
    return points, *finished(points, maximum)


def expression(kind, top, slots):
    """Points of one criterion with polars; nothing where it leaves the maximum."""
    a, b, c, d = (pl.col(f"s{slots[min(at, len(slots) - 1)]}") for at in range(4))
    tiers = lambda full, half: pl.when(full).then(top).when(half).then(0.5 * top).otherwise(0.0)
    divided = lambda part, all: pl.when(all != 0).then(part / all).otherwise(0.0)
    least = pl.min_horizontal
    if kind in {"choice", "band", "deadline", "growth"}:
        growth = divided(a, b)
        return tiers(*{
            "choice": (a == 0, a == 1),
            "band": (a >= 4, a >= 2),
            "deadline": (a <= DUE, a <= GRACE),
            "growth": (growth >= 1.1, growth >= 1.0),
        }[kind])
    plain = {
        "nobreach": lambda: pl.when(a == 0).then(top).otherwise(0.0),
        "count": lambda: least(a * (0.5 * top), top),
        "deduct": lambda: (top - 0.25 * top * a - top * b).clip(0.0),
        "sipas": lambda: (a * top).clip(0.0, top),
        "steps": lambda: least(0.5 * top + ((a - 50).clip(0.0) / 10).floor() * (0.1 * top), top),
        "survey": lambda: pl.when(a + b + c + d != 0).then((a + 0.6 * b + 0.2 * c) / (a + b + c + d) * top),
        "cases": lambda: pl.when(a == 0).then(least(divided(b, c), 1.0) * top).otherwise(0.5 * top),
        "weighted": lambda: least(0.6 * top * divided(a, b) + least(0.5 * top * divided(c, d), 0.4 * top), top),
        "formula": lambda: least(divided(a, pl.max_horizontal(b, c)), 1.0) * top,
    }
    if kind in plain:
        return plain[kind]()
    full, floor = share(kind)
    points = least(a / b * (top / full), top)
    if floor:
        points = pl.when(a / b < floor).then(0.0).otherwise(points)
    zero = top if kind in FULL else None if kind in LEAVES else 0.0
    return pl.when(b != 0).then(points).otherwise(pl.lit(zero, dtype=pl.Float64))


FRAME = pl.DataFrame({f"s{slot}": column for slot, column in enumerate(COLUMNS)}).fill_nan(None)


def fixed(points):
    return (points * 100 + (0.5 + 1e-9)).floor() / 100


def with_polars(stage):
    leaves = [(top, expression(kind, top, slots)) for kind, top, slots in RULES if stage(kind)]
    names = [f"p{at}" for at in range(len(leaves))]
    each = [fixed(points).alias(name) for name, (_, points) in zip(names, leaves)]
    maximum = pl.sum_horizontal(pl.when(pl.col(name).is_not_null()).then(top) for name, (top, _) in zip(names, leaves))
    frame = FRAME.lazy().select(each).select(points=pl.sum_horizontal(names), maximum=maximum)
    frame = frame.with_columns(index=fixed(pl.col("points") / pl.col("maximum") * 100))
    frame = frame.with_columns(rank=pl.col("index").rank("min", descending=True)).collect()
    return frame["points"].to_numpy(), frame["index"].to_numpy(), frame["rank"].to_numpy()


def compare(name, scored):
    points, index, rank = scored(STAGES[2])
    known = ~np.isnan(TOTALS)
    assert known.sum() > 100, "enough units to compare"
    apart = np.abs(points - TOTALS)[known]
    assert apart.max() < 0.021, f"{name} computes other points: {apart.max()} at {np.flatnonzero(known)[apart.argmax()]}"
    apart = np.abs(index - INDEX)[known]
    assert apart.max() < 0.021, f"{name} computes another index: {apart.max()} at {np.flatnonzero(known)[apart.argmax()]}"
    better = np.array([(index > each).sum() + 1 for each in index[:200]])
    assert (better == rank[:200]).all(), f"{name} ranks otherwise"
    print(f"{name}_exact_units={int((np.abs(points - TOTALS)[known] < 0.001).sum())} of {known.sum()}")


def best(scored, times=25):
    """The fastest of some runs, in milliseconds."""
    least = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        for stage in STAGES:
            scored(stage)
        least = min(least, time.perf_counter() - start)
    return least * 1000


PEERS = {"numpy": with_numpy, "numba": with_numba, "polars": with_polars}
for name, scored in PEERS.items():
    compare(name, scored)
for name, scored in PEERS.items():
    print(f"{name}_ms={best(scored):.2f}")
for package in (np, numba, pl):
    print(f"{package.__name__}_version={package.__version__}")
