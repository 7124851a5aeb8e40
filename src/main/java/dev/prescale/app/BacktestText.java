package dev.prescale.app;

import dev.prescale.backtest.BacktestResult;
import dev.prescale.backtest.BacktestResult.EqualService;
import dev.prescale.backtest.MixedCapacity;
import dev.prescale.backtest.ReplayPolicy;
import dev.prescale.backtest.ReplaySetup;
import dev.prescale.backtest.StartTime;
import dev.prescale.config.Durations;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a backtest found, for a terminal. */
final class BacktestText {
    private BacktestText() {}

    /** @param mixed how replicas are bought cheapest, where there were prices */
    static String of(ReplaySetup setup, BacktestResult result, Optional<MixedCapacity> mixed) {
        StringBuilder text = new StringBuilder();
        text.append("%s, %s to %s, start time %s, seed %d%n"
                .formatted(
                        result.scorecard().trace(),
                        result.scorecard().from(),
                        result.scorecard().to(),
                        startTime(setup.endpoints().getFirst().startTime()),
                        setup.seed()));
        text.append(ScorecardTable.rows(result.scorecard()));
        if (!result.equalService().isEmpty()) {
            text.append(equalService(result.equalService()));
        }
        if (!result.advice().isEmpty()) {
            text.append(System.lineSeparator());
            result.advice().forEach(sentence -> text.append(sentence).append(System.lineSeparator()));
        }
        mixed.ifPresent(mix -> {
            text.append(System.lineSeparator());
            mix.sentences().forEach(sentence -> text.append(sentence).append(System.lineSeparator()));
        });
        return text.toString();
    }

    static String startTime(StartTime startTime) {
        return startTime.isConstant()
                ? Durations.format(startTime.median())
                : "%s (median) and %s (90 %%)"
                        .formatted(Durations.format(startTime.median()), Durations.format(startTime.p90()));
    }

    private static String equalService(List<EqualService> rows) {
        Optional<EqualService> ours = rows.stream()
                .filter(row -> row.policy().equals(ReplayPolicy.PRESCALE))
                .findFirst();
        StringBuilder text = new StringBuilder("%nat the violation minutes of prescale, headroom moved%n".formatted());
        text.append(String.format(
                Locale.ROOT, "  %-12s %13s %14s %12s%n", "policy", "replica-hours", "violation min", "to prescale"));
        for (EqualService row : rows) {
            Double hours = row.replicaHours();
            Double reference = ours.map(EqualService::replicaHours).orElse(null);
            text.append(String.format(
                    Locale.ROOT,
                    "  %-12s %13s %14.0f %12s%n",
                    row.policy(),
                    hours == null ? "not reached" : String.format(Locale.ROOT, "%.1f", hours),
                    row.violationMinutes(),
                    hours == null || reference == null || reference == 0
                            ? "-"
                            : String.format(Locale.ROOT, "%+.1f%%", 100 * (hours / reference - 1))));
        }
        return text.toString();
    }
}
