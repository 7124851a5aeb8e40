package dev.prescale.config;

import dev.prescale.backtest.Trace;
import dev.prescale.config.BundledTraces.Bundled;
import dev.prescale.series.RateSeries;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the {@code trace} of a backtest: a series under a name, or the name of a bundled dataset. */
final class TraceReader {
    /** Specifications look back as far at most. In minutes such a trace takes some 5 MB. */
    static final Duration LONGEST = Duration.ofDays(400);

    private static final ValueType<String> NAME_TYPE = ValueTypes.text(100);
    private static final Key<String> NAME =
            Key.withDefault("name", NAME_TYPE, "trace", "What the result calls it, and who draws the chances.");
    private static final Key<String> DATASET =
            Key.optional("dataset", NAME_TYPE, "Name of a bundled dataset, in place of everything else.");

    /** The key of a backtest's request under which it stands. */
    static final SchemaKey.ObjectKey KEY = new SchemaKey.ObjectKey(
            "trace",
            new ObjectSchema(Stream.concat(SeriesReader.KEYS.stream(), Stream.of(NAME, DATASET))
                    .toList()),
            true,
            "Recorded traffic.");

    private TraceReader() {}

    /** @return empty where there was a fault, which the reader's violations have */
    static Optional<Bundled> read(ObjectReader reader, BundledTraces bundled) {
        return reader.has(DATASET)
                ? dataset(reader, bundled)
                : series(reader).map(trace -> new Bundled(trace, Optional.empty()));
    }

    private static Optional<Bundled> dataset(ObjectReader reader, BundledTraces bundled) {
        Stream.concat(SeriesReader.KEYS.stream(), Stream.of(NAME))
                .filter(reader::has)
                .forEach(key -> reader.violations()
                        .add(new Violation(reader.pathOf(key.name()), null, "must not stand beside dataset")));
        String name = reader.find(DATASET);
        List<String> names = bundled.names();
        if (name != null && !names.contains(name)) {
            String hint = NearestName.of(name, names)
                    .map(nearest -> "; did you mean %s?".formatted(nearest))
                    .orElse(names.isEmpty() ? "; there are none here" : "; datasets are " + String.join(", ", names));
            reader.refuse(DATASET, "is not a bundled dataset" + hint);
        }
        return name != null && names.contains(name) ? Optional.of(bundled.read(name)) : Optional.empty();
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
