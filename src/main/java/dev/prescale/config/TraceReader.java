package dev.prescale.config;

import dev.prescale.backtest.Trace;
import dev.prescale.config.BundledTraces.Bundled;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.Mode;
import dev.prescale.series.RateSeries;
import dev.prescale.series.SampleGrid;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the {@code trace} of a backtest: a series under a name, the name of a bundled dataset, or an endpoint's own history. */
final class TraceReader {
    /** Specifications look back as far at most. In minutes such a trace takes some 5 MB. */
    static final Duration LONGEST = Duration.ofDays(400);

    private static final ValueType<String> NAME_TYPE = ValueTypes.text(100);
    private static final Key<String> NAME =
            Key.withDefault("name", NAME_TYPE, "trace", "What the result calls it, and who draws the chances.");
    private static final Key<String> DATASET =
            Key.optional("dataset", NAME_TYPE, "Name of a bundled dataset, in place of everything else.");

    private static final Key<EndpointId> ENDPOINT = Key.optional(
            "endpoint",
            new ValueType<>(
                    "namespace/name such as shop/web",
                    new EndpointId("x", "x"),
                    node -> node.isTextual() ? EndpointId.read(node.textValue()).orElse(null) : null,
                    EndpointId::toString),
            "Its own history, in place of a series.");
    private static final ValueType<Moment> MOMENT = new ValueType<>(
            "an instant in ISO-8601 with offset such as 2024-01-29T08:00:00Z, or a time before now such as -P28D",
            Moment.NOW,
            node -> node.isTextual() ? Moment.parse(node.textValue()).orElse(null) : null,
            moment -> "now");
    private static final Duration DEFAULT_HISTORY = Duration.ofDays(28);
    private static final Key<Moment> FROM = Key.withDefault(
            "from", MOMENT, now -> now.minus(DEFAULT_HISTORY), "Begin of an endpoint's history; where left out -P28D.");
    private static final Key<Moment> TO = Key.withDefault("to", MOMENT, Moment.NOW, "Its end; where left out now.");

    /** In place of a warm-up: how much of the end is replayed. */
    static final Key<Duration> REPLAY = Key.optional(
            "replay",
            ValueTypes.duration(Duration.ofMinutes(1), LONGEST),
            "At most so much of the end is replayed, and at most half of the trace; what lies before it is the warm-up.");

    private static final List<SchemaKey> SERIES_KEYS =
            Stream.concat(SeriesReader.KEYS.stream(), Stream.of(NAME)).toList();

    /** The key of a backtest's request under which it stands. */
    static final SchemaKey.ObjectKey KEY = new SchemaKey.ObjectKey(
            "trace",
            new ObjectSchema(Stream.concat(SERIES_KEYS.stream(), Stream.of(DATASET, ENDPOINT, FROM, TO, REPLAY))
                    .toList()),
            true,
            "Recorded traffic.");

    private TraceReader() {}

    /**
     * A trace, and what it brings along.
     *
     * @param spec its own; empty for a series
     * @param specText of that
     * @param endpoint whose history it is; empty for any other
     * @param replay in place of a warm-up; empty where that counts
     */
    record Source(
            Trace trace,
            Optional<EndpointSpec> spec,
            Optional<String> specText,
            Optional<EndpointId> endpoint,
            Optional<Duration> replay) {}

    /**
     * @return empty where there was a fault, which the reader's violations have
     * @throws EndpointTraces.Unreadable where the history cannot be read at present
     */
    static Optional<Source> read(ObjectReader reader, BundledTraces bundled, EndpointTraces endpoints) {
        Optional<Duration> replay = Optional.ofNullable(reader.find(REPLAY));
        if (reader.has(ENDPOINT)) {
            refuseBeside(reader, ENDPOINT, Stream.concat(SERIES_KEYS.stream(), Stream.of(DATASET)));
            return endpoint(reader, endpoints, replay);
        }
        refuseUnlessBeside(reader, FROM);
        refuseUnlessBeside(reader, TO);
        return reader.has(DATASET)
                ? dataset(reader, bundled, replay)
                : series(reader)
                        .map(trace -> new Source(trace, Optional.empty(), Optional.empty(), Optional.empty(), replay));
    }

    private static void refuseBeside(ObjectReader reader, SchemaKey key, Stream<SchemaKey> others) {
        others.filter(reader::has)
                .forEach(other -> reader.violations()
                        .add(new Violation(reader.pathOf(other.name()), null, "must not stand beside " + key.name())));
    }

    private static void refuseUnlessBeside(ObjectReader reader, Key<Moment> key) {
        if (reader.has(key)) {
            reader.refuse(key, "is of an endpoint's history and needs trace.endpoint");
        }
    }

