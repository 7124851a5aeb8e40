package dev.prescale.config;

import static dev.prescale.scaling.ScalingPolicy.ReplicaBounds.MOST_REPLICAS;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prescale.backtest.Trace;
import dev.prescale.capacity.LoadModel;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.Inheritance;
import dev.prescale.control.LoadSource;
import dev.prescale.control.Mode;
import dev.prescale.control.TrafficSource;
import dev.prescale.forecast.ForecastRequest;
import dev.prescale.scaling.ScalingPolicy;
import dev.prescale.scaling.ScalingPolicy.BreachPolicy;
import dev.prescale.scaling.ScalingPolicy.Fallback;
import dev.prescale.scaling.ScalingPolicy.ReplicaBounds;
import dev.prescale.series.Step;
import dev.prescale.series.TrafficCalendar;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads specifications: a whole {@code PredictiveAutoscaler}, or only its {@code spec} where that is enough to decide. One
 * schema and the same messages for YAML and JSON; every fault is named.
 */
public final class SpecReader {
    /** Steps finer than this are planned on a grid of this length. */
    private static final int PLANNING_STEP_SECONDS = 600;

    private static final Key<Mode> MODE = Key.withDefault(
            "mode",
            ValueTypes.oneOf(Mode::wireName, Mode.values()),
            Mode.OBSERVE,
            "What decisions do. Observe: they are journalled only. Scale: the scale subresource is written. HpaFloor: the"
                    + " minReplicas of the HPA of the target is raised. Keda: a KEDA ScaledObject asks for them (external scaler) and"
                    + " carries them out.");
    private static final Key<Integer> MIN_REPLICAS = Key.withDefault(
            "minReplicas",
            ValueTypes.wholeNumber(0, MOST_REPLICAS),
            1,
            "Fewest replicas; 0 in the modes Keda and Observe and in a preview. With Scale and HpaFloor nobody would start the first one.");
    private static final Key<Integer> MAX_REPLICAS = Key.required(
            "maxReplicas", ValueTypes.wholeNumber(1, MOST_REPLICAS), "Most replicas, at least minReplicas.");
    private static final Key<BreachPolicy> BREACH_POLICY = Key.withDefault(
            "policy",
            ValueTypes.oneOf(WireName::of, BreachPolicy.values()),
            BreachPolicy.HONOR,
            "Honor keeps maxReplicas; Increase goes above it.");
    private static final Key<Double> BUFFER_FRACTION = Key.withDefault(
            "bufferFraction", ValueTypes.number(0, 1), 0.0, "With Increase: added on top of what is needed.");
    private static final SchemaKey.ObjectKey BREACH = new SchemaKey.ObjectKey(
            "maxReplicasBreach",
            ObjectSchema.of(BREACH_POLICY, BUFFER_FRACTION),
            false,
            "What happens where more than maxReplicas is needed.");
    private static final Key<Integer> FAILURE_THRESHOLD = Key.withDefault(
            "failureThreshold",
            ValueTypes.wholeNumber(1, 10_000),
            Fallback.DEFAULT.failureThreshold(),
            "Cycles without data after which an alarm is raised.");
    private static final Key<Integer> FALLBACK_REPLICAS = Key.optional(
            "replicas",
            ValueTypes.wholeNumber(1, MOST_REPLICAS),
            "From then on at least this many; where left out the replicas are held.");
    private static final SchemaKey.ObjectKey FALLBACK = new SchemaKey.ObjectKey(
            "fallback", ObjectSchema.of(FAILURE_THRESHOLD, FALLBACK_REPLICAS), false, "What happens without data.");
    private static final ObjectRule ORDERED = ObjectRule.at(
            MIN_REPLICAS,
            "!has(self.minReplicas) || self.minReplicas <= self.maxReplicas",
            "must be at most maxReplicas");
    static final ObjectSchema SPEC = ObjectSchema.of(
                    MetadataReader.SCALE_TARGET_REF,
                    MODE,
                    MIN_REPLICAS,
                    MAX_REPLICAS,
                    BREACH,
                    CalendarReader.TIME_ZONE,
                    TrafficReader.TRAFFIC,
                    CapacityReader.CAPACITY,
                    PredictiveReader.PREDICTIVE,
                    ReactiveReader.REACTIVE,
                    StepReader.STEPS,
                    ScheduleReader.SCHEDULES,
                    BehaviorReader.BEHAVIOR,
                    FALLBACK)
            .needing(MetadataReader.SCALE_TARGET_REF, TrafficReader.TRAFFIC)
            .where(ORDERED)
            .where(Stream.of(Mode.values())
                    .filter(Mode::acts)
                    .map(SpecReader::notZero)
                    .toArray(ObjectRule[]::new))
            .where(
                    CapacityReader.TRAFFIC_WITH_TAGS,
                    StepReader.KNOWN_METRICS,
                    ScheduleReader.NAMES,
                    ScheduleReader.BELOW_MAXIMUM,
                    ScheduleReader.ABOVE_MINIMUM);
    private static final SchemaKey.ObjectKey SPEC_KEY =
            new SchemaKey.ObjectKey("spec", SPEC, true, "What is scaled, by what, within which bounds.");
    static final ObjectSchema DOCUMENT =
            ObjectSchema.of(MetadataReader.API_VERSION, MetadataReader.KIND, MetadataReader.METADATA, SPEC_KEY);

