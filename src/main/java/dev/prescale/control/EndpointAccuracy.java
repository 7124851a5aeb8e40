package dev.prescale.control;

import dev.prescale.accuracy.Coverage;
import dev.prescale.accuracy.GateStatus;
import dev.prescale.accuracy.HorizonScore;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How good what was issued for an endpoint turned out to be.
 *
 * @param leadTimeDemand null until one has been judged
 * @param horizons the planning forecast, per part of its horizon, nearest first; empty before the first one
 */
public record EndpointAccuracy(@Nullable LeadTimeScore leadTimeDemand, List<HorizonScore> horizons) {
    public static final EndpointAccuracy UNKNOWN = new EndpointAccuracy(null, List.of());

    public EndpointAccuracy {
        horizons = List.copyOf(horizons);
    }

    /**
     * @param coverage of the sizing quantile
     * @param baselineLosses rolling pinball loss (req/s) by name, on the same windows
     */
    public record LeadTimeScore(GateStatus gate, Coverage coverage, Map<String, Double> baselineLosses) {
        public LeadTimeScore {
            baselineLosses = Map.copyOf(baselineLosses);
        }
    }
}
