package dev.prescale.control;

import dev.prescale.scaling.RateReading;
import dev.prescale.series.RateSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What one batched read of the history answered to the endpoints of a fleet. */
final class FleetReads {
    /** A metric is read as its newest sample within this window. */
    private static final Duration METRIC_WINDOW = Duration.ofMinutes(10);

    private final Map<EndpointId, RateHistory.Answer> rates = new HashMap<>();
    private final Map<EndpointId, Map<String, RateReading>> metrics = new HashMap<>();

    private FleetReads() {}

    /** Asks for what each of the endpoints needs in this cycle, in one batch. */
    static FleetReads of(RateHistory history, Collection<ScalingCycle> cycles, Instant now) {
        List<RateHistory.Query> queries = new ArrayList<>();
        cycles.forEach(cycle -> queries.add(cycle.nextQuery(now)));
        List<MetricQuery> metricQueries = new ArrayList<>();
        for (ScalingCycle cycle : cycles) {
            cycle.spec().metricSources().forEach((name, source) -> {
                metricQueries.add(new MetricQuery(cycle.spec().id(), name));
                queries.add(new HistoryBuffer(source, METRIC_WINDOW).nextQuery(now));
            });
        }
        List<RateHistory.Answer> answers = queries.isEmpty() ? List.of() : history.read(queries, now);
        FleetReads reads = new FleetReads();
        int next = 0;
        for (ScalingCycle cycle : cycles) {
            reads.rates.put(cycle.spec().id(), answers.get(next++));
        }
        for (MetricQuery query : metricQueries) {
            reads.metrics
                    .computeIfAbsent(query.endpoint(), any -> new HashMap<>())
                    .put(query.name(), reading(answers.get(next++)));
        }
        return reads;
    }

    RateHistory.Answer rateOf(EndpointId endpoint) {
        return rates.getOrDefault(endpoint, new RateHistory.Empty());
    }

    Map<String, RateReading> metricsOf(EndpointId endpoint) {
        return metrics.getOrDefault(endpoint, Map.of());
    }

    private static RateReading reading(RateHistory.Answer answer) {
        return switch (answer) {
            case RateHistory.Samples samples -> {
                RateSeries series = samples.series();
                yield new RateReading.Known(series.rateAt(series.lastSample()));
            }
            case RateHistory.Stale stale -> new RateReading.Stale(stale.age());
            case RateHistory.Empty ignored -> new RateReading.NoData();
            case RateHistory.Failed failed -> new RateReading.Failed(failed.reason());
        };
    }

    private record MetricQuery(EndpointId endpoint, String name) {}
}
