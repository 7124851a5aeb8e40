package dev.prescale.control;

import dev.prescale.scaling.RateReading;
import dev.prescale.series.RateSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What one batched read of the history answered to the endpoints of a fleet. Immutable once it is read. */
final class FleetReads {
    /** A metric is read as its newest sample within this window. */
    private static final Duration METRIC_WINDOW = Duration.ofMinutes(10);

    private final Map<EndpointId, Answers> byEndpoint = new HashMap<>();

    private FleetReads() {}

    /**
     * What was answered to one endpoint.
     *
     * @param traffic one answer per query of the endpoint's load, in their order
     * @param metrics readings by name of the metric
     * @param utilization of the ready replicas, where costs are learned from it
     */
    record Answers(List<RateHistory.Answer> traffic, Map<String, RateReading> metrics, RateReading utilization) {
        Answers {
            traffic = List.copyOf(traffic);
            metrics = Map.copyOf(metrics);
        }
    }

    /** Asks for what each of the endpoints needs in this cycle, in one batch. */
    static FleetReads of(RateHistory history, Collection<ScalingCycle> cycles, Instant now) {
        List<RateHistory.Query> queries = new ArrayList<>();
        List<Asked> asked = new ArrayList<>();
        for (ScalingCycle cycle : cycles) {
            EndpointSpec spec = cycle.spec();
            List<RateHistory.Query> traffic = cycle.nextQueries(now);
            queries.addAll(traffic);
            List<String> metrics = List.copyOf(spec.metricSources().keySet());
            metrics.forEach(name -> queries.add(newest(spec.metricSources().get(name), now)));
            TrafficSource utilization = spec.load().utilization();
            if (utilization != null) {
                queries.add(newest(utilization, now));
            }
            asked.add(new Asked(spec.id(), traffic.size(), metrics, utilization != null));
        }
        Iterator<RateHistory.Answer> answers =
                (queries.isEmpty() ? List.<RateHistory.Answer>of() : history.read(queries, now)).iterator();
        FleetReads reads = new FleetReads();
        for (Asked of : asked) {
            List<RateHistory.Answer> traffic = new ArrayList<>();
            for (int k = 0; k < of.traffic(); k++) {
                traffic.add(answers.next());
            }
            Map<String, RateReading> metrics = new HashMap<>();
            of.metrics().forEach(name -> metrics.put(name, reading(answers.next())));
            RateReading utilization = of.utilization() ? reading(answers.next()) : new RateReading.NoData();
            reads.byEndpoint.put(of.endpoint(), new Answers(traffic, metrics, utilization));
        }
        return reads;
    }

    private static RateHistory.Query newest(@Nullable TrafficSource source, Instant now) {
        return new HistoryBuffer(Objects.requireNonNull(source), METRIC_WINDOW, 1).nextQuery(now);
    }

    Answers of(EndpointId endpoint) {
        return Objects.requireNonNull(byEndpoint.get(endpoint), "every endpoint has been asked for");
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

    private record Asked(EndpointId endpoint, int traffic, List<String> metrics, boolean utilization) {}
}
