package dev.prescale.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prescale.config.PreviewRequest.GivenForecast;
import dev.prescale.forecast.ForecastRequest;
import dev.prescale.forecast.QuantileLevels;
import dev.prescale.series.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Reads a forecast that somebody else made: {@code {origin, step, quantiles, rates}}. */
final class GivenForecastReader {
    private static final double LARGEST_RATE = 1e15;
    private static final Key<Instant> ORIGIN =
            Key.required("origin", ValueTypes.INSTANT, "Beginning of the first step.");
    private static final Key<Step> STEP =
            Key.required("step", ValueTypes.step(Duration.ofSeconds(1)), "Length of a step.");
    private static final SchemaKey.ListKey<Double> QUANTILES = new SchemaKey.ListKey<>(
            "quantiles", ValueTypes.numberBetween(0, 1), QuantileLevels.MOST, "Levels of the columns.");
    private static final SchemaKey.FreeKey RATES = new SchemaKey.FreeKey(
            "rates",
            "a list of 1 to %d rows, each a list of one number per level that is not lower at a higher level"
                    .formatted(ForecastRequest.MOST_STEPS),
            "Requests per second by step and level.");
    static final ObjectSchema FORECAST = ObjectSchema.of(ORIGIN, STEP, QUANTILES, RATES);

    private GivenForecastReader() {}

    static GivenForecast read(ObjectReader reader) {
        Instant origin = reader.get(ORIGIN);
        Step step = reader.get(STEP);
        if (!reader.has(QUANTILES)) {
            reader.refuse(QUANTILES, "is required");
        }
        QuantileLevels levels = ForecastRequestReader.levels(reader, QUANTILES);
        return new GivenForecast(origin, step, levels, rows(reader, levels));
    }

    private static List<List<Double>> rows(ObjectReader reader, QuantileLevels levels) {
        JsonNode rates = reader.node(RATES);
        if (rates == null || !rates.isArray() || rates.isEmpty() || rates.size() > ForecastRequest.MOST_STEPS) {
            reader.refuse(RATES, "must be " + RATES.description());
            return List.of();
        }
        List<Integer> byLevel = IntStream.range(0, levels.size())
                .boxed()
                .sorted(Comparator.comparing(levels::get))
                .toList();
        List<List<Double>> rows = new ArrayList<>();
        for (int k = 0; k < rates.size(); k++) {
            List<Double> row = row(rates.get(k));
            if (row.size() != levels.size() || crosses(row, byLevel)) {
                String message = "must be %d numbers from 0 to %s that are not lower at a higher level"
                        .formatted(levels.size(), ValueTypes.plain(LARGEST_RATE));
                reader.violations().add("%s[%d]".formatted(reader.pathOf(RATES.name()), k), rates.get(k), message);
            }
            rows.add(row);
        }
        return rows;
    }

    /** The numbers of a row, fewer than it has entries where some are none. */
    private static List<Double> row(JsonNode node) {
        List<Double> row = new ArrayList<>();
        for (JsonNode entry : node) {
            double rate = ValueTypes.finite(entry);
            if (rate >= 0 && rate <= LARGEST_RATE) {
                row.add(rate);
            }
        }
        return node.isArray() && row.size() == node.size() ? List.copyOf(row) : List.of();
    }

    private static boolean crosses(List<Double> row, List<Integer> byLevel) {
        for (int i = 1; i < byLevel.size(); i++) {
            if (row.get(byLevel.get(i)) < row.get(byLevel.get(i - 1))) {
                return true;
            }
        }
        return false;
    }
}
