"""What was asked for (issue 4), beside what was measured. Nothing here fails a build: a figure depends on the machine's data and is judged by people."""
from trials import BASELINES, LEAD_MINUTES, TRACES


class Target:
    """A figure with the range that was asked for, ends included."""

    def __init__(self, name, least=None, most=None, aim=None, form="{:.3f}", below=False):
        self.name, self.least, self.most, self.aim, self.form, self.below = name, least, most, aim, form, below

    def asked(self):
        low, high = (None if end is None else self.form.format(end) for end in (self.least, self.most))
        text = f"{low} to {high}" if low and high else f"at least {low}" if low else f"{'below' if self.below else 'at most'} {high}" if high else "-"
        return text + (f" (aim {self.form.format(self.aim)})" if self.aim is not None else "")

    def met(self, value):
        if value is None or value != value:
            return None
        high_enough = self.least is None or value >= self.least
        low_enough = self.most is None or (value < self.most if self.below else value <= self.most)
        return high_enough and low_enough

    def row(self, value):
        met = self.met(value)
        verdict = "" if met is None or (self.least is None and self.most is None) else "yes" if met else "**no**"
        return f"| {self.name} | {self.asked()} | {'-' if value is None or value != value else self.form.format(value)} | {verdict} |"


FULL = [
    (Target("full histories: relative MAE, all horizons", most=0.78, aim=0.74), lambda r: r["mae"]["all"]),
    (Target("full histories: relative MAE, <=1h", most=0.58, aim=0.52), lambda r: r["mae"]["<=1h"]),
    (Target("full histories: relative MAE, worst series", most=1.10, form="{:.2f}"), lambda r: r["worst"]),
    (Target("full histories: coverage at .95", least=0.93, most=0.965), lambda r: r["coverage"]["0.95"]),
    (Target("full histories: mean gap at .95", most=0.028), lambda r: r["gap"]["0.95"]),
    (Target("full histories: coverage at .95, worst series", least=0.82, form="{:.2f}"), lambda r: r["worstCoverage"]),
    (Target("full histories: relative pinball at .95", most=0.80), lambda r: r["pinball"]["0.95"]),
    (Target("full histories: relative pinball at .99", most=0.72), lambda r: r["pinball"]["0.99"])]
COLD = [
    (Target("cold starts: relative MAE, all horizons", most=0.85), lambda r: r["mae"]["all"]),
    (Target("cold starts: relative MAE, <=1h", most=0.50), lambda r: r["mae"]["<=1h"]),
    (Target("cold starts: coverage at .95", least=0.90), lambda r: r["coverage"]["0.95"])]
FAULTS = [(Target("answers that broke a promise of the API", most=0, form="{:.0f}"), lambda r: r["faults"])]
M4 = [
    (Target("M4 hourly: OWA (best of the competition .410)", most=0.41), lambda r: r["owa"]),
    (Target("M4 hourly: MSIS (best published 6.14)", form="{:.2f}"), lambda r: r["msis"])]
DETERMINISM = [(Target("same request, other process and threads: answers that differ", most=0, form="{:.0f}"), lambda r: r["different"])]
TIMING = [
    (Target("POST /api/v1/forecast of 4,032 values, median of the first 20 of a fresh JVM, ms", most=200, form="{:.0f}"), lambda r: r["cold"]),
    (Target("the very first request of a fresh JVM, median of 5 starts, ms", form="{:.0f}"), lambda r: r["first"])]


def lead_time_rows(results):
    """Coverage and losses of every trial, and its gain beside that of the reference."""
    by_trial = {(result["trace"], result["leadMinutes"]): result for result in results}
    for lead in LEAD_MINUTES:
        for trace in TRACES:
            result = by_trial.get((trace, lead))
            if result is None:
                continue
            name = f"lead-time demand, {trace.rsplit('_', 1)[0]}, {lead} min"
            yield Target(f"{name}: coverage at .95", least=0.93, most=0.965).row(result["prescale"]["coverage"])
            worst = max((result["pinballTo"][baseline] for baseline in BASELINES if result["pinballTo"][baseline] == result["pinballTo"][baseline]), default=None)
            yield Target(f"{name}: pinball to the best baseline", most=1, below=True).row(worst)
            asked = 100 * result["reference"]["gainAtViolations"]
            aim = min(0.0, asked) if trace.startswith("servegen") else asked - 3
            yield Target(f"{name}: replica-hours at equal violation minutes, %", most=asked, aim=aim, form="{:+.1f}").row(100 * result["prescale"]["gainAtViolations"])


def table(measured):
    """One table of all figures that are there."""
    lines = ["| figure | asked | measured | met |", "|---|---|---|---|"]
    for stage, targets in (("main", FULL + FAULTS), ("short", COLD + FAULTS), ("m4", M4)):
        if stage in measured:
            lines += [target.row(read(measured[stage])) for target, read in targets]
    if "leadTime" in measured:
        lines += lead_time_rows(measured["leadTime"])
    for stage, targets in (("determinism", DETERMINISM), ("timing", TIMING)):
        if stage in measured:
            lines += [target.row(read(measured[stage])) for target, read in targets]
    return "\n".join(lines)
