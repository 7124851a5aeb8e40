package dev.prescale.accuracy;

import dev.prescale.accuracy.GateStatus.State;
import dev.prescale.forecast.LeadTimeModel;
import dev.prescale.series.RateSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether the lead-time demand may size replicas: its rolling pinball loss at the sizing level is compared with that
 * of each baseline on the same windows. Worse than the best of them for 3 h: distrusted. Not worse for 6 h: trusted again.
 * A loss counts as worse from 5 % above, so that noise between equals moves nothing. Without outcomes for half an hour a
 * stretch begins anew: what was not observed is not held against the forecast, nor in its favour. Not thread-safe.
 */
public final class HealthGate {
    static final Duration WORSE_UNTIL_DISTRUSTED = Duration.ofHours(3);
    static final Duration BETTER_UNTIL_TRUSTED = Duration.ofHours(6);
    static final Duration LONGEST_SILENCE = Duration.ofMinutes(30);
    static final Duration MEMORY = Duration.ofHours(12);
    static final double MARGIN = 0.05;

    private static final Duration BOOTSTRAP = Duration.ofHours(24);
    private static final int BOOTSTRAP_ORIGINS = 96;

    private final double level;
    private State state;
    private Instant since;
    private RollingMean loss = RollingMean.NONE;
    private final Map<String, RollingMean> baselineLosses = new TreeMap<>();
    private Coverage coverage;
    private Instant lastOutcome;
    /** Begin of the stretch in which the comparison speaks against the present state, null while it does not. */
    private @Nullable Instant contraryFrom;

    private HealthGate(double level, Instant now) {
        this.level = level;
        this.state = State.DISTRUSTED;
        this.since = now;
        this.lastOutcome = now;
        this.coverage = Coverage.of(level);
    }

    /** A gate that has seen nothing yet and trusts nothing. */
    public static HealthGate closed(double level, Instant now) {
        return new HealthGate(level, now);
    }

    /**
     * A gate that has seen what the model would have issued over the last day of the history, and begins in the state that
     * follows from it, so that a restart with a long history need not earn trust for hours.
     */
    public static HealthGate bootstrapped(double level, LeadTimeModel model, RateSeries history) {
        HealthGate gate = new HealthGate(level, history.end());
        int span = Math.min(history.step().covering(BOOTSTRAP), history.size() / 2);
        int stride = Math.max(1, span / BOOTSTRAP_ORIGINS);
        IssuedDemands issued = new IssuedDemands(level);
        for (int origin = history.size() - span; origin < history.size(); origin += stride) {
            RateSeries known = history.slice(0, origin);
            if (origin > 0 && !known.isGap(origin - 1)) {
                issued.remember(model.demandAt(known), model.baselinesAt(known));
            }
        }
        issued.settledBy(history).forEach(gate::learn);
        gate.state = gate.isKnown() && !gate.isWorse() ? State.TRUSTED : State.DISTRUSTED;
        gate.since = history.end();
        gate.lastOutcome = history.end();
        return gate;
    }

    /** Takes in an outcome and moves the state where it has to. */
    public GateStatus observe(DemandOutcome outcome) {
        Instant now = outcome.at();
        if (Duration.between(lastOutcome, now).compareTo(LONGEST_SILENCE) > 0) {
            contraryFrom = null;
        }
        lastOutcome = now;
        learn(outcome);
        boolean contrary = isKnown() && (state == State.TRUSTED) == isWorse();
        if (!contrary) {
            contraryFrom = null;
            return status();
        }
        Instant from = contraryFrom == null ? now : contraryFrom;
        contraryFrom = from;
        Duration needed = state == State.TRUSTED ? WORSE_UNTIL_DISTRUSTED : BETTER_UNTIL_TRUSTED;
        if (Duration.between(from, now).compareTo(needed) >= 0) {
            state = state == State.TRUSTED ? State.DISTRUSTED : State.TRUSTED;
            since = now;
            contraryFrom = null;
        }
        return status();
    }

    private void learn(DemandOutcome outcome) {
        double peak = outcome.realizedPeak();
        loss = loss.with(outcome.at(), PinballLoss.of(level, peak, outcome.issued()), MEMORY);
        outcome.baselines().forEach((name, rate) -> {
            RollingMean before = baselineLosses.getOrDefault(name, RollingMean.NONE);
            baselineLosses.put(name, before.with(outcome.at(), PinballLoss.of(level, peak, rate), MEMORY));
        });
        coverage = coverage.with(outcome.at(), peak, outcome.issued(), MEMORY);
    }

    private boolean isKnown() {
        return !baselineLosses.isEmpty();
    }

    private boolean isWorse() {
        return loss.mean() > (1 + MARGIN) * baselineLoss(bestBaseline());
    }

    private double baselineLoss(String name) {
        return baselineLosses.getOrDefault(name, RollingMean.NONE).mean();
    }

    private String bestBaseline() {
        String best = "";
        double least = Double.POSITIVE_INFINITY;
        for (Map.Entry<String, RollingMean> entry : baselineLosses.entrySet()) {
            if (entry.getValue().mean() < least) {
                best = entry.getKey();
                least = entry.getValue().mean();
            }
        }
        return best;
    }

    public GateStatus status() {
        String best = bestBaseline();
        return new GateStatus(state, since, loss.mean(), best, baselineLoss(best));
    }

    /** Rolling share of peaks at or below what was issued. */
    public Coverage coverage() {
        return coverage;
    }
}
