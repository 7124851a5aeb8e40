"""docs/accuracy.md: what was measured, on what, by which commands."""
import os
from datetime import datetime, timezone

import determinism
import facts
import lead_time
import m4
import targets
import timing

HEAD = """# Accuracy

Written by `make accuracy`; do not edit. Whatever a figure asks for comes from issue 4. How each is measured, and how to measure on other data: [accuracy/README.md](../accuracy/README.md).

| | |
|---|---|
"""


def write(path, measured, options):
    head = {"date": datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M UTC"), "commit": facts.commit(), "machine": facts.machine(), "load when the page was written": f"{os.getloadavg()[1]:.1f} (mean of 5 min; above the cores, times are those of a busy machine)", "JVM": facts.jvm(),
             "suite, seed": f"{options.suite}, {options.seed}", "command": "`make accuracy`"}
    parts = [HEAD + "\n".join(f"| {name} | {value} |" for name, value in head.items()), "## Asked and measured\n\n" + targets.table(measured)]
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
