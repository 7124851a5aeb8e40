package dev.prescale.control;

import dev.prescale.accuracy.GateStatus;
import dev.prescale.capacity.CapacityModel.LoadUnit;
import dev.prescale.control.Signal.Cause;
import dev.prescale.forecast.Forecast;
import dev.prescale.forecast.LeadTimeDemand;
import dev.prescale.scaling.RateReading;
import dev.prescale.scaling.ReasonCode;
import dev.prescale.scaling.ScalingPolicy;
import dev.prescale.scaling.ScalingPolicy.Combine;
import dev.prescale.scaling.ScalingPolicy.Predictive;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What other autoscalers are told of an endpoint, as pure functions of what its cycles left. The same numbers go out over every
 * protocol.
 *
 * <p>A number outlives the history that it was made from by {@link #oldest}, counted from the last cycle that knew the request
 * rate: a store that is restarted makes nobody fall back, nor does an edited specification. Then there is none, and why.
 *
 * @param cycleInterval time between two cycles
 */
public record Signals(Duration cycleInterval) {
    private static final int MOST_CYCLES = 8;
    private static final Duration LEAST_OLDEST = Duration.ofMinutes(2);

    /** A quantile is hardly ever exactly 0: less than half a request in a step is none. */
    private static final double NO_REQUESTS = 0.5;

    /**
     * What the last cycle left, and what of earlier ones still counts.
     *
     * @param known the last that knew the request rate; null where none has known it
     * @param sized the last of those that had a trusted lead-time demand: an endpoint that begins anew, because its specification has
     *     changed, has none for some cycles; null where none had
     */
    public record Seen(
            EndpointSnapshot last,
            @Nullable EndpointSnapshot known,
            @Nullable EndpointSnapshot sized) {
        /** Of the first cycle. */
        public static Seen of(EndpointSnapshot first) {
            return new Seen(first, null, null).then(first);
        }

        /** After another cycle. */
        public Seen then(EndpointSnapshot next) {
            boolean isKnown = next.requestRate() instanceof RateReading.Known;
            boolean isSized =
                    isKnown && next.leadTimeDemand() != null && next.gate().isTrusted();
            return new Seen(next, isKnown ? next : known, isSized ? next : sized);
        }
    }

    /** Whether there is or will soon be something to serve. */
    public sealed interface Activity {
        /** @param at time of the cycle that it comes from */
        record Told(boolean isActive, Instant at) implements Activity {}

        record NotTold(Signal.Unknown why) implements Activity {}
    }

    /** How old a number may be: eight cycles, at least two minutes. Then the control loop stands still, or its history does. */
    public Duration oldest() {
        Duration cycles = cycleInterval.multipliedBy(MOST_CYCLES);
        return cycles.compareTo(LEAST_OLDEST) < 0 ? LEAST_OLDEST : cycles;
    }

    /**
     * The number at a moment.
     *
     * <p>{@code DEMAND}, in the unit of the capacity model: the larger of the lead-time demand at the sizing quantile and the
     * present load; where target tracking counts beside the forecast (more was observed than had been issued, or {@code combine:
     * AddOnly}) also what makes the target of the metric ask for as many replicas as target tracking does. {@code REPLICAS}: of
     * the last decision, whoever made it: with a distrusted forecast that is target tracking.
     */
    public Signal at(Seen seen, SignalKind kind, Instant now) {
        EndpointSnapshot known = seen.known();
        if (known == null) {
            return new Signal.Unknown(Cause.NOT_YET, whyNoRate(seen.last()));
        }
        return switch (kind) {
            case DEMAND -> demand(seen, known, now);
            case REPLICAS -> replicas(seen, known, now);
        };
    }

    /**
     * Whether there is something to serve: the number is above none, or a trusted forecast expects requests, at the sizing
     * quantile, that far ahead.
     *
     * @param ahead null for the lead time in force and a cycle: what is started now is just in time
     */
    public Activity activityAt(Seen seen, SignalKind kind, @Nullable Duration ahead, Instant now) {
        return switch (at(seen, kind, now)) {
            case Signal.Unknown unknown -> new Activity.NotTold(unknown);
            case Signal.Known signal -> {
                EndpointSnapshot known = seen.known();
                boolean isActive = known != null
                        && (isSomething(known, kind, signal.value())
                                || expects(
                                        known,
                                        ahead != null
                                                ? ahead
                                                : known.leadTime().duration().plus(cycleInterval),
                                        now));
                yield new Activity.Told(isActive, signal.at());
            }
        };
    }

    /**
     * What one replica is to have of the number, from the configuration alone; empty where it is not the same for each, as with
     * {@code capacity.queueing}.
     */
    public static OptionalDouble target(EndpointSpec spec, SignalKind kind) {
        if (kind == SignalKind.REPLICAS) {
            return OptionalDouble.of(1);
        }
        ScalingPolicy policy = spec.policy();
        OptionalDouble perReplica = policy.capacity().perReplica();
        return perReplica.isPresent()
                ? OptionalDouble.of(
                        perReplica.getAsDouble() * policy.predictive().targetUtilization())
                : perReplica;
    }

    /** Why an endpoint will never have such a number, from the configuration alone; empty where it may. */
    public static Optional<String> whyNotOffered(EndpointSpec spec, SignalKind kind) {
        return kind == SignalKind.DEMAND && !spec.policy().predictive().enabled()
                ? Optional.of("The forecast is switched off (predictive.enabled); the metric replicas goes on without.")
                : Optional.empty();
    }

    private Signal demand(Seen seen, EndpointSnapshot known, Instant now) {
        EndpointSpec spec = seen.last().spec();
        Optional<String> notOffered = whyNotOffered(spec, SignalKind.DEMAND);
        if (notOffered.isPresent()) {
            return new Signal.Unknown(Cause.NOT_OFFERED, notOffered.get());
        }
        Optional<Signal> tooOld = tooOld(seen, known.at(), now);
        if (tooOld.isPresent()) {
            return tooOld.get();
        }
        // the newest verdict: a forecast that has been judged and distrusted since is not answered any more
        GateStatus gate = seen.last().gate();
        if (!gate.isTrusted() && !Double.isNaN(gate.loss())) {
            return new Signal.Unknown(Cause.DISTRUSTED, whyDistrusted(seen.last()));
        }
        EndpointSnapshot sized = seen.sized();
        LeadTimeDemand demand = sized == null ? null : sized.leadTimeDemand();
        if (sized == null || demand == null || isTooOld(sized.at(), now)) {
            return known.leadTimeDemand() == null
                    ? new Signal.Unknown(
                            Cause.NO_FORECAST,
                            ("There is no lead-time demand yet. " + String.join(" ", known.warnings())).strip())
                    : new Signal.Unknown(Cause.DISTRUSTED, whyDistrusted(seen.last()));
        }
        double present = ((RateReading.Known) known.requestRate()).value();
        double value = Math.max(
                tracked(known, present),
                demand.at(sized.spec().policy().predictive().quantile()));
        return new Signal.Known(value, sized.at());
    }

    /** The present load, with the headroom of target tracking where that counts beside the forecast. */
    private static double tracked(EndpointSnapshot snapshot, double present) {
        ScalingPolicy policy = snapshot.spec().policy();
        DecisionRecord latest = snapshot.latest();
        boolean isMissed = latest != null
                && latest.decision().trail().stream().anyMatch(reason -> reason.code() == ReasonCode.FORECAST_MISSED);
        if (!isMissed && policy.predictive().combine() != Combine.ADD_ONLY) {
            return present;
        }
        double headroom =
                policy.predictive().targetUtilization() / policy.capacity().targetUtilization();
        return present * Math.max(1, headroom);
    }

    private Signal replicas(Seen seen, EndpointSnapshot known, Instant now) {
        DecisionRecord latest = known.latest();
        if (latest == null) {
            return new Signal.Unknown(Cause.NOT_YET, "Nothing has been decided yet.");
        }
        return tooOld(seen, latest.at(), now)
                .orElseGet(() -> new Signal.Known(latest.decision().replicas(), latest.at()));
    }

    private boolean isTooOld(Instant at, Instant now) {
        return Duration.between(at, now).compareTo(oldest()) > 0;
    }

    private Optional<Signal> tooOld(Seen seen, Instant at, Instant now) {
        Duration age = Duration.between(at, now);
        if (!isTooOld(at, now)) {
            return Optional.empty();
        }
        EndpointSnapshot last = seen.last();
        boolean isStuck = isTooOld(last.at(), now);
        String why = isStuck
                ? "The last cycle of %s is %s old; at most %s counts."
                        .formatted(last.spec().id(), Duration.between(last.at(), now), oldest())
                : last.workload() instanceof WorkloadScale.Unknown unseen
                        ? "Nothing has been decided for %s: %s.".formatted(age, unseen.reason())
                        : whyNoRate(last);
        return Optional.of(new Signal.Unknown(Cause.TOO_OLD, why));
    }

    private static String whyNoRate(EndpointSnapshot last) {
        return switch (last.requestRate()) {
            case RateReading.NoData none ->
                none.reason() == null ? "The history has no samples." : "There is no load: " + none.reason();
            case RateReading.Stale stale -> "The newest sample is %s old.".formatted(stale.age());
            case RateReading.Failed failed -> "The history cannot be read: %s".formatted(failed.reason());
            case RateReading.Known ignored -> "Nothing has been decided on the present request rate yet.";
        };
    }

    private static String whyDistrusted(EndpointSnapshot last) {
        String baseline = last.gate().bestBaseline();
        return "The forecast is distrusted since %s: it was worse than %s."
                .formatted(
                        last.gate().since(),
                        baseline.isEmpty() ? "its baselines, or has not been compared yet" : baseline);
    }

    private static boolean isSomething(EndpointSnapshot snapshot, SignalKind kind, double value) {
        return kind == SignalKind.REPLICAS
                ? value > 0
                : isLoad(
                        snapshot.spec(), value, snapshot.spec().traffic().step().seconds());
    }

    /** Whether a load counts as one. The work of models is not counted in requests and is taken as it is. */
    static boolean isLoad(EndpointSpec spec, double load, long stepSeconds) {
        return spec.policy().capacity().unit() == LoadUnit.REQUESTS ? load * stepSeconds >= NO_REQUESTS : load > 0;
    }

    /**
     * Whether the forecast expects requests that far ahead, after none in the step that is now: where those do not come, the
     * lead-time demand knows how long they are waited for.
     */
    private static boolean expects(EndpointSnapshot snapshot, Duration ahead, Instant now) {
        Forecast forecast = snapshot.forecast();
        Predictive predictive = snapshot.spec().policy().predictive();
        if (forecast == null || !predictive.enabled() || !snapshot.gate().isTrusted()) {
            return false;
        }
        int level = forecast.levels().nearest(predictive.quantile());
        long stepSeconds = forecast.step().seconds();
        int[] steps = forecast.stepsWithin(now, now.plus(ahead)).toArray();
        for (int k : steps) {
            if (isLoad(snapshot.spec(), forecast.rate(k, level), stepSeconds)) {
                return k > steps[0];
            }
        }
        return false;
    }
}
