package dev.prescale.config;

import static dev.prescale.scaling.ScalingPolicy.ReplicaBounds.MOST_REPLICAS;

import dev.prescale.scaling.ScalingHistory;
import dev.prescale.scaling.ScalingHistory.Recommendation;
import dev.prescale.scaling.ScalingHistory.ReplicaChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads {@code past}: the recommendations and changes that limits need. */
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
    static final SchemaKey.ObjectKey PAST = new SchemaKey.ObjectKey(
            "past", ObjectSchema.of(RECOMMENDATIONS, CHANGES), false, "What was recommended and done before.");

    private PastReader() {}

    static ScalingHistory read(ObjectReader body, Instant now) {
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
        return new ScalingHistory(recommendations, changes, 0, false);
    }

    private static Instant at(ObjectReader reader, Instant now) {
        Instant at = reader.get(AT);
        if (at.isAfter(now)) {
            reader.refuse(AT, "must not be after now, which is " + now);
        }
        return at;
    }
}
