package dev.prescale.app;

import dev.prescale.backtest.ReplayPolicy;
import dev.prescale.backtest.Scorecard;
import dev.prescale.backtest.Scorecard.Score;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** A scorecard as a table for a terminal, and what it says in a sentence. */
final class ScorecardTable {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);

    private ScorecardTable() {}

    static String of(Scorecard card) {
        StringBuilder text = new StringBuilder();
        text.append("%s, %s to %s, lead time %s s, seed %d%n"
                .formatted(
                        card.trace(),
                        DAY.format(card.from()),
                        DAY.format(card.to()),
                        card.leadTime().toSeconds(),
                        card.seed()));
        text.append("  %-10s %13s %14s %9s %8s %6s %8s%n"
                .formatted("policy", "replica-hours", "violation min", "unserved", "actions", "peak", "regret"));
        for (Score score : card.scores()) {
            text.append("  %-10s %13.1f %14.1f %8.3f%% %8d %6d %8s%n"
                    .formatted(
                            score.policy(),
                            score.replicaHours(),
                            score.violationMinutes(),
                            100 * score.unservedShare(),
                            score.scaleActions(),
                            score.peakReplicas(),
                            regret(score)));
        }
        sentence(card).ifPresent(said -> text.append("  ").append(said).append(System.lineSeparator()));
        return text.toString();
    }

    private static String regret(Score score) {
        Double regret = score.regret();
        return regret == null ? "-" : "%+.0f%%".formatted(100 * regret);
    }

    /** Prescale beside target tracking as specified. */
    private static Optional<String> sentence(Scorecard card) {
        Optional<Score> prescale = card.of(ReplayPolicy.PRESCALE);
        Optional<Score> hpa = card.of(ReplayPolicy.HPA);
        if (prescale.isEmpty() || hpa.isEmpty() || hpa.get().replicaHours() == 0) {
            return Optional.empty();
        }
        double hours = prescale.get().replicaHours() / hpa.get().replicaHours() - 1;
        Duration length = Duration.between(card.from(), card.to());
        return Optional.of(
                "Against target tracking alone over %d h: %+.0f %% replica-hours, %.1f violation minutes instead of %.1f."
                        .formatted(
                                length.toHours(),
                                100 * hours,
                                prescale.get().violationMinutes(),
                                hpa.get().violationMinutes()));
    }
}
