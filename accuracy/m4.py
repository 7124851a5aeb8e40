"""The 414 hourly series of the M4 competition through POST /api/v1/forecast.

The series have no time stamps. Each is placed so that it ENDS at 2024-01-01T00:00Z, an hour, a day and a week boundary, at step PT1H in UTC:
the forecaster sees a day of 24 and a week of 168 steps in a phase that is the same for all series and otherwise arbitrary.
Horizon 48 h; point forecast: level .5; 95 % interval: levels .025 and .975. Season of the scores: 24.
"""
import csv
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from pathlib import Path

import scores

ENDS_AT = datetime(2024, 1, 1, tzinfo=timezone.utc)
SEASON, HORIZON = 24, 48
LEVELS = [0.025, 0.5, 0.975]
FILES = ("m4_hourly_train.csv", "m4_hourly_test.csv")


def read_rows(path):
    """{name: values}; rows are padded with empty cells."""
    with open(path, newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return {row[0]: [float(cell) for cell in row[1:] if cell not in ("", "NA")] for row in rows}


def request(values):
    start = ENDS_AT - timedelta(hours=len(values))
    return {"start": start.strftime("%Y-%m-%dT%H:%M:%SZ"), "step": "PT1H", "unit": "rate", "values": values, "horizon": "PT48H", "quantiles": LEVELS}


def score(history, actual, answer):
    low, middle, high = zip(*answer["rates"])
    return {"smape": scores.smape(actual, middle), "mase": scores.mase(actual, middle, history, SEASON),
            "msis": scores.msis(actual, low, high, history, SEASON), "coverage": scores.share_inside(actual, low, high)}


def measure(service, datasets, connections=2):
    train, test = (read_rows(Path(datasets, name)) for name in FILES)

    def run(name):
        return score(train[name], test[name][:HORIZON], service.forecast(request(train[name])))

    results = []
    with ThreadPoolExecutor(connections) as pool:
        for done, result in enumerate(pool.map(run, train), 1):
            print(f"\r{done}/{len(train)}", end="", file=sys.stderr)
            results.append(result)
    print(file=sys.stderr)
    mean = {key: sum(result[key] for result in results) / len(results) for key in results[0]}
    return {"series": len(results), **mean, "owa": scores.owa(mean["smape"], mean["mase"])}


def report(m4):
    return "\n".join([
        "| method | sMAPE | MASE | OWA | MSIS | coverage of the 95 % interval |", "|---|---|---|---|---|---|",
        f"| prescale | {m4['smape']:.3f} | {m4['mase']:.3f} | **{m4['owa']:.3f}** | {m4['msis']:.2f} | {m4['coverage']:.3f} |",
        f"| Naive2 (published) | {scores.NAIVE2_SMAPE} | {scores.NAIVE2_MASE} | 1.000 | | |",
        "| best of the competition (published) | | | .410 | | |",
        "| best published interval | | | | 6.14 | |"])
