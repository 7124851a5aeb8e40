package dev.prescale.app;

import dev.prescale.backtest.ReplaySetup;
import dev.prescale.backtest.TuningAdvice;
import dev.prescale.backtest.TuningGoal.Objective;
import dev.prescale.backtest.TuningResult;
import dev.prescale.backtest.TuningResult.Candidate;
import dev.prescale.backtest.TuningResult.Fold;
import dev.prescale.backtest.TuningScore;
import dev.prescale.backtest.TuningSettings;
import dev.prescale.control.EndpointSpec;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a tuning found, for a terminal. */
final class TuneText {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final ReplaySetup setup;
    private final TuningResult result;
    private final EndpointSpec spec;
    private final StringBuilder text = new StringBuilder();

    private TuneText(ReplaySetup setup, TuningResult result) {
        this.setup = setup;
        this.result = result;
        this.spec = setup.specs().getFirst();
    }

    static String of(ReplaySetup setup, TuningResult result) {
        TuneText told = new TuneText(setup, result);
        told.header();
        told.frontier();
        told.folds();
        told.recommended();
        told.text.append(System.lineSeparator());
        new TuningAdvice(spec(setup), result).sentences().forEach(sentence -> told.line("%s", sentence));
        return told.text.toString();
    }

    private static EndpointSpec spec(ReplaySetup setup) {
        return setup.specs().getFirst();
    }

    private void header() {
        ReplaySetup.Endpoint endpoint = setup.endpoints().getFirst();
        line(
                "%s, %s to %s, start time %s, seed %d",
                endpoint.trace().name(),
                setup.from(),
                setup.to(),
                BacktestText.startTime(endpoint.startTime()),
                setup.seed());
        boolean isCost = result.goal().objective() == Objective.COST;
        line(
                "%s at most %.1f %s a day; %d settings replayed, %d blocks",
                isCost ? "least cost with" : "fewest violation minutes with",
                result.limitPerDay(),
                isCost ? "violation minutes" : "cost",
                result.replays(),
                result.folds().size());
    }

    /** Of rows that would look the same the recommended one is shown, or else the first. */
    private void frontier() {
        line("%nsettings that no others beat in everything, a day each");
        line("  %13s %13s %9s  %s", "replica-hours", "violation min", "cost", "settings");
        Map<String, String> rows = new LinkedHashMap<>();
        for (Candidate candidate : result.frontier()) {
            String mark = mark(candidate);
            rows.merge(
                    numbers(candidate.score()),
                    settings(candidate.settings()) + mark,
                    (shown, same) -> mark.isEmpty() ? shown : same);
        }
        rows.forEach((numbers, settings) -> line("%s  %s", numbers, settings));
        if (!result.frontier().contains(result.present())) {
            line("%s  as now, beaten by others", numbers(result.present().score()));
        }
    }

    private String mark(Candidate candidate) {
        return candidate.equals(result.recommended()) && result.verdict() != TuningResult.Verdict.LIMIT_NOT_REACHED
                ? "  <- recommended"
                : "";
    }

    private static String numbers(TuningScore score) {
        return String.format(
                Locale.ROOT,
                "  %13.1f %13.1f %9.1f",
                score.replicaHoursPerDay(),
                score.violationMinutesPerDay(),
                score.costPerDay());
    }

    private void folds() {
        line("%neach block under the settings that were best on the others, a day each");
        line("  %-16s  %17s  %17s  %s", "block from", "cost: tuned   now", "viol.: tuned  now", "settings");
        for (Fold fold : result.folds()) {
            fold(MINUTE.format(fold.from()), fold.heldOut(), fold.presentHeldOut(), settings(fold.settings()));
        }
        fold("all blocks", result.heldOut(), result.present().score(), "");
    }

    private void fold(String name, TuningScore heldOut, TuningScore present, String settings) {
        line(
                "  %-16s  %8.1f %8.1f  %8.1f %8.1f  %s",
                name,
                heldOut.costPerDay(),
                present.costPerDay(),
                heldOut.violationMinutesPerDay(),
                present.violationMinutesPerDay(),
                settings);
    }

    /** With what each changed key is worth: what came of it being left as it is now. */
    private void recommended() {
        line("%n%-41s %6s %12s  %s", "key", "now", "recommended", "left as now it were, a day");
        result.recommended().settings().values().forEach((knob, value) -> {
            boolean isChanged = value != knob.of(spec);
            line(
                    "%-41s %6s %12s  %s",
                    knob.path(spec),
                    TunedKeys.text(knob, knob.of(spec)),
                    isChanged ? TunedKeys.text(knob, value) : "",
                    isChanged ? difference(result.without().get(knob)) : "");
        });
    }

    private String difference(@Nullable TuningScore without) {
        TuningScore chosen = result.recommended().score();
        return without == null
                ? "not replayed"
                : String.format(
                        Locale.ROOT,
                        "cost %+.1f, violation min %+.1f",
                        without.costPerDay() - chosen.costPerDay(),
                        without.violationMinutesPerDay() - chosen.violationMinutesPerDay());
    }

    /** What they change, by the last name of each key. */
    private String settings(TuningSettings settings) {
        List<String> changes = new ArrayList<>();
        settings.values().forEach((knob, value) -> {
            if (value != knob.of(spec)) {
                changes.add(knob.path(spec).replaceFirst("^(capacity|behavior)\\.", "") + " "
                        + TunedKeys.text(knob, value));
            }
        });
        return changes.isEmpty() ? "as now" : String.join(", ", changes);
    }

    private void line(String format, @Nullable Object... values) {
        text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append(System.lineSeparator());
    }
}
