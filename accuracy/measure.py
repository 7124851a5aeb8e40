"""Everything behind `make accuracy`: measures stage by stage, prints asked / measured, writes docs/accuracy.md.

A stage whose result is kept for the same code, data and options is not measured again; FRESH=1 measures all anew.
STAGES=m4,timing measures only those and leaves docs/accuracy.md as it is; so does another suite or seed, whose page is written beside the kept results.
"""
import hashlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import determinism
import lead_time
import m4
import page
import referee
import service
import targets
import timing

STAGES = ("main", "short", "m4", "leadTime", "determinism", "timing")
DEFAULT_SUITE = "suites/dev.json"
HARNESS = "src/test/java/dev/prescale/bench/LeadTimeReplay.java"


class Options:
    def __init__(self, environment):
        self.bench = folder(environment, "BENCH", "../shared/bench", "evaluate.py", "the referee (evaluate.py, suites)")
        self.datasets = folder(environment, "DATASETS", os.path.join(self.bench, "../datasets"), m4.FILES[0], "the data sets")
        self.reference = folder(environment, "REFERENCE", os.path.join(self.bench, "../design/reference"), "lead_time_demand.py", "the reference of the lead-time demand")
        self.suite = environment.get("SUITE") or DEFAULT_SUITE
        self.suite_path = self.bench / self.suite
        if not self.suite_path.is_file():
            sys.exit(f"make accuracy: there is no suite {self.suite} in {self.bench}; SUITE=path, relative to it")
        self.seed = int(environment.get("SEED") or 1)
        self.fresh = environment.get("FRESH", "") not in ("", "0")
        self.stages = [stage for stage in (environment.get("STAGES") or ",".join(STAGES)).split(",") if stage]
        for stage in self.stages:
            if stage not in STAGES:
                sys.exit(f"make accuracy: STAGES={stage} is none of {', '.join(STAGES)}")
        self.cache = Path(environment["PRESCALE_ACCURACY_CACHE"])


def folder(environment, name, fallback, needed, what):
    path = (service.CHECKOUT / (environment.get(name) or fallback)).resolve()
    if not (path / needed).is_file():
        sys.exit(f"make accuracy: {what} is not in {path}.\nPoint to it: make accuracy {name}=FOLDER (relative to the checkout; {needed} must be in it).")
    return path


def fingerprint(stage, options):
    """Of everything a stage's figures depend on, but for the machine."""
    own = {"main": "referee", "short": "referee", "m4": "m4", "leadTime": "lead_time", "determinism": "determinism", "timing": "timing"}[stage]
    here = service.CHECKOUT
    files = [here / "pom.xml", *sorted((here / "src/main").rglob("*")), *sorted((here / "models").rglob("*")), here / "accuracy" / f"{own}.py", here / "accuracy/scores.py"]
    files += {"leadTime": [here / HARNESS, options.reference / "lead_time_demand.py"], "m4": []}.get(stage, [options.suite_path, options.bench / "tasks.py", options.bench / "score.py"])
    digest = hashlib.sha256(f"{stage} {options.seed} {options.datasets}".encode())
    for file in files:
        if file.is_file():
            digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def harness(cache):
    """The command that issues lead-time demands; compiles the one test class that it needs against the packaged application."""
    source = service.CHECKOUT / HARNESS
    application = service.CHECKOUT / "target/quarkus-app"
    classes = cache / "harness"
    classes.mkdir(parents=True, exist_ok=True)
    jdk = subprocess.run([service.CHECKOUT / "bin/find-jdk"], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
    path = os.pathsep.join([f"{application}/app/*", f"{application}/lib/main/*"])
    subprocess.run([f"{jdk}/bin/javac", "-nowarn", "-proc:none", "-cp", path, "-d", classes, source], check=True)
    return [f"{jdk}/bin/java", "-cp", os.pathsep.join([str(classes), path]), "dev.prescale.bench." + source.stem]


def tasks(options):
    sys.path.insert(0, str(options.bench))
    import tasks as task_builder
    return task_builder.build(str(options.suite_path), options.seed)


def measure(stage, options):
    if stage in ("main", "short", "m4"):
        with service.Service() as running:
            if stage == "m4":
                return m4.measure(running, options.datasets)
            answers = options.cache / f"answers-{stage}.jsonl"
            return referee.measure(running, options.bench, options.suite_path, options.seed, stage, answers)
    if stage == "leadTime":
        return lead_time.measure(harness(options.cache), options.reference / "lead_time_demand.py", options.datasets, options.cache)
    if stage == "determinism":
        return determinism.measure(tasks(options))
    return timing.measure()


def main():
    options = Options(os.environ)
    measured = {}
    for stage in options.stages:
        if stage == "leadTime" and not (service.CHECKOUT / HARNESS).is_file():
            print(f"{stage}: left out, {HARNESS} is not there", file=sys.stderr)
            continue
        kept = options.cache / "results" / f"{stage}-{fingerprint(stage, options)}.json"
        begun = time.monotonic()
        if kept.exists() and not options.fresh:
            measured[stage] = json.loads(kept.read_text())
            print(f"{stage}: kept from an earlier run of the same code", file=sys.stderr)
            continue
        print(f"{stage}: measuring", file=sys.stderr)
        measured[stage] = measure(stage, options)
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(measured[stage]))
        print(f"{stage}: {time.monotonic() - begun:.0f} s", file=sys.stderr)
    print(targets.table(measured))
    if set(options.stages) == set(STAGES):
        # the page in the checkout is about the default suite; another one must not take its place
        target = service.CHECKOUT / "docs/accuracy.md" if (options.suite, options.seed) == (DEFAULT_SUITE, 1) else options.cache / "accuracy.md"
        page.write(target, measured, options)
        print(f"written: {target}", file=sys.stderr)


if __name__ == "__main__":
    main()
