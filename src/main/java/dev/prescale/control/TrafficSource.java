package dev.prescale.control;

import dev.prescale.series.Require;
import dev.prescale.series.SampleKind;
import dev.prescale.series.Step;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a rate (or a metric) comes from.
 *
 * @param tags tag values that a row must have, all of them
 * @param query a read-only query of the user's own in the store's language instead of measurement, field and tags; it
 *     must answer with one series of time and value; null for none
 */
public record TrafficSource(
        String bucket,
        String measurement,
        String field,
        Map<String, String> tags,
        SampleKind kind,
        Step step,
        @Nullable String query) {
    public TrafficSource {
        Require.that(query != null || !measurement.isBlank(), "measurement must not be blank");
        Require.that(query != null || !field.isBlank(), "field must not be blank");
        tags = java.util.Collections.unmodifiableMap(new TreeMap<>(tags));
    }

    /**
     * The rows of this source whatever their value of a tag.
     *
     * @throws IllegalArgumentException where it is a query of the user's own, which is not changed
     */
    public TrafficSource withoutTag(String name) {
        Require.that(query == null, "a query of its own cannot be widened by the tag %s", name);
        Map<String, String> fewer = new TreeMap<>(tags);
        fewer.remove(name);
        return new TrafficSource(bucket, measurement, field, fewer, kind, step, null);
    }

    /**
     * The rows of this source that also have a tag value.
     *
     * @throws IllegalArgumentException where it is a query of the user's own, which is not changed
     */
    public TrafficSource withTag(String name, String value) {
        Require.that(query == null, "a query of its own cannot be split by the tag %s", name);
        Map<String, String> more = new TreeMap<>(tags);
        more.put(name, value);
        return new TrafficSource(bucket, measurement, field, more, kind, step, null);
    }
}
