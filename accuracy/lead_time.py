"""Lead-time demand of six traces, issued minute by minute by Prescale's own code and replayed by the reference's simulator.

Prescale's numbers come from a Java program of the test tree (HARNESS) that walks through the trace and writes
`minute,demand,peak,persistence,dayNaive,weekNaive` in requests/minute, and perhaps more columns. Everything else is the reference's: how a trace is read, the first
day that counts, the capacity of a replica, serve(), and target tracking with every utilization and smoothing, chosen in hindsight.
"""
import csv
import hashlib
import importlib.util
import json
import math
import subprocess
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np

import scores
from trials import BASELINES, LEAD_MINUTES, LEVEL, TRACES


def load_reference(path):
    spec = importlib.util.spec_from_file_location("lead_time_demand", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Trial:
    """A trace at one lead time, cut as the reference cuts it."""

    def __init__(self, reference, trace, lead):
        self.reference, self.lead = reference, lead
        self.all = reference.read_minutes(str(trace))
        self.first = (14 if len(self.all) > 21 * reference.DAY else 8) * reference.DAY
        self.y = self.all[:self.first + 14 * reference.DAY]
        self.capacity = np.quantile(self.y[self.first:], 0.99) / 20

    def replay(self, demand):
        """Violation minutes, unserved share, replica-hours of sizing by this demand."""
        desired = np.maximum(np.ceil(demand / self.capacity - 1e-9), 1)
        return self.reference.serve(desired[self.first:], self.y[self.first:], self.capacity, self.lead)

    def score(self, demand, peak, frontier):
        violations, unserved, hours = self.replay(demand)
        at_violations, at_unserved = (self.reference.replica_hours_at(frontier, column, value) for column, value in ((1, violations), (2, unserved)))
        covered = np.mean(peak[self.first:] <= demand[self.first:] + 1e-9)
        return {"coverage": float(covered), "violationMinutes": int(violations), "unservedShare": float(unserved), "replicaHours": float(hours),
                "gainAtViolations": gain(hours, at_violations), "gainAtUnserved": gain(hours, at_unserved)}


def gain(hours, tracking):
    """Replica-hours against target tracking: -0.2 is a fifth less. -1 where target tracking never gets there."""
    return float(hours / tracking - 1) if math.isfinite(tracking) else -1.0


def reference_side(reference_path, trace, lead, cache):
    """What the reference itself reaches, and the frontier of target tracking. Slow, so kept by the content of trace and program."""
    key = hashlib.sha256(Path(trace).read_bytes() + Path(reference_path).read_bytes() + f"{lead} {LEVEL} 1".encode()).hexdigest()[:16]
    stored = Path(cache, f"lead-time-{key}.json")
    if stored.exists():
        return json.loads(stored.read_text())
    reference = load_reference(reference_path)
    trial = Trial(reference, trace, lead)
    demand, peak = reference.lead_time_demand(trial.y, lead, LEVEL)
    frontier = reference.target_tracking_frontier(trial.y, trial.first, trial.capacity, lead)
    oracle = reference.serve(np.ceil(peak / trial.capacity)[trial.first:], trial.y[trial.first:], trial.capacity, lead)[2]
    pinball = scores.pinball(peak[trial.first:], demand[trial.first:], LEVEL)
    result = {"score": trial.score(demand, peak, frontier), "pinball": pinball, "frontier": frontier.tolist(), "oracleHours": float(oracle)}
    stored.parent.mkdir(parents=True, exist_ok=True)
    partial = stored.with_suffix(f".{lead}.part")
    partial.write_text(json.dumps(result))
    partial.replace(stored)
    return result


def read_issued(lines, length):
    """{column: array over all minutes}, NaN where nothing was issued."""
    rows = csv.DictReader(lines)
    issued = {column: np.full(length, np.nan) for column in ("demand", "peak", *BASELINES)}
    for row in rows:
        minute = int(row["minute"])
        if minute < length:
            for column, values in issued.items():
                values[minute] = float(row[column]) if row[column] not in ("", "NaN") else np.nan
    return issued


def prescale_side(command, reference_path, trace, lead, cache):
    with tempfile.TemporaryDirectory(prefix="prescale-accuracy-") as out:
        rows = Path(out, "issued.csv")
        subprocess.run([*command, str(trace), str(lead), str(LEVEL), str(rows)], check=True)
        lines = rows.read_text().splitlines()
    reference = load_reference(reference_path)
    trial = Trial(reference, trace, lead)
    issued = read_issued(lines, len(trial.y))
    counted = slice(trial.first, None)
    silent = int(np.isnan(issued["demand"][counted]).sum())
    if silent:
        raise RuntimeError(f"{Path(trace).stem}, {lead} minutes: no demand in {silent} of {len(trial.y) - trial.first} minutes that count")
    kept = reference_side(reference_path, trace, lead, cache)
    # The reference's own peak is the target: a harness that looks at another window would only fool itself.
    peak = reference.peak_ahead(reference.pd.Series(trial.y), lead).values
    told = np.isfinite(issued["peak"][counted])
    shifted = int((np.abs(issued["peak"] - peak)[counted][told] > 1e-6 * (1 + peak[counted][told])).sum())
    score = trial.score(issued["demand"], peak, np.array(kept["frontier"]))
    ratios = {name: scores.pinball_ratio(peak[counted], issued["demand"][counted], issued[name][counted], LEVEL) for name in BASELINES}
    pinball = scores.pinball(peak[counted], issued["demand"][counted], LEVEL)
    return {"trace": Path(trace).stem, "leadMinutes": lead, "prescale": score, "pinballTo": {**ratios, "reference": pinball / kept["pinball"]},
            "reference": kept["score"], "oracleHours": kept["oracleHours"], "otherPeaks": shifted}


def measure(command, reference_path, datasets, cache, processes=2):
    trials = [(command, reference_path, Path(datasets, trace + ".csv"), lead, cache) for lead in LEAD_MINUTES for trace in TRACES]
    results = []
    with ProcessPoolExecutor(processes) as pool:
        for done, result in enumerate(pool.map(prescale_side, *zip(*trials)), 1):
            print(f"\r{done}/{len(trials)}", end="", file=sys.stderr)
            results.append(result)
    print(file=sys.stderr)
    return results


def report(results):
    lines = ["| trace | start time | coverage at .95 | pinball to persistence | day naive | week naive | reference | violation minutes | replica-hours (oracle) "
             "| at equal violation minutes | at equal unserved share |", "|---" * 11 + "|"]
    for result in results:
        ratio = result["pinballTo"]
        for name in ("prescale", "reference"):
            score = result[name]
            ours = name == "prescale"
            losses = [number(ratio[other]) for other in (*BASELINES, "reference")] if ours else ["", "", "", "1.000"]
            lines.append(f"| {'**' + result['trace'] + '**' if ours else 'the reference method'} | {result['leadMinutes']} min | {score['coverage']:.3f} | " + " | ".join(losses)
                         + f" | {score['violationMinutes']} | {score['replicaHours']:.0f} ({result['oracleHours']:.0f}) | {percent(score['gainAtViolations'])} | {percent(score['gainAtUnserved'])} |")
    return "\n".join(lines)


def number(value):
    return f"{value:.3f}" if value == value else "-"


def percent(value):
    return "never reached" if value == -1 else f"{100 * value:+.1f} %"
