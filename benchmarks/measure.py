"""Everything behind `make benchmarks`: backtests of every policy on real and bundled traces at three start times, scored twice, written to docs/benchmarks.md.

TRACES=a.csv,b.csv takes others and leaves docs/benchmarks.md as it is (the page is printed). A backtest whose result is kept for the same code, trace and options is not run again; FRESH=1 runs all anew.
"""
import hashlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import report
import second_score
import traces
from service import CHECKOUT

START_MINUTES = (1, 3, 10)
SHARED = ("nasa_http_60s", "worldcup98_60s", "nab_elb_request_count_300s", "nab_tweets_amzn_300s", "servegen_m_small_total_600s", "servegen_m_large_total_600s")
BUNDLED = {"shop-web": "Europe/Berlin", "llm-chat": "UTC", "two-models": "America/New_York", "incidents": "UTC", "batch-idle": "UTC"}


def folder(name, fallback, needed, what):
    path = (CHECKOUT / (os.environ.get(name) or fallback)).resolve()
    if not (path / needed).is_file():
        sys.exit(f"make benchmarks: {what} is not in {path}.\nPoint to it: make benchmarks {name}=FOLDER (relative to the checkout; {needed} must be in it).")
    return path


def wanted():
    """Path and time zone of each trace, the real ones first."""
    if os.environ.get("TRACES"):
        return [(Path(path.partition("@")[0]).resolve(), path.partition("@")[2] or "UTC") for path in os.environ["TRACES"].split(",")]
    real = folder("DATASETS", "../shared/datasets", "nasa_http_60s.csv", "the folder of data sets")
    return [(real / f"{name}.csv", "UTC") for name in SHARED] + [(CHECKOUT / "datasets" / f"{name}.csv.gz", zone) for name, zone in BUNDLED.items()]


def fingerprint(bench, path, zone, minutes):
    """Of everything that a result depends on, but for the machine."""
    here = CHECKOUT
    digest = hashlib.sha256(f"{zone} {minutes}".encode())
    own = [here / "benchmarks" / name for name in ("measure.py", "traces.py", "second_score.py")]
    for file in [here / "pom.xml", *sorted((here / "src/main").rglob("*")), *sorted((here / "models").rglob("*")), *own, bench / "provisioning.py", path]:
        if file.is_file():
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def measured(bench, cache, path, zone, minutes):
    """One trace at one start time: the answer of `prescale backtest --json`, and what the referee says of its decisions."""
    kept = cache / f"{path.name}-{minutes}-{fingerprint(bench, path, zone, minutes)}.json"
    if kept.is_file() and not os.environ.get("FRESH"):
        return json.loads(kept.read_text())
    part = traces.part(path)
    name = "".join(c if c.isalnum() else "-" for c in path.name.split(".")[0].lower())
    specification, decisions = cache / "specification.yaml", cache / "decisions.csv"
    specification.write_text(traces.specification(name, part.request_rate, zone))
    command = ["bin/prescale", "backtest", path, "--spec", specification, "--policies", "all", "--start-time", f"PT{minutes}M",
               "--warm-up", f"P{part.warm_up_days}D", "--days", str(part.days), "--seed", "1", "--decisions", decisions, "--json"]
    began = time.monotonic()
    done = subprocess.run(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(f"make benchmarks: {' '.join(map(str, command))} ended with {done.returncode}")
    seconds = time.monotonic() - began
    result = json.loads(done.stdout)
    second = second_score.score(bench, decisions, part.request_rate, minutes)
    answer = {"days": part.days, "warmUp": part.warm_up_days, "requestRate": part.request_rate, "seconds": seconds, "result": result,
              "second": {policy: vars(row) for policy, row in second.items()}, "difference": second_score.differences(result["scorecard"], second),
              "early": second_score.early(decisions, minutes)}
    kept.write_text(json.dumps(answer))
    return answer


def main():
    bench = folder("BENCH", "../shared/bench", "provisioning.py", "the referee of decisions")
    cache = Path(os.environ["PRESCALE_BENCHMARKS_CACHE"])
    cache.mkdir(parents=True, exist_ok=True)
    answers = {}
    chosen = wanted()
    for path, zone in chosen:
        for minutes in START_MINUTES:
            print(f"{path.name}, start time {minutes} min", file=sys.stderr, flush=True)
            answers[path.name.split(".")[0], minutes] = measured(bench, cache, path, zone, minutes)
    text = report.page(answers, START_MINUTES, list(SHARED))
    if os.environ.get("TRACES"):
        print(text)
    else:
        (CHECKOUT / "docs/benchmarks.md").write_text(text)
        (CHECKOUT / "docs/images/benchmarks.svg").write_text(report.chart(answers, START_MINUTES))
        print(f"docs/benchmarks.md and its picture are written, {len(answers)} backtests")
    worst = max((difference, trace, minutes, policy) for (trace, minutes), answer in answers.items() for policy, difference in answer["difference"].items())
    early = sum(sum(answer["early"].values()) for answer in answers.values())
    print(f"largest difference to the second score: {100 * worst[0]:.2f} % ({worst[3]} on {worst[1]}, {worst[2]} min); replicas ready too early: {early}")
    if worst[0] > second_score.TOLERATED or early:
        sys.exit("make benchmarks: the two scores do not agree")


if __name__ == "__main__":
    main()
