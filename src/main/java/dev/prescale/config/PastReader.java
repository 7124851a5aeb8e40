package dev.prescale.config;

import static dev.prescale.scaling.ScalingPolicy.ReplicaBounds.MOST_REPLICAS;

import dev.prescale.scaling.ScalingHistory;
import dev.prescale.scaling.ScalingHistory.Breach;
import dev.prescale.scaling.ScalingHistory.Recommendation;
import dev.prescale.scaling.ScalingHistory.ReplicaChange;
import dev.prescale.scaling.ScalingHistory.StepTaken;
import dev.prescale.scaling.ScalingPolicy;
import dev.prescale.scaling.StepBreaches;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads {@code past}: the recommendations, changes, steps and readings that limits and steps need. */
final class PastReader {
    private static final int MOST_ENTRIES = 10_000;
    private static final ValueType<Integer> REPLICA_COUNT = ValueTypes.wholeNumber(0, MOST_REPLICAS);
    private static final Key<Instant> AT = Key.required("at", ValueTypes.INSTANT, "When; not after now.");
    private static final Key<Integer> REPLICAS = Key.required("replicas", REPLICA_COUNT, "Before stabilization.");
    private static final Key<Integer> FROM = Key.required("from", REPLICA_COUNT, "Replicas before.");
    private static final Key<Integer> TO = Key.required("to", REPLICA_COUNT, "Replicas after.");
    private static final SchemaKey.ObjectListKey RECOMMENDATIONS = new SchemaKey.ObjectListKey(
            "recommendations", ObjectSchema.of(AT, REPLICAS), MOST_ENTRIES, "What the rules asked for.");
    private static final SchemaKey.ObjectListKey CHANGES = new SchemaKey.ObjectListKey(
            "changes", ObjectSchema.of(AT, FROM, TO), MOST_ENTRIES, "Changes that were carried out.");
    private static final Key<String> RULE =
            Key.required("rule", ValueTypes.text(80), "The rule that took the step, step:<metric>.");
    private static final SchemaKey.ObjectListKey STEPS = new SchemaKey.ObjectListKey(
            "steps",
            ObjectSchema.of(AT, RULE, FROM, TO),
            MOST_ENTRIES,
            "Steps that were carried out, for their cooldowns.");
    private static final Key<String> METRIC =
            Key.required("metric", ValueTypes.text(63), "A name of the spec's metrics, or requestRate.");
    private static final Key<Double> VALUE =
            Key.optional("value", ValueTypes.number(0, 1e15), "null or left out is missing, not 0.");
    private static final SchemaKey.ObjectListKey READINGS = new SchemaKey.ObjectListKey(
            "readings",
            ObjectSchema.of(AT, METRIC, VALUE),
            MOST_ENTRIES,
            "Earlier readings of metrics that steps look at, for their `for`.");
    static final SchemaKey.ObjectKey PAST = new SchemaKey.ObjectKey(
            "past",
            ObjectSchema.of(RECOMMENDATIONS, CHANGES, STEPS, READINGS),
            false,
            "What was recommended, done and seen before.");

    private record Reading(
            Instant at, String metric, @Nullable Double value) {}

    private PastReader() {}

    static ScalingHistory read(ObjectReader body, ScalingPolicy policy, Instant now) {
        ObjectReader past = body.object(PAST);
        List<Recommendation> recommendations = new ArrayList<>();
        for (ObjectReader reader : past.objects(RECOMMENDATIONS)) {
            recommendations.add(new Recommendation(at(reader, now), reader.get(REPLICAS)));
        }
        List<ReplicaChange> changes = new ArrayList<>();
        for (ObjectReader reader : past.objects(CHANGES)) {
            changes.add(new ReplicaChange(at(reader, now), reader.get(FROM), reader.get(TO)));
        }
        recommendations.sort(Comparator.comparing(Recommendation::at));
        changes.sort(Comparator.comparing(ReplicaChange::at));
        List<StepTaken> steps = new ArrayList<>();
        for (ObjectReader reader : past.objects(STEPS)) {
            steps.add(new StepTaken(at(reader, now), reader.get(RULE), reader.get(FROM), reader.get(TO)));
        }
        steps.sort(Comparator.comparing(StepTaken::at));
        return new ScalingHistory(recommendations, changes, steps, breaches(past, policy, now), 0, false);
    }

    private static List<Breach> breaches(ObjectReader past, ScalingPolicy policy, Instant now) {
        List<Reading> readings = new ArrayList<>();
        for (ObjectReader reader : past.objects(READINGS)) {
            readings.add(new Reading(at(reader, now), reader.get(METRIC), reader.find(VALUE)));
        }
        readings.sort(Comparator.comparing(Reading::at));
        Map<String, Breach> breaches = new TreeMap<>();
        for (Reading reading : readings) {
            Breach after = reading.value() == null
                    ? null
                    : StepBreaches.after(
                            List.copyOf(breaches.values()), policy, reading.metric(), reading.value(), reading.at());
            if (after == null) {
                breaches.remove(reading.metric());
            } else {
                breaches.put(reading.metric(), after);
            }
        }
        return List.copyOf(breaches.values());
    }

    private static Instant at(ObjectReader reader, Instant now) {
        Instant at = reader.get(AT);
        if (at.isAfter(now)) {
            reader.refuse(AT, "must not be after now, which is " + now);
        }
        return at;
    }
}
