package dev.prescale.backtest;

import dev.prescale.capacity.CapacityModel;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.Mode;
import dev.prescale.scaling.ScalingPolicy.Combine;
import dev.prescale.scaling.ScalingPolicy.Predictive;
import dev.prescale.scaling.ScalingPolicy.ReplicaBounds;
import dev.prescale.scaling.ScalingPolicy.Schedule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The settings that a tuning may choose from: a few levels of each key, the present value among them. Levels that depend on the
 * traffic come from the warm-up alone, which no block is scored on: they tell no fold about the block that it is held out from.
 *
 * @param spec the specification as it is
 * @param levels of each key, ascending; a key with one level is not tuned
 */
record TuningSpace(EndpointSpec spec, Map<TuningKnob, List<Double>> levels) {
    private static final double[] QUANTILES = {0.75, 0.85, 0.9, 0.95, 0.975, 0.99, 0.995};
    private static final double[] SIZING_UTILIZATIONS = {0.8, 0.9, 0.95, 1};
    private static final double[] TRACKING_UTILIZATIONS = {0.5, 0.6, 0.7, 0.8, 0.9, 1};
    private static final double[] SCALE_IN_WINDOWS = {0, 120, 300, 600, 1_200};

    /** Quantiles of what the warm-up needed, for the lower bound. */
    private static final double[] FLOORS = {0.05, 0.25};

    /**
     * Times what the busiest minute of the warm-up needed, for the upper bound. None below 1.25: a bound that cuts the next peak saves
     * little on the trace and costs much on the day that the trace does not have.
     */
    private static final double[] CEILINGS = {1.25, 1.5, 2};

    private static final double MINUTE_SECONDS = 60;

    /** Levels closer than this are one. */
    private static final double SAME = 1e-6;

    TuningSpace {
        EnumMap<TuningKnob, List<Double>> copy = new EnumMap<>(TuningKnob.class);
        levels.forEach((knob, values) -> copy.put(knob, List.copyOf(values)));
        levels = Collections.unmodifiableMap(copy);
    }

    /** @param from end of the warm-up */
    static TuningSpace of(ReplaySetup.Endpoint endpoint, Instant from) {
        EndpointSpec spec = endpoint.spec();
        double startSeconds = endpoint.startTime().p90().toMillis() / 1000.0;
        EnumMap<TuningKnob, List<Double>> levels = new EnumMap<>(TuningKnob.class);
        boolean plansAhead = spec.policy().predictive().enabled();
        put(levels, TuningKnob.QUANTILE, spec, plansAhead ? QUANTILES : new double[0]);
        put(levels, TuningKnob.SIZING_UTILIZATION, spec, plansAhead ? SIZING_UTILIZATIONS : new double[0]);
        put(levels, TuningKnob.TRACKING_UTILIZATION, spec, TRACKING_UTILIZATIONS);
        put(levels, TuningKnob.SCALE_IN_WINDOW, spec, SCALE_IN_WINDOWS);
        put(levels, TuningKnob.LEAST_LEAD_TIME, spec, plansAhead ? leadTimes(spec, startSeconds) : new double[0]);
        int[] needed = needed(endpoint, from);
        put(levels, TuningKnob.MIN_REPLICAS, spec, floors(spec, needed));
        put(levels, TuningKnob.MAX_REPLICAS, spec, ceilings(spec, needed));
        return new TuningSpace(spec, levels);
    }

    private static void put(Map<TuningKnob, List<Double>> levels, TuningKnob knob, EndpointSpec spec, double[] others) {
        double present = knob.of(spec);
        TreeSet<Double> distinct = new TreeSet<>();
        distinct.add(present);
        Arrays.stream(others).filter(other -> Math.abs(other - present) > SAME).forEach(distinct::add);
        levels.put(knob, List.copyOf(distinct));
    }

    /**
     * One minute more than nine of ten starts take, half as long again, twice as long, in whole minutes: traffic is planned by the
     * minute. And no margin, where there is one.
     */
    private static double[] leadTimes(EndpointSpec spec, double startSeconds) {
        double present = TuningKnob.LEAST_LEAD_TIME.of(spec);
        List<Double> times = new ArrayList<>();
        for (double margin : new double[] {MINUTE_SECONDS, startSeconds / 2, startSeconds}) {
            double longer = startSeconds + Math.max(MINUTE_SECONDS, margin);
            times.add(MINUTE_SECONDS * Math.ceil(longer / MINUTE_SECONDS));
        }
        if (present > startSeconds && startSeconds >= 1) {
            times.add(Math.ceil(startSeconds));
        }
        return times.stream().mapToDouble(seconds -> seconds).toArray();
    }

