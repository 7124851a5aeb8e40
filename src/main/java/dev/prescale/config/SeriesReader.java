package dev.prescale.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prescale.series.RateSeries;
import dev.prescale.series.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Reads a series of rates or counts with gaps: {@code {start, step, unit, values}}. */
final class SeriesReader {
    static final int MOST_VALUES = 100_000;

    /** Sums and squares of such values are finite. */
    private static final double LARGEST_VALUE = 1e15;

    private static final Duration SHORTEST_STEP = Duration.ofSeconds(10);

    static final Key<Instant> START = Key.required("start", ValueTypes.INSTANT, "Beginning of the first step.");
    static final Key<Step> STEP = Key.required("step", ValueTypes.step(SHORTEST_STEP), "Length of a step.");
    private static final Key<RateUnit> UNIT = Key.withDefault(
            "unit",
            ValueTypes.oneOf(RateUnit::wireName, RateUnit.values()),
            RateUnit.RATE,
            "rate: mean requests per second in the step; count: requests in the step.");
    static final SchemaKey.FreeKey VALUES = new SchemaKey.FreeKey(
            "values",
            "a list of at most %d numbers from 0 to %s, or null for a gap"
                    .formatted(MOST_VALUES, ValueTypes.plain(LARGEST_VALUE)),
            "One value per step, oldest first.");

    /** For schemas that have more keys than a series. */
    static final List<SchemaKey> KEYS = List.of(START, STEP, UNIT, VALUES);

    private SeriesReader() {}

    /**
     * A series and the unit it came in.
     *
     * @param rates in req/s whatever the unit
     */
    record Read(RateSeries rates, RateUnit unit) {}

    static Read read(ObjectReader reader) {
        Instant start = reader.get(START);
        Step step = reader.get(STEP);
        RateUnit unit = reader.get(UNIT);
        double[] values = values(reader);
        RateSeries rates =
                unit == RateUnit.RATE ? RateSeries.of(start, step, values) : RateSeries.ofCounts(start, step, values);
        return new Read(rates, unit);
    }

    /** The bounds of a series that did not come as JSON. */
    static void check(RateSeries rates, RateUnit unit, Violations violations) {
        if (rates.step().duration().compareTo(SHORTEST_STEP) < 0) {
            violations.add(new Violation(
                    STEP.name(),
                    Durations.format(rates.step().duration()),
                    "must be at least " + Durations.format(SHORTEST_STEP)));
        }
        if (rates.size() > MOST_VALUES) {
            violations.add(new Violation(
                    VALUES.name(), null, "must be at most %d, are %d".formatted(MOST_VALUES, rates.size())));
        }
        double inUnit = unit == RateUnit.COUNT ? rates.step().seconds() : 1;
        for (int k = 0; k < rates.size(); k++) {
            if (rates.rateAt(k) * inUnit > LARGEST_VALUE) {
                violations.add(new Violation(
                        "%s[%d]".formatted(VALUES.name(), k),
                        rates.rateAt(k) * inUnit,
                        "must be a number from 0 to %s".formatted(ValueTypes.plain(LARGEST_VALUE))));
            }
        }
    }

    private static double[] values(ObjectReader reader) {
        JsonNode list = reader.node(VALUES);
        if (list == null) {
            reader.refuse(VALUES, "is required");
            return new double[0];
        }
        if (!list.isArray() || list.size() > MOST_VALUES) {
            reader.refuse(VALUES, "must be a list of at most %d values, has %d".formatted(MOST_VALUES, list.size()));
            return new double[0];
        }
        double[] values = new double[list.size()];
        Arrays.fill(values, Double.NaN);
        for (int k = 0; k < values.length; k++) {
            JsonNode node = list.get(k);
            if (node.isNull()) {
                continue;
            }
            double value = ValueTypes.finite(node);
            if (value >= 0 && value <= LARGEST_VALUE) {
                values[k] = value;
            } else {
                String path = "%s[%d]".formatted(reader.pathOf(VALUES.name()), k);
                reader.violations()
                        .add(
                                path,
                                node,
                                "must be a number from 0 to %s or null".formatted(ValueTypes.plain(LARGEST_VALUE)));
            }
        }
        return values;
    }
}