    private static Optional<Source> dataset(ObjectReader reader, BundledTraces bundled, Optional<Duration> replay) {
        refuseBeside(reader, DATASET, SERIES_KEYS.stream());
        String name = reader.find(DATASET);
        List<String> names = bundled.names();
        if (name == null) {
            return Optional.empty();
        }
        if (!names.contains(name)) {
            reader.refuse(
                    DATASET,
                    "is not a bundled dataset"
                            + NearestName.of(name, names)
                                    .map(nearest -> "; did you mean %s?".formatted(nearest))
                                    .orElse(
                                            names.isEmpty()
                                                    ? "; there are none here"
                                                    : "; datasets are " + String.join(", ", names)));
            return Optional.empty();
        }
        Bundled read = bundled.read(name);
        return Optional.of(new Source(read.trace(), read.spec(), read.specText(), Optional.empty(), replay));
    }

    private static Optional<Source> endpoint(ObjectReader reader, EndpointTraces endpoints, Optional<Duration> replay) {
        EndpointId id = reader.find(ENDPOINT);
        Instant now = endpoints.now();
        Instant from = reader.get(FROM).at(now);
        Instant to = reader.get(TO).at(now);
        if (id == null) {
            return Optional.empty();
        }
        Optional<EndpointSpec> spec = endpoints.spec(id);
        if (spec.isEmpty()) {
            List<String> names =
                    endpoints.endpoints().stream().map(EndpointId::toString).toList();
            reader.refuse(
                    ENDPOINT,
                    "is not an endpoint here"
                            + NearestName.of(id.toString(), names)
                                    .map(nearest -> "; did you mean %s?".formatted(nearest))
                                    .orElse("; GET /api/v1/endpoints lists all"));
        }
        if (!from.isBefore(to)) {
            reader.refuse(FROM, "must be before to, which is " + to);
        } else if (Duration.between(from, to).compareTo(LONGEST) > 0) {
            reader.refuse(FROM, "must be at most %s before to".formatted(Durations.format(LONGEST)));
        }
        if (spec.isEmpty() || !reader.violations().isEmpty()) {
            return Optional.empty();
        }
        EndpointSpec inForce = spec.get();
        Duration step = inForce.traffic().step().duration();
        if (Duration.between(from, to).dividedBy(step) > SampleGrid.MOST_STEPS) {
            reader.refuse(
                    FROM,
                    "must be at most %d steps of %s before to"
                            .formatted(SampleGrid.MOST_STEPS, Durations.format(step)));
            return Optional.empty();
        }
        return endpoints
                .read(inForce, from, to)
                .or(() -> {
                    reader.refuse(ENDPOINT, "has no samples from %s to %s".formatted(from, to));
                    return Optional.empty();
                })
                .flatMap(series -> traceOf(reader, ENDPOINT, id.toString(), series))
                .map(trace -> new Source(
                        trace,
                        Optional.of(inForce.withMode(Mode.SCALE)),
                        endpoints.specText(id),
                        Optional.of(id),
                        replay));
    }

    private static Optional<Trace> traceOf(ObjectReader reader, SchemaKey key, String name, RateSeries series) {
        try {
            return Optional.of(Trace.of(name, series));
        } catch (IllegalArgumentException refused) {
            reader.refuse(key, "cannot be replayed: " + refused.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<Trace> series(ObjectReader reader) {
        String name = reader.get(NAME);
        RateSeries rates = SeriesReader.read(reader).rates();
        if (!reader.violations().isEmpty()) {
            return Optional.empty();
        }
        Duration length = rates.step().duration().multipliedBy(rates.size());
        if (!rates.hasSamples()) {
            refuseValues(reader, "must have a value that is not null");
        } else if (length.compareTo(LONGEST) > 0) {
            refuseValues(
                    reader,
                    "must cover at most %s, was %s".formatted(Durations.format(LONGEST), Durations.format(length)));
        } else {
            return traceOf(reader, name, rates);
        }
        return Optional.empty();
    }

    /** Without the values, of which there may be many. */
    private static void refuseValues(ObjectReader reader, String message) {
        reader.violations().add(new Violation(reader.pathOf(SeriesReader.VALUES.name()), null, message));
    }

    private static Optional<Trace> traceOf(ObjectReader reader, String name, RateSeries rates) {
        int minute = Trace.MINUTE.seconds();
        int step = rates.step().seconds();
        if (minute % step != 0 && step % minute != 0) {
            reader.refuse(SeriesReader.STEP, "must divide a minute or be whole minutes");
            return Optional.empty();
        }
        if (rates.start().toEpochMilli() % 1_000 != 0 || rates.start().getEpochSecond() % Math.min(step, minute) != 0) {
            reader.refuse(SeriesReader.START, "must be on the grid of its step, or of minutes where that is coarser");
            return Optional.empty();
        }
        return Optional.of(Trace.of(name, rates));
    }
}
