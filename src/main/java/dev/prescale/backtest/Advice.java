package dev.prescale.backtest;

import dev.prescale.scaling.ReasonCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a backtest found, in sentences: whether the forecast is worth it, whether a fixed number of replicas would do, what caused
 * violations, what a longer start costs. Advises on Prescale, or where it did not run on the first policy that does not know the
 * future.
 */
final class Advice {
    static final Duration LONGER_START = Duration.ofMinutes(1);

    /** Savings below this are within what another week of traffic would change. */
    private static final double WORTH_IT = 0.03;

    private static final double MOSTLY = 0.5;
    private static final double NEXT_TO_NOTHING = 0.005;

    private final ReplaySetup setup;
    private final Scorecard card;
    private final List<BacktestResult.EqualService> equal;
    private final Optional<Scorecard.Score> slower;
    private final PolicyRun advised;
    private final TraceFacts facts;

    Advice(
            ReplaySetup setup,
            Scorecard card,
            List<BacktestResult.EqualService> equal,
            Optional<Scorecard.Score> slower,
            List<PolicyRun> runs) {
        this.setup = setup;
        this.card = card;
        this.equal = equal;
        this.slower = slower;
        this.advised = advised(runs);
        this.facts = new TraceFacts(setup);
    }

    /** The run that is advised on. */
    static PolicyRun advised(List<PolicyRun> runs) {
        return runs.stream()
                .filter(run -> run.policy().name().equals(ReplayPolicy.PRESCALE))
                .findFirst()
                .or(() -> runs.stream()
                        .filter(run -> !run.policy().name().equals(ReplayPolicy.ORACLE))
                        .findFirst())
                .orElse(runs.getFirst());
    }

    List<String> sentences() {
        List<String> said = new ArrayList<>();
        worth().ifPresent(said::add);
        fixed().ifPresent(said::add);
        causes().ifPresent(said::add);
        longerStart().ifPresent(said::add);
        return said;
    }

    private Scorecard.Score score() {
        return advised.score();
    }

    private Optional<String> worth() {
        Optional<Scorecard.Score> hpa = card.of(ReplayPolicy.HPA);
        Optional<BacktestResult.EqualService> asGood = equal.stream()
                .filter(row -> row.policy().equals(ReplayPolicy.HPA))
                .findFirst();
        if (hpa.isEmpty() || asGood.isEmpty()) {
            return Optional.empty();
        }
        Double hours = asGood.get().replicaHours();
        if (hours == null) {
            return Optional.of(say(
                    "Target tracking alone never comes down to the %.0f violation minutes of Prescale.",
                    score().violationMinutes()));
        }
        double saved = 1 - score().replicaHours() / hours;
        if (saved >= WORTH_IT) {
            return Optional.of(say(
                    "For the same %.0f violation minutes target tracking alone would need %.0f %% more replica-hours.",
                    score().violationMinutes(), 100 * (hours / score().replicaHours() - 1)));
        }
        return Optional.of(say(
                "The forecast is not worth it here: for the same %.0f violation minutes target tracking alone needs %s; %s.",
                score().violationMinutes(),
                Math.abs(saved) < 0.005
                        ? "as many replica-hours"
                        : say(
                                "%.0f %% %s replica-hours",
                                100 * Math.abs(1 / (1 - saved) - 1), saved > 0 ? "more" : "fewer"),
                whyNot(hpa.get())));
    }

    private String whyNot(Scorecard.Score hpa) {
        double without = advised.reasons().shareWithoutForecast();
        if (without > MOSTLY) {
            return say("the forecast was missing or not trusted in %.0f %% of the time", 100 * without);
        }
        if (hpa.violationMinutes() == 0) {
            return "at its usual headroom it has no violation minute to save";
        }
        if (facts.growthAhead() < WORTH_IT) {
            return say("traffic hardly grows in the %s that a replica takes to start", duration(card.leadTime()));
        }
        if (facts.unlikeYesterday() > MOSTLY) {
            return say(
                    "a minute is off by %.0f %% from the same minute of the day before, so little repeats",
                    100 * facts.unlikeYesterday());
        }
        return "what comes within a start time is mostly noise, which takes headroom whoever decides";
    }

    private Optional<String> fixed() {
        int replicas = facts.fixedReplicas((int) score().violationMinutes());
        double hours = replicas * facts.hours();
        double less = 1 - hours / score().replicaHours();
        if (less < 0) {
            return Optional.empty();
        }
        return Optional.of(say(
                "A fixed %d %s would serve this trace as well for %s.",
                replicas,
                replicas == 1 ? "replica" : "replicas",
                less < 0.005 ? "as much" : say("%.0f %% less", 100 * less)));
    }

    private Optional<String> causes() {
        int violated = (int) score().violationMinutes();
        Optional<ReasonTally.Cause> most = advised.reasons().most();
        int late = advised.reasons().startedLate();
        if (violated == 0 || (most.isEmpty() && late == 0)) {
            return Optional.empty();
        }
        if (most.isEmpty() || late > most.get().minutes()) {
            return Optional.of(say(
                    "Most violation minutes (%d of %d): enough was ordered in time, but replicas started late.",
                    late, violated));
        }
        return Optional.of(say(
                "Most violation minutes (%d of %d) are of %s: %s.",
                most.get().minutes(),
                violated,
                most.get().code().wireName(),
                meaning(most.get().code())));
    }

    private String meaning(ReasonCode code) {
        return switch (code) {
            case FORECAST_PRE_SCALE, FORECAST_HOLD ->
                say(
                        "traffic rose above the %s quantile that was planned for",
                        setup.specs().getFirst().policy().predictive().quantile());
            case FORECAST_MISSED -> "traffic had been above what was forecast, and went on rising";
            case FORECAST_DISTRUSTED -> "the health gate did not trust the forecast, target tracking decided";
            case FORECAST_UNAVAILABLE -> "there was no forecast, target tracking decided";
            case TARGET_TRACKING, PRESENT_LOAD, WITHIN_TOLERANCE -> "a rise was seen only when it was there";
            case SCALE_UP_LIMITED -> "behavior.scaleUp let it grow no faster";
            case SCALE_UP_STABILIZED -> "the window of behavior.scaleUp held it back";
            case ABOVE_MAXIMUM -> "maxReplicas was reached";
            case NO_DATA, STALE_DATA, HISTORY_FAILED, AFTER_RESTART -> "the request rate was not known";
            default -> "it decided when replicas had to be ordered";
        };
    }

    private Optional<String> longerStart() {
        return slower.map(than -> {
            double more = than.cost() / score().cost() - 1;
            return say(
                    "One more minute of start time would cost %s: %.1f replica-hours and %.0f violation minutes instead of %.1f and %.0f.",
                    more < NEXT_TO_NOTHING ? "next to nothing" : say("%.1f %% more", 100 * more),
                    than.replicaHours(),
                    than.violationMinutes(),
                    score().replicaHours(),
                    score().violationMinutes());
        });
    }

    private static String duration(Duration duration) {
        return duration.toMinutes() == 0 ? duration.toSeconds() + " s" : duration.toMinutes() + " min";
    }

    private static String say(String sentence, @Nullable Object... values) {
        return String.format(Locale.ROOT, sentence, values);
    }
}
