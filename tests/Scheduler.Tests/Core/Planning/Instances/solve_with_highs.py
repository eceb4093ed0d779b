#!/usr/bin/env python3
"""Solves a planning instance with HiGHS, as a linear program, for comparison with ours.

    solve_with_highs.py make SEED CELLS SITES CANDIDATES PRESSURE > instance.json
    solve_with_highs.py solve [SEGMENTS] < instance.json > solved.json

The load penalty's integral is convex: it becomes one variable a site over its tangents, which lie below it, and over its chords, which lie above.
The two optima enclose the true one. Capacity is a bound. Needs scipy (Debian: python3-scipy).
"""
import json
import random
import sys
import time

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_matrix


def phi(u, p):
    t = np.maximum(0, u - p["knee"]) / (1 - p["knee"])
    return p["linear"] * u * u / 2 + p["knee_cost"] * (1 - p["knee"]) / 3 * t**3


def marginal(u, p):
    t = np.maximum(0, u - p["knee"]) / (1 - p["knee"])
    return p["linear"] * u + p["knee_cost"] * t * t


def make(seed, cells, sites, candidates, pressure):
    r = random.Random(seed)
    at = lambda: (r.random(), r.random())
    site_at = [at() for _ in range(sites)]
    demand = [round(r.lognormvariate(6, 0.8), 3) for _ in range(cells)]
    capacity = [r.lognormvariate(0, 0.5) for _ in range(sites)]
    scale = sum(demand) / pressure / sum(capacity)
    rows = []
    for d in demand:
        x, y = at()
        a = sorted((round(3 + 200 * ((x - sx) ** 2 + (y - sy) ** 2) ** 0.5, 3), i) for i, (sx, sy) in enumerate(site_at))
        rows.append([[i, c] for c, i in a[:candidates]])
    return {
        "sites": [{"id": f"s{i}", "capacity_mbps": round(c * scale, 3)} for i, c in enumerate(capacity)],
        "cells": [{"id": f"c{i}", "demand_mbps": d, "candidates": row} for i, (d, row) in enumerate(zip(demand, rows))],
        "penalty": {"linear": 1, "knee": 0.7, "knee_cost": 100, "over_cost": 5000},
    }


def optimum(instance, knots, chords):
    """Variables: x per candidate, then z per site (cost of its load). z >= slope * load + C * intercept for each piece."""
    p, sites, cells = instance["penalty"], instance["sites"], instance["cells"]
    if chords:
        slopes = np.diff(phi(knots, p)) / np.diff(knots)
        intercepts = phi(knots[:-1], p) - slopes * knots[:-1]
    else:
        slopes = marginal(knots, p)
        intercepts = phi(knots, p) - slopes * knots
    pairs = [(c, s, a) for c, cell in enumerate(cells) for s, a in cell["candidates"]]
    n = len(pairs)
    cost = np.concatenate([[a for _, _, a in pairs], np.ones(len(sites))])
    # Demand.
    equal = coo_matrix((np.ones(n), ([c for c, _, _ in pairs], range(n))), shape=(len(cells), n + len(sites)))
    # Load, as a matrix over x, once for capacity and once for each piece.
    by_site = coo_matrix((np.ones(n), ([s for _, s, _ in pairs], range(n))), shape=(len(sites), n + len(sites))).tocsr()
    z = coo_matrix((np.ones(len(sites)), (range(len(sites)), range(n, n + len(sites)))), shape=(len(sites), n + len(sites))).tocsr()
    capacity = np.array([s["capacity_mbps"] for s in sites])
    from scipy.sparse import vstack

    upper = vstack([by_site] + [by_site * slope - z for slope in slopes]).tocsr()
    right = np.concatenate([capacity] + [-capacity * i for i in intercepts])
    begin = time.time()
    result = linprog(cost, A_ub=upper, b_ub=right, A_eq=equal.tocsr(), b_eq=[c["demand_mbps"] for c in cells], method="highs")
    if result.status != 0:
        raise SystemExit(result.message)
    return result.fun, time.time() - begin


def main():
    if sys.argv[1] == "make":
        seed, cells, sites, candidates = map(int, sys.argv[2:6])
        json.dump(make(seed, cells, sites, candidates, float(sys.argv[6])), sys.stdout)
        return
    instance = json.load(sys.stdin)
    segments = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    knee = instance["penalty"]["knee"]
    knots = np.concatenate([np.linspace(0, knee, segments // 4, endpoint=False), np.linspace(knee, 1, segments - segments // 4 + 1)])
    below, seconds = optimum(instance, knots, chords=False)
    above, _ = optimum(instance, knots, chords=True)
    json.dump({"instance": instance, "at_least": below, "at_most": above, "segments": segments, "seconds": round(seconds, 3)}, sys.stdout)


if __name__ == "__main__":
    main()
