package dev.prescale.accuracy;

import dev.prescale.accuracy.GateHysteresis.Verdict;
import dev.prescale.forecast.LeadTimeDemand;
import dev.prescale.forecast.LeadTimeModel;
import dev.prescale.forecast.LeadTimeReach;
import dev.prescale.forecast.PeakSource;
import dev.prescale.series.RateSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Decides whether the lead-time demand may size replicas: its rolling pinball loss at the sizing level is compared with that
 * of each baseline on the same windows; {@link GateHysteresis} says when the better one takes over. Not thread-safe.
 */
public final class HealthGate {
    static final Duration LONGEST_SILENCE = Duration.ofMinutes(30);
    static final Duration MEMORY = Duration.ofHours(12);

    /** Share above the loss of calibrated persistence, about what would act instead: noise between equals moves nothing. */
    private static final double MARGIN = 0.05;

    /** The same above the day and the week before, which speak themselves where they are a fifth better. */
    private static final double NAIVE_MARGIN = 0.3;

    /** So much more than was needed, as a share, is no fault beside a baseline that repeats the day to the request. */
    private static final double UNNOTICED = 0.01;

    private static final Duration BOOTSTRAP = Duration.ofHours(24);
    private static final int BOOTSTRAP_ORIGINS = 96;

    private final double level;
    private final GateHysteresis hysteresis;
    private RollingMean loss = RollingMean.NONE;
    private RollingMean peak = RollingMean.NONE;
    private final Map<String, RollingMean> baselineLosses = new TreeMap<>();
    private Coverage coverage;

    private HealthGate(double level, Instant now) {
        this.level = level;
        this.hysteresis = new GateHysteresis(LONGEST_SILENCE, now);
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
            if (origin > 0 && !known.isGap(origin - 1) && isAboutTheModel(model, known, history)) {
                issued.remember(saidAt(known, model), model.baselinesAt(known));
            }
        }
        issued.settledBy(history).forEach(gate::learn);
        gate.hysteresis.begin(gate.verdict(), history.end());
        return gate;
    }

    /** In silence the demand is none, as the forecast of days has it. */
    private static LeadTimeDemand saidAt(RateSeries known, LeadTimeModel model) {
        LeadTimeDemand demand = model.demandAt(known);
        return LeadTimeReach.isOfSilence(known)
                ? new LeadTimeDemand(
                        demand.origin(),
                        demand.window(),
                        demand.levels(),
                        Collections.nCopies(demand.levels().size(), 0.0),
                        demand.source())
                : demand;
    }

    /** Around rises out of silence the forecast of days speaks in its place, which is not made again here. */
    private static boolean isAboutTheModel(LeadTimeModel model, RateSeries known, RateSeries history) {
        if (LeadTimeReach.isOfYoungTraffic(known)) {
            return false;
        }
        double reach = LeadTimeReach.of(known);
        int end = Math.min(history.size(), known.size() + history.step().covering(model.window()));
        for (int t = known.size(); t < end; t++) {
            if (!history.isGap(t) && history.rateAt(t) > reach) {
                return false;
            }
        }
        return true;
    }

    /** Takes in an outcome and moves the state where it has to. */
    public GateStatus observe(DemandOutcome outcome) {
        learn(outcome);
        hysteresis.observe(verdict(), outcome.at());
        return status();
    }

    private void learn(DemandOutcome outcome) {
        double realized = outcome.realizedPeak();
        peak = peak.with(outcome.at(), realized, MEMORY);
        loss = loss.with(outcome.at(), PinballLoss.of(level, realized, outcome.issued()), MEMORY);
        outcome.baselines().forEach((name, rate) -> {
            RollingMean before = baselineLosses.getOrDefault(name, RollingMean.NONE);
            baselineLosses.put(name, before.with(outcome.at(), PinballLoss.of(level, realized, rate), MEMORY));
        });
        coverage = coverage.with(outcome.at(), realized, outcome.issued(), MEMORY);
    }

    private Verdict verdict() {
        double unnoticed = (1 - level) * UNNOTICED * peak.mean();
        double tolerated = baselineLosses.isEmpty() ? Double.NaN : Double.POSITIVE_INFINITY;
        for (Map.Entry<String, RollingMean> baseline : baselineLosses.entrySet()) {
            tolerated = Math.min(
                    tolerated,
                    (1 + margin(baseline.getKey())) * baseline.getValue().mean() + unnoticed);
        }
        return Verdict.of(loss.mean(), tolerated);
    }

    private static double margin(String baseline) {
        return baseline.equals(PeakSource.PERSISTENCE.wireName()) ? MARGIN : NAIVE_MARGIN;
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
        return new GateStatus(hysteresis.state(), hysteresis.since(), loss.mean(), best, baselineLoss(best));
    }

    /** Rolling mean pinball loss (req/s) of each baseline, by name. */
    public Map<String, Double> baselineLosses() {
        Map<String, Double> losses = new TreeMap<>();
        baselineLosses.forEach((name, rolling) -> losses.put(name, rolling.mean()));
        return losses;
    }

    /** Rolling share of peaks at or below what was issued. */
    public Coverage coverage() {
        return coverage;
    }
}
