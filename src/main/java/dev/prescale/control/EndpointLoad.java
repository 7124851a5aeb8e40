package dev.prescale.control;

import dev.prescale.forecast.LeadTimeDemand;
import dev.prescale.scaling.RateReading;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an endpoint has to serve: the traffic as a whole, or the work of the requests of several models. Not thread-safe. */
interface EndpointLoad {
    static EndpointLoad of(EndpointSpec spec, Fleet.Brain brain) {
        return spec.load().byModel().isEmpty() && spec.load().utilization() == null
                ? new WholeTraffic(new TrafficStream(spec, spec.traffic(), brain))
                : new TrafficByModel(spec, brain);
    }

    /** Queries for what is new, one per request rate. */
    List<RateHistory.Query> nextQueries(Instant now);

    /**
     * Takes in the answers to these queries and refreshes what is due.
     *
     * @param window of the lead-time demand
     * @param budget of forecasts that may be made anew
     */
    LoadView observe(List<RateHistory.Answer> answers, Duration window, FitBudget budget, Instant now);

    /**
     * Learns from how busy the replicas are, where costs are learned.
     *
     * @param utilization mean of the ready replicas as a fraction
     */
    void learn(RateReading utilization, WorkloadScale.Replicas workload, FitBudget budget, Instant now);

    /** What was seen last, for an endpoint whose workload cannot be seen. */
    LoadView last(Instant now);

    List<TrafficStream> streams();

    /** Hands what was learnt to a store. */
    default void save(ModelStore store) throws IOException {
        for (TrafficStream stream : streams()) {
            stream.forecasts().save(store);
        }
    }

    /** Takes up what an earlier process learnt. */
    default void restore(ModelStore store, Instant now) {
        streams().forEach(stream -> stream.forecasts().restore(store, now));
    }

    /** The traffic as a whole: there is nothing to add up. */
    record WholeTraffic(TrafficStream stream) implements EndpointLoad {
        @Override
        public List<RateHistory.Query> nextQueries(Instant now) {
            return stream.nextQueries(now);
        }

        @Override
        public LoadView observe(List<RateHistory.Answer> answers, Duration window, FitBudget budget, Instant now) {
            RateReading reading = stream.accept(answers, now);
            return view(reading, stream.demand(window, budget, now), now);
        }

        private LoadView view(RateReading reading, @Nullable LeadTimeDemand demand, Instant now) {
            return new LoadView(
                    reading,
                    stream.isFilled(),
                    stream.series(now),
                    stream.forecasts().planning(),
                    demand,
                    demand == null ? stream.forecasts().whyNone(now) : "",
                    stream.gate(now),
                    stream.missed(now),
                    stream.accuracy(),
                    null,
                    stream.warnings());
        }

        @Override
        public void learn(RateReading utilization, WorkloadScale.Replicas workload, FitBudget budget, Instant now) {}

        @Override
        public LoadView last(Instant now) {
            return view(new RateReading.NoData(), null, now);
        }

        @Override
        public List<TrafficStream> streams() {
            return List.of(stream);
        }
    }
}
