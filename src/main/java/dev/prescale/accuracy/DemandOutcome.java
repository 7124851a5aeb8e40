package dev.prescale.accuracy;

import dev.prescale.series.Require;
import java.time.Instant;
import java.util.Map;

/**
 * An issued lead-time demand and what became of it.
 *
 * @param at end of the window it spoke of
 * @param issued req/s at the sizing level
 * @param baselines req/s that each baseline would have issued at the same level, by name
 * @param realizedPeak largest rate of the window, req/s
 */
public record DemandOutcome(Instant at, double issued, Map<String, Double> baselines, double realizedPeak) {
    public DemandOutcome {
        Require.that(issued >= 0, "issued must be >= 0, was %s", issued);
        Require.that(realizedPeak >= 0, "realizedPeak must be >= 0, was %s", realizedPeak);
        baselines = Map.copyOf(baselines);
    }
}
