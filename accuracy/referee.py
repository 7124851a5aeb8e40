"""Runs evaluate.py of the referee's folder against a service and reads its figures out of its tables."""
import subprocess
import sys
from pathlib import Path


def measure(service, bench, suite, seed, group, answers):
    """The referee's output and its figures; faults that it finds are kept and shown, they do not end the run."""
    command = [sys.executable, str(Path(bench, "evaluate.py")), str(suite), "--url", service.url, "--seed", str(seed), "--group", group, "--series", "--out", str(answers)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if done.returncode not in (0, 1) or "| relative MAE" not in done.stdout:
        raise RuntimeError(f"the referee failed ({done.returncode}):\n{done.stdout[-2000:]}")
    return {"output": done.stdout.strip(), "faults": done.stdout.count("\nFAULT"), **figures(done.stdout)}


def figures(output, name="prescale"):
    """Figures of one method out of the two tables that the referee prints."""
    point, quantiles = (row for row in map(cells, output.splitlines()) if row[:1] == [name])
    mae = dict(zip(("<=1h", "1-6h", "6-24h", "24-48h", "all"), map(float, point[2:7])))
    worst, worst_series = point[7].split(" ", 1)
    values = [float(value) for value in quantiles[1:13]]
    levels = ("0.5", "0.9", "0.95", "0.99")
    return {"mae": mae, "worst": float(worst), "worstSeries": worst_series, "milliseconds": float(point[8]),
            "pinball": dict(zip(levels, values[0:4])), "coverage": dict(zip(levels, values[4:8])),
            "gap": dict(zip(levels[1:], values[8:11])), "worstCoverage": values[11]}


def cells(line):
    return [cell.strip() for cell in line.strip().strip("|").split("|")] if line.startswith("|") else []
