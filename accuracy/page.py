"""docs/accuracy.md: what was measured, on what, by which commands."""
import os
import subprocess
from datetime import datetime, timezone

import determinism
import lead_time
import m4
import targets
import timing
from service import CHECKOUT

HEAD = """# Accuracy

Written by `make accuracy`; do not edit. Whatever a figure asks for comes from issue 4. How each is measured, and how to measure on other data: [accuracy/README.md](../accuracy/README.md).

| | |
|---|---|
"""


def output(*command):
    done = subprocess.run(command, cwd=CHECKOUT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return done.stdout.strip() if done.returncode == 0 else ""


def first_value(path, key):
    try:
        with open(path) as file:
            return next((line.split(":", 1)[1].strip() for line in file if line.startswith(key)), "")
    except OSError:
        return ""


def machine():
    memory = first_value("/proc/meminfo", "MemTotal").split(" ")[0]
    processor = first_value("/proc/cpuinfo", "model name") or "processor not named"
    return f"{os.cpu_count()} cores, {int(memory) / 2**20:.0f} GiB, {processor}" if memory else f"{os.cpu_count()} cores"


def commit():
    name = output("git", "rev-parse", "--short=10", "HEAD") or "not known"
    changed = output("git", "status", "--porcelain", "--", "src/main", "pom.xml", "models")
    return name + (" with changes that are not committed" if changed else "")


def jvm():
    version = output(os.path.join(output("bin/find-jdk"), "bin", "java"), "-version").splitlines()
    return version[1 if len(version) > 1 else 0] if version else "not known"


def write(path, measured, options):
    facts = {"date": datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M UTC"), "commit": commit(), "machine": machine(), "load when the page was written": f"{os.getloadavg()[1]:.1f} (mean of 5 min; above the cores, times are those of a busy machine)", "JVM": jvm(),
             "suite, seed": f"{options.suite}, {options.seed}", "command": "`make accuracy`"}
    parts = [HEAD + "\n".join(f"| {name} | {value} |" for name, value in facts.items()), "## Asked and measured\n\n" + targets.table(measured)]
    for stage, title in (("main", "Full histories"), ("short", "Cold starts of one to six days")):
        if stage in measured:
            command = f"evaluate.py {options.suite} --seed {options.seed} --group {stage} --series"
            parts.append(f"## {title}\n\nThe referee's own output (`{command}`), relative to the weekly naive:\n\n" + measured[stage]["output"])
    if "m4" in measured:
        parts.append(f"## M4 hourly\n\n{measured['m4']['series']} series, horizon 48 h; each placed so that it ends at {m4.ENDS_AT:%Y-%m-%dT%H:%MZ}.\n\n" + m4.report(measured["m4"]))
    if "leadTime" in measured:
        parts.append("## Lead-time demand\n\nReplayed by `serve()` of the reference, fourteen days; the last two columns: replica-hours against target tracking with every utilization and smoothing, chosen in hindsight."
                     " Pinball losses are ratios, below 1 is better than the column's name; `reference` is the reference method, measured in the same way.\n\n" + lead_time.report(measured["leadTime"]))
    if "determinism" in measured:
        parts.append("## Same request, same bytes\n\n" + determinism.report(measured["determinism"]))
    if "timing" in measured:
        parts.append("## Time\n\n" + timing.report(measured["timing"]))
    with open(path, "w") as file:
        file.write("\n\n".join(parts) + "\n")
