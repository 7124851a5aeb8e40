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

    private static final String LINE = "  %-11s %13s %13s %9s %8s %7s %5s %9s %7s%n";

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
        text.append(rows(card));
        sentence(card).ifPresent(said -> text.append("  ").append(said).append(System.lineSeparator()));
        return text.toString();
    }

    /** A line per policy below a line of titles. */
    static String rows(Scorecard card) {
        StringBuilder text = new StringBuilder();
        text.append(LINE.formatted(
                "policy",
                "replica-hours",
                "violation min",
                "unserved",
                "wait p95",
                "actions",
                "peak",
                "cost",
                "regret"));
        for (Score score : card.scores()) {
            text.append(LINE.formatted(
                    score.policy(),
                    decimals(score.replicaHours(), 1),
                    decimals(score.violationMinutes(), 0),
                    decimals(100 * score.unservedShare(), 3) + "%",
                    wait(score),
                    score.scaleActions(),
                    score.peakReplicas(),
                    decimals(score.cost(), 1),
                    regret(score)));
        }
        return text.toString();
    }

    private static String wait(Score score) {
        Double seconds = score.waitP95();
        return seconds == null ? "-" : decimals(seconds, 3) + " s";
    }

    private static String decimals(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
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
