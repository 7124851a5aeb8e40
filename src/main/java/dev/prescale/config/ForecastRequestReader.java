package dev.prescale.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prescale.forecast.ForecastRequest;
import dev.prescale.forecast.QuantileLevels;
import dev.prescale.series.RateSeries;
import dev.prescale.series.Step;
import dev.prescale.series.TrafficCalendar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads the body of {@code POST /api/v1/forecast}. */
public final class ForecastRequestReader {
    private static final int MOST_PEAKS = 100;
    private static final ValueType<Duration> UP_TO_HORIZON =
            ValueTypes.duration(Duration.ZERO, Duration.ofHours(ForecastRequest.MOST_STEPS));

    private static final Key<Duration> HORIZON = Key.required(
            "horizon",
            ValueTypes.duration(Duration.ofSeconds(10), Duration.ofHours(ForecastRequest.MOST_STEPS)),
            "How far ahead, at most %d steps.".formatted(ForecastRequest.MOST_STEPS));
    private static final SchemaKey.ListKey<Double> QUANTILES = new SchemaKey.ListKey<>(
            "quantiles",
            ValueTypes.numberBetween(0, 1),
            QuantileLevels.MOST,
            "Distinct levels, answered in this order; 0.5, 0.9 and 0.95 where left out.");
    private static final Key<Duration> FROM = Key.required("from", UP_TO_HORIZON, "After the origin.");
    private static final Key<Duration> TO = Key.required("to", UP_TO_HORIZON, "After the origin, not included.");
    private static final SchemaKey.ObjectListKey PEAKS = new SchemaKey.ObjectListKey(
            "peaks",
            ObjectSchema.of(FROM, TO),
            MOST_PEAKS,
            "Windows within the horizon of which the quantiles of the largest rate are asked for.");
    private static final List<SchemaKey> BESIDE_SERIES = List.of(
            CalendarReader.TIME_ZONE, CalendarReader.HOLIDAYS, CalendarReader.EVENTS, HORIZON, QUANTILES, PEAKS);
    private static final ObjectSchema QUESTION = new ObjectSchema(BESIDE_SERIES);
    private static final ObjectSchema BODY = new ObjectSchema(
            Stream.concat(SeriesReader.KEYS.stream(), BESIDE_SERIES.stream()).toList());

    private ForecastRequestReader() {}

    /** What reading a body came to. */
    public sealed interface Outcome {}

    /**
     * The body has no fault.
     *
     * @param unit that the values came in and the answer leaves in; the request is in req/s
     */
    public record Ready(ForecastRequest request, RateUnit unit, List<PeakWindow> peaks) implements Outcome {
        public Ready {
            peaks = List.copyOf(peaks);
        }
    }

    /** @param violations every fault, at least one */
    public record Invalid(List<Violation> violations) implements Outcome {}

    /** The body has no other fault, but not one value to forecast from. */
    public record NoData() implements Outcome {}

    /** A window {@code [origin + from, origin + to)}. */
    public record PeakWindow(Duration from, Duration to) {}

    public static Outcome read(JsonNode body) {
        Violations violations = new Violations();
        ObjectReader reader = ObjectReader.of(body, BODY, "", violations);
        SeriesReader.Read series = SeriesReader.read(reader);
        return read(reader, series, violations);
    }

    /**
     * The same of a series that was read elsewhere, such as from a file: what is wrong with it is said of {@code values} and
     * {@code step}.
     *
     * @param history in req/s
     * @param unit that it came in
     * @param question the other keys of the body
     */
    public static Outcome read(RateSeries history, RateUnit unit, JsonNode question) {
        Violations violations = new Violations();
        ObjectReader reader = ObjectReader.of(question, QUESTION, "", violations);
        SeriesReader.check(history, unit, violations);
        return read(reader, new SeriesReader.Read(history, unit), violations);
    }

    /** @param violations of the whole body; a reader of what is no object keeps those of its own from everybody */
    private static Outcome read(ObjectReader reader, SeriesReader.Read series, Violations violations) {
        boolean isStepKnown = violations.isEmpty();
        TrafficCalendar calendar = CalendarReader.read(reader, reader.get(CalendarReader.TIME_ZONE));
        Duration horizon = horizon(reader, series.rates().step(), isStepKnown);
        QuantileLevels levels = levels(reader, QUANTILES);
        List<PeakWindow> peaks = peaks(reader, horizon);
        if (!violations.isEmpty()) {
            return new Invalid(violations.all());
        }
        if (!series.rates().hasSamples()) {
            return new NoData();
        }
        int steps = series.rates().step().covering(horizon);
        return new Ready(new ForecastRequest(series.rates(), calendar, steps, levels), series.unit(), peaks);
    }

    private static Duration horizon(ObjectReader reader, Step step, boolean isStepKnown) {
        Duration horizon = reader.get(HORIZON);
        if (isStepKnown && reader.has(HORIZON) && step.covering(horizon) > ForecastRequest.MOST_STEPS) {
            reader.refuse(
                    HORIZON,
                    "must be at most %d steps of %s"
                            .formatted(ForecastRequest.MOST_STEPS, Durations.format(step.duration())));
        }
        return horizon;
    }

    /** Levels of a list that must be in (0, 1), distinct and, where it is there, not empty. */
    static QuantileLevels levels(ObjectReader reader, SchemaKey.ListKey<Double> key) {
        List<Double> levels = reader.list(key);
        if (!reader.has(key)) {
            return QuantileLevels.DEFAULT;
        }
        if (levels.isEmpty()) {
            reader.refuse(key, "must have 1 to %d levels between 0 and 1".formatted(QuantileLevels.MOST));
            return QuantileLevels.DEFAULT;
        }
        if (levels.stream().distinct().count() != levels.size()) {
            reader.refuse(key, "must have distinct levels");
            return QuantileLevels.DEFAULT;
        }
        return QuantileLevels.of(
                levels.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static List<PeakWindow> peaks(ObjectReader reader, Duration horizon) {
        List<PeakWindow> peaks = new ArrayList<>();
        for (ObjectReader peak : reader.objects(PEAKS)) {
            Duration from = peak.find(FROM);
            Duration to = peak.find(TO);
            if (to != null && to.compareTo(horizon) > 0) {
                peak.refuse(TO, "must be at most the horizon, which is " + Durations.format(horizon));
            }
            if (from != null && to != null && from.compareTo(to) >= 0) {
                peak.refuse(FROM, "must be less than to, which is " + Durations.format(to));
            }
            if (from != null && to != null) {
                peaks.add(new PeakWindow(from, to));
            }
        }
        return peaks;
    }
}