    private SpecReader() {}

    /**
     * The part of a specification that a decision needs.
     *
     * @param calendar time zone, holidays and events
     * @param load what the load that the policy's capacity serves is made of
     */
    public record PolicySpec(ScalingPolicy policy, TrafficCalendar calendar, LoadModel load) {}

    /** Reads a whole {@code PredictiveAutoscaler}. */
    public static ReadResult<EndpointSpec> readEndpoint(JsonNode document) {
        Violations violations = new Violations();
        ObjectReader root = ObjectReader.of(document, DOCUMENT, "", violations);
        MetadataReader.Metadata metadata = MetadataReader.read(root);
        ObjectReader spec = root.object(SPEC_KEY);
        if (!root.has(SPEC_KEY)) {
            return new ReadResult.Invalid<>(violations.all());
        }
        Mode mode = spec.get(MODE);
        spec.requireNeeded();
        TrafficReader.Traffic traffic = TrafficReader.read(spec);
        ReactiveReader.Read reactive = ReactiveReader.read(spec);
        CapacityReader.Read capacity = CapacityReader.read(spec);
        PolicySpec policy = policy(spec, reactive, capacity);
        refuseZeroWhereItActs(spec, mode, policy.policy().bounds());
        LoadSource load = capacity.source(traffic.source());
        Inheritance inheritance = TrafficReader.readInheritance(spec, metadata.id());
        refuseInheritedModels(spec, inheritance, load);
        refuseTooManySteps(
                spec, traffic.source().step(), policy.policy().predictive().horizon());
        requireSources(reactive);
        Map<String, TrafficSource> sources =
                metricSources(reactive, traffic.source().step());
        return ReadResult.of(
                violations,
                () -> new EndpointSpec(
                        metadata.id(),
                        mode,
                        MetadataReader.scaleTargetRef(spec),
                        policy.policy(),
                        policy.calendar(),
                        traffic.source(),
                        load,
                        traffic.history(),
                        inheritance,
                        sources,
                        metadata.pausing()));
    }

    /**
     * Reads a bare {@code spec} that is replayed: target and traffic may be left out, the mode has no meaning. Faults go to the
     * reader's violations; what is returned then is of no use.
     */
    static EndpointSpec readReplayed(ObjectReader spec, MetadataReader.Metadata metadata) {
        spec.get(MODE);
        TrafficReader.Traffic traffic = TrafficReader.read(spec);
        ReactiveReader.Read reactive = ReactiveReader.read(spec);
        CapacityReader.Read capacity = CapacityReader.read(spec);
        PolicySpec policy = policy(spec, reactive, capacity);
        Step step = traffic.source().step();
        refuseTooManySteps(spec, step, policy.policy().predictive().horizon());
        refuseWhatATraceLacks(spec, step, policy.load(), reactive);
        TrafficReader.refuseInheritance(spec);
        return new EndpointSpec(
                metadata.id(),
                Mode.SCALE,
                MetadataReader.scaleTargetRef(spec),
                policy.policy(),
                policy.calendar(),
                traffic.source(),
                traffic.history(),
                Map.of(),
                metadata.pausing());
    }

    private static void refuseInheritedModels(ObjectReader spec, @Nullable Inheritance inheritance, LoadSource load) {
        if (inheritance != null && !(load.model() instanceof LoadModel.Whole)) {
            spec.refuse(
                    CapacityReader.CAPACITY,
                    "must be perReplica or queueing with traffic.inheritFrom: rates by model are not inherited");
        }
    }

    /** A trace has one request rate per minute and nothing else. */
    private static void refuseWhatATraceLacks(
            ObjectReader spec, Step step, LoadModel load, ReactiveReader.Read reactive) {
        if (step.seconds() % Trace.MINUTE.seconds() != 0) {
            spec.violations()
                    .add(new Violation(
                            spec.pathOf("traffic.step"),
                            Durations.format(step.duration()),
                            "must be whole minutes, which are what is replayed"));
        }
        if (!(load instanceof LoadModel.Whole)) {
            spec.refuse(
                    CapacityReader.CAPACITY,
                    "must be perReplica or queueing to be replayed: a trace has one request rate");
        }
        if (!reactive.metrics().isEmpty()) {
            spec.refuse(
                    ReactiveReader.REACTIVE, "must have no metrics to be replayed: a trace has the request rate only");
        }
    }

