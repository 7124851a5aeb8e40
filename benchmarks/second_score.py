"""The decisions of a backtest, scored a second time by code that is not Prescale's (provisioning.py of the referee)."""
import csv
import re
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

TOLERATED = 0.01


@dataclass(frozen=True)
class Row:
    """What the referee says of one policy; the shares compare replica-hours with target tracking tuned in hindsight, None where it never gets there."""

    violation_minutes: int
    unserved_share: float
    replica_hours: float
    at_equal_violations: float | None
    at_equal_unserved: float | None
    too_early: int


def score(bench, decisions, request_rate, lead_minutes):
    """By policy."""
    command = [sys.executable, "-W", "ignore", bench / "provisioning.py", decisions, "--request-rate", repr(request_rate), "--lead-minutes", str(lead_minutes)]
    return parse(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)


def early(decisions, lead_minutes):
    """Minutes with replicas that were ready sooner than they could be, by policy. The referee takes rows for minutes that follow each other; an order of a minute that the trace does not have is in no row,
    so only minutes count here before which the trace has all minutes that an order may lie back."""
    with open(decisions) as file:
        rows = defaultdict(list)
        for row in csv.DictReader(file):
            rows[row["policy"]].append((int(datetime.fromisoformat(row["timestamp"]).timestamp()) // 60, int(row["desired"]), int(row["ready"])))
    return {policy: sum(is_early(each, k, lead_minutes) for k in range(len(each))) for policy, each in rows.items()}


def is_early(rows, k, lead_minutes):
    first = k - 2 * lead_minutes - 19
    if first < 0 or rows[k][0] - rows[first][0] != k - first:
        return False
    ordered = max(desired for _, desired, _ in rows[first:k - lead_minutes + 1])
    return rows[k][2] > max(ordered, rows[0][2])


def parse(output):
    rows = {}
    for line in output.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) == 8 and re.fullmatch(r"\d+", cells[1]):
            rows[cells[0]] = Row(int(cells[1]), float(cells[2]), float(cells[3]), share(cells[5]), share(cells[6]), int(cells[7]))
    return rows


def share(cell):
    return None if cell.startswith("never") else float(cell.split()[0]) / 100


def differences(scorecard, rows):
    """By policy the largest relative difference of violation minutes, unserved share and replica-hours; half of the referee's last printed digit is not a difference."""
    found = {}
    for own in scorecard:
        other = rows[own["policy"]]
        pairs = ((own["violationMinutes"], other.violation_minutes, 0), (own["unservedShare"], other.unserved_share, 0.5e-5), (own["replicaHours"], other.replica_hours, 0.5))
        found[own["policy"]] = max(max(0.0, abs(a - b) - printed) / max(abs(b), 1e-9) for a, b, printed in pairs)
    return found
