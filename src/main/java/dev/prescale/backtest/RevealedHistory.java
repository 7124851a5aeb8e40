package dev.prescale.backtest;

import dev.prescale.control.RateHistory;
import dev.prescale.control.TrafficSource;
import dev.prescale.series.RateSeries;
import dev.prescale.series.Require;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The traces of a replay as a history that knows the past only: a step is told once it has ended. */
public final class RevealedHistory implements RateHistory {
    private final Map<TrafficSource, RateSeries> seriesBySource = new HashMap<>();

    public RevealedHistory(ReplaySetup setup) {
        for (ReplaySetup.Endpoint endpoint : setup.endpoints()) {
            TrafficSource source = endpoint.spec().traffic();
            RateSeries series = endpoint.trace().minutes().regrid(source.step());
            RateSeries other = seriesBySource.put(source, series);
            Require.that(
                    other == null || other.equals(series),
                    "traffic of %s is that of another endpoint with another trace",
                    endpoint.id());
        }
    }

    @Override
    public List<Answer> read(List<Query> queries, Instant now) {
        return queries.stream().map(query -> answer(query, now)).toList();
    }

    private Answer answer(Query query, Instant now) {
        RateSeries series = seriesBySource.get(query.source());
        if (series == null) {
            return new Failed("no trace of this replay is the traffic " + query.source());
        }
        return RateHistory.answerOf(revealed(series, query, now), query, now);
    }

    /** The steps asked for: gaps where the trace has none or where the step has not ended at {@code now}. */
    private static RateSeries revealed(RateSeries series, Query query, Instant now) {
        int first = series.indexOf(query.from());
        int end = Math.min(series.indexOf(query.to()), Math.min(series.indexOf(now), series.size()));
        double[] rates = new double[series.indexOf(query.to()) - first];
        Arrays.fill(rates, Double.NaN);
        for (int k = Math.max(first, 0); k < end; k++) {
            rates[k - first] = series.rateAt(k);
        }
        return RateSeries.of(query.from(), query.source().step(), rates);
    }
}