    /**
     * Reads a bare {@code spec}, as a preview needs it: target and traffic may be left out, the mode has no
     * meaning.
     */
    public static ReadResult<PolicySpec> readPolicy(JsonNode spec) {
        Violations violations = new Violations();
        PolicySpec policy = readPolicy(ObjectReader.of(spec, SPEC, "", violations));
        return ReadResult.of(violations, () -> policy);
    }

    /** As {@link #readPolicy(JsonNode)}, inside a larger input. */
    static PolicySpec readPolicy(ObjectReader spec) {
        spec.get(MODE);
        MetadataReader.scaleTargetRef(spec);
        ReactiveReader.Read reactive = ReactiveReader.read(spec);
        TrafficSource traffic = TrafficReader.read(spec).source();
        metricSources(reactive, traffic.step());
        CapacityReader.Read capacity = CapacityReader.read(spec);
        if (spec.has(TrafficReader.TRAFFIC)) {
            capacity.source(traffic);
        }
        return policy(spec, reactive, capacity);
    }

    private static PolicySpec policy(ObjectReader spec, ReactiveReader.Read reactive, CapacityReader.Read capacity) {
        ZoneId zone = spec.get(CalendarReader.TIME_ZONE);
        ObjectReader predictive = spec.object(PredictiveReader.PREDICTIVE);
        ReplicaBounds bounds = bounds(spec);
        ScalingPolicy policy = new ScalingPolicy(
                bounds,
                capacity.model(),
                PredictiveReader.read(predictive),
                reactive.policy(),
                StepReader.read(spec, reactive.names()),
                ScheduleReader.read(spec, zone, bounds),
                BehaviorReader.read(spec),
                fallback(spec.object(FALLBACK)));
        return new PolicySpec(policy, CalendarReader.read(predictive, zone), capacity.load());
    }

    private static ReplicaBounds bounds(ObjectReader spec) {
        ObjectReader breach = spec.object(BREACH);
        BreachPolicy breachPolicy = breach.get(BREACH_POLICY);
        double bufferFraction = breach.get(BUFFER_FRACTION);
        Integer min = spec.find(MIN_REPLICAS);
        Integer max = spec.find(MAX_REPLICAS);
        if (min == null || max == null) {
            return ReplicaBounds.of(1, MOST_REPLICAS);
        }
        if (min > max) {
            spec.refuse(MIN_REPLICAS, "must be at most maxReplicas, which is " + max);
            return ReplicaBounds.of(1, MOST_REPLICAS);
        }
        return new ReplicaBounds(min, max, breachPolicy, bufferFraction);
    }

    private static Fallback fallback(ObjectReader fallback) {
        return new Fallback(fallback.get(FAILURE_THRESHOLD), fallback.find(FALLBACK_REPLICAS));
    }

    private static ObjectRule.Checked notZero(Mode mode) {
        return ObjectRule.at(
                MIN_REPLICAS,
                "!has(self.mode) || self.mode != '%s' || !has(self.minReplicas) || self.minReplicas > 0"
                        .formatted(mode.wireName()),
                "must be at least 1 with mode " + mode.wireName());
    }

    private static void refuseZeroWhereItActs(ObjectReader spec, Mode mode, ReplicaBounds bounds) {
        if (mode.acts() && bounds.minReplicas() == 0) {
            spec.refuse(MIN_REPLICAS, notZero(mode).message());
        }
    }

    private static void requireSources(ReactiveReader.Read reactive) {
        for (ReactiveReader.Metric metric : reactive.metrics()) {
            if (!metric.reader().has(TrafficReader.METRIC_INFLUX) && !metric.canBeReadByPod()) {
                metric.reader().refuse(TrafficReader.METRIC_INFLUX, ObjectReader.REQUIRED);
            }
        }
    }

    private static void refuseTooManySteps(ObjectReader spec, Step step, Duration horizon) {
        Step planned = PLANNING_STEP_SECONDS % step.seconds() == 0 ? new Step(PLANNING_STEP_SECONDS) : step;
        if (planned.covering(horizon) > ForecastRequest.MOST_STEPS) {
            spec.violations()
                    .add(new Violation(
                            spec.pathOf(PredictiveReader.HORIZON_PATH),
                            Durations.format(horizon),
                            "must be at most %d steps of %s"
                                    .formatted(ForecastRequest.MOST_STEPS, Durations.format(planned.duration()))));
        }
    }

    private static Map<String, TrafficSource> metricSources(ReactiveReader.Read reactive, Step step) {
        Map<String, TrafficSource> sources = new LinkedHashMap<>();
        for (ReactiveReader.Metric metric : reactive.metrics()) {
            if (metric.reader().has(TrafficReader.METRIC_INFLUX)) {
                sources.put(metric.name(), TrafficReader.readMetric(metric.reader(), step));
            }
        }
        return sources;
    }
}