    /** Replicas at full use that each minute of the remembered warm-up needed, ascending. */
    private static int[] needed(ReplaySetup.Endpoint endpoint, Instant from) {
        CapacityModel capacity = endpoint.spec().policy().capacity();
        double[] rates = endpoint.trace()
                .minutes()
                .from(from.minus(endpoint.spec().history()))
                .until(from)
                .rates();
        return Arrays.stream(rates)
                .filter(rate -> !Double.isNaN(rate))
                .mapToInt(rate -> capacity.replicasFor(rate, 1))
                .sorted()
                .toArray();
    }

    private static double[] floors(EndpointSpec spec, int[] needed) {
        int least = Math.min(1, spec.policy().bounds().minReplicas());
        int lowestCeiling = spec.policy().schedules().stream()
                .map(Schedule::maxReplicas)
                .flatMapToInt(max -> max == null ? IntStream.empty() : IntStream.of(max))
                .min()
                .orElse(Integer.MAX_VALUE);
        int most = Math.min(lowestCeiling, spec.policy().bounds().maxReplicas());
        if (needed.length == 0) {
            return new double[] {least};
        }
        IntStream quantiles = Arrays.stream(FLOORS)
                .mapToInt(share -> needed[(int) (share * (needed.length - 1))])
                .map(replicas -> Math.clamp(replicas, least, most));
        return IntStream.concat(IntStream.of(least), quantiles).asDoubleStream().toArray();
    }

    private static double[] ceilings(EndpointSpec spec, int[] needed) {
        int highestFloor = spec.policy().schedules().stream()
                .map(Schedule::minReplicas)
                .flatMapToInt(min -> min == null ? IntStream.empty() : IntStream.of(min))
                .max()
                .orElse(1);
        if (needed.length == 0) {
            return new double[0];
        }
        int least = Math.max(Math.max(1, highestFloor), spec.policy().bounds().minReplicas());
        return Arrays.stream(CEILINGS)
                .map(times -> Math.ceil(times * needed[needed.length - 1]))
                .map(replicas -> Math.clamp(replicas, least, ReplicaBounds.MOST_REPLICAS))
                .toArray();
    }

    /** Ascending; none where the key is not there. */
    List<Double> levelsOf(TuningKnob knob) {
        return levels.getOrDefault(knob, List.of());
    }

    TuningSettings present() {
        EnumMap<TuningKnob, Double> values = new EnumMap<>(TuningKnob.class);
        levels.keySet().forEach(knob -> values.put(knob, knob.of(spec)));
        return new TuningSettings(values);
    }

    /** Whether a specification may have these: bounds are tuned apart from each other. */
    boolean allows(TuningSettings settings) {
        double min = settings.values().getOrDefault(TuningKnob.MIN_REPLICAS, 0.0);
        double max = settings.values().getOrDefault(TuningKnob.MAX_REPLICAS, Double.MAX_VALUE);
        return min <= max;
    }

    /** Whether target tracking has the last word in every cycle: an HPA that somebody else owns, or {@code combine: AddOnly}. */
    static boolean isBesideTracking(EndpointSpec spec) {
        Predictive predictive = spec.policy().predictive();
        return predictive.enabled() && (spec.mode() == Mode.HPA_FLOOR || predictive.combine() == Combine.ADD_ONLY);
    }

    /**
     * What is replayed. Beside an HPA that somebody else owns Prescale only adds: target tracking at the HPA's target always counts,
     * and its target is what {@code capacity.*.targetUtilization} stands for.
     */
    EndpointSpec replayed(TuningSettings settings) {
        EndpointSpec changed = settings.in(spec);
        return isBesideTracking(spec)
                ? SpecVariants.withPredictive(
                                changed, changed.policy().predictive().withCombine(Combine.ADD_ONLY))
                        .withMode(Mode.SCALE)
                : changed;
    }
}
