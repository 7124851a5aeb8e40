package dev.prescale.adapter.influx;

import dev.prescale.control.TrafficSource;
import dev.prescale.series.SampleKind;
import java.util.Map;
import java.util.Optional;

/** What a source must be like in either dialect. */
final class SourceRules {
    private SourceRules() {}

    /** Why a source cannot be asked for, as a sentence; empty where it can. */
    static Optional<String> refusal(TrafficSource source) {
        if (source.bucket().isBlank()) {
            return Optional.of("the bucket must be given");
        }
        if (source.query() != null && source.kind() == SampleKind.COUNTER) {
            return Optional.of("a query of your own must give counts or rates: difference the counter in the query");
        }
        return source.tags().entrySet().stream()
                .filter(tag -> tag.getKey().isEmpty() || tag.getValue().isEmpty())
                .findFirst()
                .map(Map.Entry::getKey)
                .map("the tag '%s' has no value: InfluxDB has no empty tags"::formatted);
    }
}
