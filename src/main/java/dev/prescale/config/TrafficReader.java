package dev.prescale.config;

import dev.prescale.control.EndpointId;
import dev.prescale.control.Inheritance;
import dev.prescale.control.TrafficSource;
import dev.prescale.series.SampleKind;
import dev.prescale.series.Step;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads where a request rate or a metric comes from. */
final class TrafficReader {
    /** Kept in memory and read at once after a start: 28 days at 10 s are 241,920. */
    private static final int MOST_HISTORY_STEPS = 250_000;

    private static final int MOST_NAME_CHARACTERS = 250;
    private static final ValueType<String> NAME = ValueTypes.text(MOST_NAME_CHARACTERS);
    private static final ValueType<SampleKind> KIND_TYPE = ValueTypes.oneOf(WireName::of, SampleKind.values());

    private static final Key<String> BUCKET = Key.required(
            "bucket",
            NAME,
            "Bucket; with InfluxQL the database or database/retention-policy. Not used by the embedded store.");
    private static final Key<String> MEASUREMENT = Key.optional("measurement", NAME, "Required without a query.");
    private static final Key<String> FIELD = Key.optional("field", NAME, "Required without a query.");
    private static final SchemaKey.MapKey<String> TAGS = new SchemaKey.MapKey<>(
            "tags", NAME, 20, SchemaKey.NullEntries.REFUSED, "Tag values that a row must have, all of them.");
    private static final Key<SampleKind> TRAFFIC_KIND =
            Key.required("kind", KIND_TYPE, "Count per sample, Counter (monotonic, restarts at 0) or Rate (req/s).");
    private static final Key<SampleKind> METRIC_KIND = Key.withDefault(
            "kind",
            KIND_TYPE,
            SampleKind.RATE,
            "Rate takes values as they are; Count and Counter turn them into a rate.");
    private static final Key<String> QUERY = Key.optional(
            "query",
            ValueTypes.text(4_000),
            "A read-only query of your own in the store's language, in place of measurement, field and tags.");
    private static final ObjectRule.Checked QUERY_ALONE = ObjectRule.at(
            QUERY,
            "!has(self.query) || !(has(self.measurement) || has(self.field) || has(self.tags))",
            "must not stand beside measurement, field or tags");
    private static final SchemaKey.ObjectKey TRAFFIC_INFLUX = new SchemaKey.ObjectKey(
            "influx",
            sourceOf(TRAFFIC_KIND),
            true,
            "The series of the request rate, in InfluxDB or in the embedded store.");
    static final SchemaKey.ObjectKey METRIC_INFLUX = new SchemaKey.ObjectKey(
            "influx",
            sourceOf(METRIC_KIND),
            false,
            "The metric's series; needed everywhere but in a preview, and for `cpu` (in cores) and `memory` (in bytes) with a "
                    + "utilization or an averageValue: where left out these are read by pod from the Kubernetes metrics API.");
    private static final Key<Step> STEP = Key.withDefault(
            "step", ValueTypes.step(Duration.ofSeconds(10)), new Step(60), "Grid on which the rate is read.");
    private static final Key<Duration> HISTORY = Key.withDefault(
            "history",
            ValueTypes.duration(Duration.ofHours(1), Duration.ofDays(400)),
            Duration.ofDays(28),
            "How far back the forecast learns, at most %d steps.".formatted(MOST_HISTORY_STEPS));
    private static final Key<String> INHERIT_FROM = Key.optional(
            "inheritFrom",
            new ValueType<>(
                    "a name of lower case letters, digits, - and ., with or without namespace/ before it",
                    "unnamed",
                    node -> node.isTextual() && isEndpoint(node.textValue()) ? node.textValue() : null,
                    name -> name),
            "Name or namespace/name of the endpoint that this one replaces or stands beside: until there is an own history its counts, "
                    + "times the measured share. Needs `share`.");
    private static final Key<String> SHARE_TAG =
            Key.required("tag", NAME, "Tag in `influx.tags` by whose value the two are told apart, such as version.");
    private static final SchemaKey.ObjectKey SHARE = new SchemaKey.ObjectKey(
            "share",
            ObjectSchema.of(SHARE_TAG),
            false,
            "The own traffic divided by that of all values of a tag, over the newest 30 minutes. Needs `inheritFrom`.");
    static final SchemaKey.ObjectKey TRAFFIC = new SchemaKey.ObjectKey(
            "traffic",
            ObjectSchema.of(TRAFFIC_INFLUX, STEP, HISTORY, INHERIT_FROM, SHARE),
            false,
            "Where the request rate comes from; needed everywhere but in a preview.");

    private TrafficReader() {}

