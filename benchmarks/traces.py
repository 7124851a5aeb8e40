"""Which part of which trace is replayed, and at which capacity: one rule for all."""
import csv
import gzip
import math
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

REPLICAS_AT_BUSY_MINUTE = 20
BUSY_SHARE = 0.99
REPLAYED_DAYS = 14
LONG_WARM_UP_DAYS, SHORT_WARM_UP_DAYS = 14, 8
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Part:
    """What is replayed of a trace: days after a warm-up, and what one replica sustains in req/s."""

    warm_up_days: int
    days: int
    request_rate: float


def read(path):
    """The begin, the seconds of a step, and the count of each step by its number; a step that is absent is not there."""
    opened = gzip.open(path, "rt") if path.suffix == ".gz" else open(path)
    with opened as file:
        rows = [(datetime.fromisoformat(row["timestamp"]), float(row["value"])) for row in csv.DictReader(file)]
    seconds = Counter((after[0] - before[0]).total_seconds() for before, after in zip(rows, rows[1:])).most_common(1)[0][0]
    start = rows[0][0]
    return start, int(seconds), {int((at - start).total_seconds() // seconds): value for at, value in rows}


def part(path):
    """Fourteen days after fourteen (eight where the trace has less than three weeks); twenty replicas serve the 99 % minute of what is replayed."""
    _, seconds, counts = read(path)
    per_day = 86_400 // seconds
    length = (max(counts) + 1) // per_day
    warm_up = LONG_WARM_UP_DAYS if length > LONG_WARM_UP_DAYS + 7 else SHORT_WARM_UP_DAYS
    days = min(REPLAYED_DAYS, length - warm_up)
    if days < 1:
        raise ValueError(f"{path.name} has {length} days, too few to replay any after {warm_up}")
    replayed = sorted(value for step, value in counts.items() if warm_up * per_day <= step < (warm_up + days) * per_day)
    busy = replayed[min(len(replayed) - 1, math.floor(BUSY_SHARE * (len(replayed) - 1)))] / seconds
    if busy <= 0:
        raise ValueError(f"{path.name} has no traffic in 99 % of its minutes")
    return Part(warm_up, days, busy / REPLICAS_AT_BUSY_MINUTE)


def specification(name, request_rate, time_zone):
    """Defaults everywhere, so unserved : idle is 19 : 1 and target tracking is at its usual 70 %."""
    return f"""apiVersion: prescale.dev/v1alpha1
kind: PredictiveAutoscaler
metadata: {{name: {name}, namespace: benchmarks}}
spec:
  scaleTargetRef: {{apiVersion: apps/v1, kind: Deployment, name: {name}}}
  minReplicas: 1
  maxReplicas: 1000
  timeZone: {time_zone}
  traffic:
    influx: {{bucket: traffic, measurement: http_requests, field: count, tags: {{service: {name}}}, kind: Count}}
    step: 60s
    history: 28d
  capacity:
    perReplica: {{requestRate: {request_rate!r}, targetUtilization: 0.7}}
"""
