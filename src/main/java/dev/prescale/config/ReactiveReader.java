package dev.prescale.config;

import dev.prescale.config.ValueShape.Limit;
import dev.prescale.scaling.ScalingPolicy.MetricTarget;
import dev.prescale.scaling.ScalingPolicy.Reactive;
import dev.prescale.scaling.ScalingPolicy.TargetType;
import dev.prescale.scaling.ScalingPolicy.Tolerance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads {@code reactive}: target tracking on the request rate and on more metrics. */
final class ReactiveReader {
    private static final int MOST_METRICS = 20;
    private static final double MOST_TARGET = 1e12;
    private static final Pattern METRIC_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,62}");

    /** Rules of the decision have these names. */
    private static final Set<String> RESERVED = Set.of("requestRate", "forecast");

    /** Read from the Kubernetes metrics API where no series is given. */
    private static final Set<String> BY_POD = Set.of("cpu", "memory");

    private static final Key<Double> UP = Key.withDefault(
            "up", ValueTypes.number(0, 10), Tolerance.DEFAULT.up(), "Relative dead band towards more replicas.");
    private static final Key<Double> DOWN = Key.withDefault(
            "down", ValueTypes.number(0, 1), Tolerance.DEFAULT.down(), "Relative dead band towards fewer replicas.");
    private static final SchemaKey.ObjectKey TOLERANCE = new SchemaKey.ObjectKey(
            "tolerance", ObjectSchema.of(UP, DOWN), false, "Dead bands in which target tracking holds, as fractions.");
    private static final Key<String> NAME = Key.required(
            "name",
            ValueTypes.text(63)
                    .onlyIf(
                            name -> METRIC_NAME.matcher(name).matches() && !RESERVED.contains(name),
                            "a name of letters, digits, _ . - that begins with a letter, up to 63 characters, "
                                    + "and is not requestRate or forecast")
                    .shaped(ValueShape.matching("^" + METRIC_NAME.pattern() + "$", 63)
                            .excluding(RESERVED.stream().sorted().toArray())),
            "Name of the metric and of its rule.");
    private static final Key<Double> UTILIZATION =
            Key.optional("utilization", ValueTypes.numberAbove(0, 10), "As a fraction, the mean over the replicas.");
    private static final ValueType<Double> AMOUNT = new ValueType<>(
            "a number above 0, at most 1000000000000, or a duration such as 300ms that stands for seconds",
            1.0,
            node -> node.isTextual() ? amount(seconds(node.textValue())) : amount(ValueTypes.finite(node)),
            ValueTypes::plain,
            ValueShape.numberOrText(Limit.excluded(0), Limit.included(MOST_TARGET), Durations.PATTERN));
    /** A bound of readings: 0 is one too. */
    static final ValueType<Double> BOUND = new ValueType<>(
            "a number from 0 to 1000000000000, or a duration such as 300ms that stands for seconds",
            0.0,
            node -> node.isTextual() ? bound(seconds(node.textValue())) : bound(ValueTypes.finite(node)),
            ValueTypes::plain,
            ValueShape.numberOrText(Limit.included(0), Limit.included(MOST_TARGET), Durations.PATTERN));

    private static final Key<Double> VALUE =
            Key.optional("value", AMOUNT, "In the metric's own unit, for the endpoint as a whole.");
    private static final Key<Double> AVERAGE_VALUE =
            Key.optional("averageValue", AMOUNT, "In the metric's own unit per replica; readings are totals.");
    private static final Map<TargetType, Key<Double>> TARGETS = new TreeMap<>(Map.of(
            TargetType.UTILIZATION, UTILIZATION, TargetType.VALUE, VALUE, TargetType.AVERAGE_VALUE, AVERAGE_VALUE));
    private static final SchemaKey.ObjectKey TARGET = new SchemaKey.ObjectKey(
            "target",
            ObjectSchema.of(UTILIZATION, VALUE, AVERAGE_VALUE).where(new ObjectRule.OneKeyOnly()),
            true,
            "Exactly one of the three.");
    private static final ObjectRule SOURCE = ObjectRule.at(
            TrafficReader.METRIC_INFLUX,
            "has(self.influx) || self.name in [%s]"
                    .formatted(BY_POD.stream().sorted().map("'%s'"::formatted).collect(Collectors.joining(", "))),
            ObjectReader.REQUIRED);
    static final SchemaKey.ObjectListKey METRICS = new SchemaKey.ObjectListKey(
            "metrics",
            ObjectSchema.of(NAME, TARGET, TrafficReader.METRIC_INFLUX).where(SOURCE),
            MOST_METRICS,
            "Tracked beside the request rate.");
    private static final ObjectRule.Checked NAMES =
            ObjectRule.different(METRICS, NAME, "must be the name of one metric only");
    static final SchemaKey.ObjectKey REACTIVE = new SchemaKey.ObjectKey(
            "reactive",
            ObjectSchema.of(TOLERANCE, METRICS).where(NAMES),
            false,
            "The fallback; the request rate is always tracked.");

    private ReactiveReader() {}

    /**
     * A metric and the reader of the object it was read from.
     *
     * @param target null where it could not be read
     */
    record Metric(
            ObjectReader reader, String name, @Nullable MetricTarget target) {
        /** Whether the Kubernetes metrics API has it. */
        boolean canBeReadByPod() {
            return BY_POD.contains(name) && target != null && target.type() != TargetType.VALUE;
        }
    }

    /** What was read; the metrics keep their readers because only an endpoint's own file must say where they come from. */
    record Read(Tolerance tolerance, List<Metric> metrics) {
        List<String> names() {
            return metrics.stream().map(Metric::name).toList();
        }

        Reactive policy() {
            List<MetricTarget> targets = new ArrayList<>();
            for (Metric metric : metrics) {
                if (metric.target() != null) {
                    targets.add(metric.target());
                }
            }
            return new Reactive(tolerance, targets);
        }
    }

    static Read read(ObjectReader spec) {
        ObjectReader reactive = spec.object(REACTIVE);
        ObjectReader tolerance = reactive.object(TOLERANCE);
        List<Metric> metrics = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (ObjectReader reader : reactive.objects(METRICS)) {
            String name = reader.find(NAME);
            if (name != null && !names.add(name)) {
                reader.refuse(NAME, NAMES.message());
            }
            String known = name == null ? "-" : name;
            metrics.add(new Metric(reader, known, target(reader, known)));
        }
        return new Read(new Tolerance(tolerance.get(UP), tolerance.get(DOWN)), metrics);
    }

    private static @Nullable MetricTarget target(ObjectReader metric, String name) {
        ObjectReader reader = metric.object(TARGET);
        if (metric.has(TARGET) && TARGETS.values().stream().filter(reader::has).count() != 1) {
            metric.refuse(TARGET, "must have exactly one of utilization, value and averageValue");
        }
        MetricTarget target = null;
        for (Map.Entry<TargetType, Key<Double>> entry : TARGETS.entrySet()) {
            Double value = reader.find(entry.getValue());
            if (value != null) {
                target = new MetricTarget(name, entry.getKey(), value);
            }
        }
        return target;
    }

    private static @Nullable Double seconds(String text) {
        Duration duration = Durations.parse(text);
        return duration == null ? null : duration.toMillis() / 1000.0;
    }

    private static @Nullable Double amount(@Nullable Double value) {
        return value != null && value > 0 && value <= MOST_TARGET ? value : null;
    }

    private static @Nullable Double bound(@Nullable Double value) {
        return value != null && value >= 0 && value <= MOST_TARGET ? value : null;
    }
}