    /** Where the request rate comes from and how much of it is read. */
    record Traffic(TrafficSource source, Duration history) {}

    static Traffic read(ObjectReader spec) {
        ObjectReader traffic = spec.object(TRAFFIC);
        Step step = traffic.get(STEP);
        Duration written = traffic.find(HISTORY);
        Duration history = written == null ? Duration.ZERO : written;
        if (history.toSeconds() / step.seconds() > MOST_HISTORY_STEPS) {
            traffic.refuse(
                    HISTORY,
                    "must be at most %d steps of %s".formatted(MOST_HISTORY_STEPS, Durations.format(step.duration())));
        }
        return new Traffic(source(traffic.object(TRAFFIC_INFLUX), TRAFFIC_KIND, step), history);
    }

    private static boolean isEndpoint(String name) {
        String[] parts = name.split("/", -1);
        return parts.length <= 2 && Arrays.stream(parts).allMatch(EndpointId::isValidName);
    }

    /**
     * Whose history counts before there is an own one; null where nobody's does.
     *
     * @param id of the endpoint that is read
     */
    static @Nullable Inheritance readInheritance(ObjectReader spec, EndpointId id) {
        ObjectReader traffic = spec.object(TRAFFIC);
        String from = traffic.find(INHERIT_FROM);
        if (!traffic.has(INHERIT_FROM) || !traffic.has(SHARE)) {
            if (traffic.has(INHERIT_FROM)) {
                traffic.refuse(INHERIT_FROM, "needs share beside it");
            } else if (traffic.has(SHARE)) {
                traffic.refuse(SHARE, "needs inheritFrom beside it");
            }
            return null;
        }
        String tag = traffic.object(SHARE).get(SHARE_TAG);
        ObjectReader influx = traffic.object(TRAFFIC_INFLUX);
        if (influx.has(QUERY)) {
            traffic.refuse(SHARE, "needs tags in the place of a query, which cannot be widened");
        } else if (!influx.map(TAGS).containsKey(tag)) {
            traffic.refuse(SHARE, "must name a tag of influx.tags");
        }
        if (from == null) {
            return null;
        }
        String[] parts = from.split("/", -1);
        EndpointId other =
                parts.length == 1 ? new EndpointId(id.namespace(), from) : new EndpointId(parts[0], parts[1]);
        if (other.equals(id)) {
            traffic.refuse(INHERIT_FROM, "must be another endpoint");
        }
        return new Inheritance(other, tag);
    }

    /** Refuses what a replay does not have. */
    static void refuseInheritance(ObjectReader spec) {
        ObjectReader traffic = spec.object(TRAFFIC);
        if (traffic.has(INHERIT_FROM)) {
            traffic.refuse(INHERIT_FROM, "must be left out to be replayed: a trace has one request rate");
        }
    }

    static TrafficSource readMetric(ObjectReader metric, Step step) {
        return source(metric.object(METRIC_INFLUX), METRIC_KIND, step);
    }

    private static TrafficSource source(ObjectReader influx, Key<SampleKind> kindKey, Step step) {
        String bucket = influx.get(BUCKET);
        SampleKind kind = influx.get(kindKey);
        String query = influx.find(QUERY);
        String measurement = influx.find(MEASUREMENT);
        String field = influx.find(FIELD);
        Map<String, String> tags = influx.map(TAGS);
        boolean namesColumns = influx.has(MEASUREMENT) || influx.has(FIELD) || influx.has(TAGS);
        if (influx.has(QUERY) && namesColumns) {
            influx.refuse(QUERY, QUERY_ALONE.message());
        }
        if (!influx.has(QUERY)) {
            requireEither(influx, MEASUREMENT);
            requireEither(influx, FIELD);
        }
        boolean isQuery = query != null;
        return new TrafficSource(
                bucket,
                measurement != null ? measurement : isQuery ? "" : "-",
                field != null ? field : isQuery ? "" : "-",
                tags,
                kind,
                step,
                query);
    }

    private static ObjectSchema sourceOf(Key<SampleKind> kind) {
        return ObjectSchema.of(BUCKET, MEASUREMENT, FIELD, TAGS, kind, QUERY)
                .where(QUERY_ALONE, unlessQuery(MEASUREMENT), unlessQuery(FIELD));
    }

    private static ObjectRule.Checked unlessQuery(SchemaKey key) {
        return ObjectRule.at(
                key,
                "has(self.query) || has(self.%s)".formatted(key.name()),
                ObjectReader.REQUIRED + ", or query in its place");
    }

    private static void requireEither(ObjectReader influx, Key<String> key) {
        if (!influx.has(key)) {
            influx.refuse(key, unlessQuery(key).message());
        }
    }
}
