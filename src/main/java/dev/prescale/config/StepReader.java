package dev.prescale.config;

import static dev.prescale.scaling.ScalingPolicy.ReplicaBounds.MOST_REPLICAS;

import dev.prescale.scaling.StepRule;
import dev.prescale.scaling.StepRule.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code steps}: step scaling by intervals of a metric. */
final class StepReader {
    private static final String REQUEST_RATE = "requestRate";

    private static final Key<String> METRIC = Key.required(
            "metric", ValueTypes.text(63), "A name of reactive.metrics, or requestRate in requests per second.");
    private static final Key<Double> ABOVE = Key.optional(
            "above",
            ReactiveReader.BOUND,
            "The step is for readings at or above this, in the metric's own unit; at least one of above and below.");
    private static final Key<Double> BELOW = Key.optional(
            "below",
            ReactiveReader.BOUND,
            "The step is for readings below this. Several entries of one metric must not overlap.");
    private static final Key<Duration> FOR = Key.withDefault(
            "for",
            ValueTypes.duration(Duration.ZERO, StepRule.LONGEST),
            Duration.ZERO,
            "How long each reading must have been in an entry of the metric that goes the same way; a missing reading "
                    + "begins anew.");
    private static final Key<Integer> REPLICAS = Key.optional(
            "replicas",
            ValueTypes.wholeNumber(-MOST_REPLICAS, MOST_REPLICAS)
                    .onlyIf(count -> count != 0, "a whole number from -100000 to 100000 other than 0")
                    .shaped(ValueShape.wholeNumber(-MOST_REPLICAS, MOST_REPLICAS)
                            .excluding(0)),
            "Replicas added, or removed where negative.");
    private static final Key<Integer> PERCENT = Key.optional(
            "percent",
            ValueTypes.wholeNumber(-100, 10_000)
                    .onlyIf(percent -> percent != 0, "a whole number from -100 to 10000 other than 0")
                    .shaped(ValueShape.wholeNumber(-100, 10_000).excluding(0)),
            "Percent of the replicas there are: less than one replica is one, more is cut to whole replicas.");
    private static final Key<Integer> EXACT =
            Key.optional("exact", ValueTypes.wholeNumber(0, MOST_REPLICAS), "A number of replicas.");
    private static final ObjectRule.Checked ONE_CHANGE =
            ObjectRule.exactlyOneOf("must have exactly one of replicas, percent and exact", REPLICAS, PERCENT, EXACT);
    private static final SchemaKey.ObjectKey CHANGE = new SchemaKey.ObjectKey(
            "change", ObjectSchema.of(REPLICAS, PERCENT, EXACT).where(ONE_CHANGE), true, "Exactly one of the three.");
    private static final Key<Integer> MINIMUM_MAGNITUDE = Key.optional(
            "minimumMagnitude",
            ValueTypes.wholeNumber(1, MOST_REPLICAS),
            "With percent: fewest replicas added or removed.");
    private static final Key<Duration> COOLDOWN = Key.withDefault(
            "cooldown",
            ValueTypes.duration(Duration.ZERO, StepRule.LONGEST),
            StepRule.DEFAULT_COOLDOWN,
            "After a scale-out by steps of this metric only what is more than it is added; after a scale-in nothing is "
                    + "taken away, until a scale-out ends it.");
    private static final ObjectRule.Checked MAGNITUDE_OF_PERCENT = ObjectRule.at(
            MINIMUM_MAGNITUDE,
            "!has(self.minimumMagnitude) || has(self.change.percent)",
            "must stand beside change.percent only");
    static final SchemaKey.ObjectListKey STEPS = new SchemaKey.ObjectListKey(
            "steps",
            ObjectSchema.of(METRIC, ABOVE, BELOW, FOR, CHANGE, MINIMUM_MAGNITUDE, COOLDOWN)
                    .where(new ObjectRule.AnyOf(List.of(ABOVE.name(), BELOW.name())), MAGNITUDE_OF_PERCENT),
            50,
            "Step scaling: changes while a metric is in an interval.");

    static final ObjectRule KNOWN_METRICS = ObjectRule.at(
            STEPS,
            ("!has(self.steps) || self.steps.all(step, step.metric == '%s' || (has(self.reactive) && has(self.reactive.metrics)"
                            + " && self.reactive.metrics.exists(known, known.name == step.metric)))")
                    .formatted(REQUEST_RATE),
            "must have names of reactive.metrics, or %s, as metric".formatted(REQUEST_RATE));

    private StepReader() {}

    private record Entry(String path, StepRule step) {}

    /** @param metrics names of {@code reactive.metrics} */
    static List<StepRule> read(ObjectReader spec, List<String> metrics) {
        Set<String> known = new LinkedHashSet<>(metrics);
        known.add(REQUEST_RATE);
        List<Entry> entries = new ArrayList<>();
        for (ObjectReader reader : spec.objects(STEPS)) {
            StepRule step = step(reader, known);
            if (step == null) {
                continue;
            }
            for (Entry other : entries) {
                if (other.step().metric().equals(step.metric()) && other.step().overlaps(step)) {
                    reader.refuse("must not overlap %s, which is of %s too".formatted(other.path(), step.metric()));
                }
            }
            entries.add(new Entry(reader.path(), step));
        }
        return entries.stream().map(Entry::step).toList();
    }

    private static @Nullable StepRule step(ObjectReader reader, Set<String> known) {
        String metric = reader.find(METRIC);
        if (metric != null && !known.contains(metric)) {
            reader.refuse(METRIC, "must be one of " + String.join(", ", known));
        }
        Double above = reader.find(ABOVE);
        Double below = reader.find(BELOW);
        boolean hasBound = reader.has(ABOVE) || reader.has(BELOW);
        if (!hasBound) {
            reader.refuse("must have above or below");
        }
        Duration sustained = reader.get(FOR);
        Change change = change(reader);
        Duration cooldown = reader.get(COOLDOWN);
        if (above != null && below != null && above >= below) {
            reader.refuse(ABOVE, "must be less than below, which is " + ValueTypes.plain(below));
            return null;
        }
        boolean isReadable = above != null || below != null;
        return isReadable && metric != null && change != null
                ? new StepRule(metric, above, below, sustained, change, cooldown)
                : null;
    }

    private static @Nullable Change change(ObjectReader step) {
        Integer magnitude = step.find(MINIMUM_MAGNITUDE);
        ObjectReader reader = step.object(CHANGE);
        Integer replicas = reader.find(REPLICAS);
        Integer percent = reader.find(PERCENT);
        Integer exact = reader.find(EXACT);
        long given =
                List.of(REPLICAS, PERCENT, EXACT).stream().filter(reader::has).count();
        if (step.has(CHANGE) && given != 1) {
            step.refuse(CHANGE, ONE_CHANGE.message());
        }
        if (step.has(MINIMUM_MAGNITUDE) && !reader.has(PERCENT)) {
            step.refuse(MINIMUM_MAGNITUDE, MAGNITUDE_OF_PERCENT.message());
        }
        if (replicas != null) {
            return new Change.Replicas(replicas);
        }
        if (percent != null) {
            return new Change.Percent(percent, magnitude == null ? 0 : magnitude);
        }
        return exact == null ? null : new Change.Exact(exact);
    }
}
