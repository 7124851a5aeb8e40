package dev.prescale.config;

import dev.prescale.accuracy.GateStatus;
import dev.prescale.forecast.QuantileLevels;
import dev.prescale.scaling.Observation;
import dev.prescale.scaling.ScalingHistory;
import dev.prescale.series.RateSeries;
import dev.prescale.series.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decision that is asked for: what one control cycle would do.
 *
 * @param outlook what is known of the future, null for nothing
 * @param gate what the health gate says of it, null where the caller does not say
 * @param leadTime null where the caller does not say: the specification's initial one holds
 */
public record PreviewRequest(
        SpecReader.PolicySpec spec,
        Instant now,
        Observation observation,
        ScalingHistory past,
        @Nullable Outlook outlook,
        GateStatus.@Nullable State gate,
        @Nullable Duration leadTime) {
    /** What is known of the future. */
    public sealed interface Outlook {}

    /**
     * A forecast as it is. Rates are finite, not negative and do not cross.
     *
     * @param rates req/s of shape [step][level], at least one step
     */
    public record GivenForecast(Instant origin, Step step, QuantileLevels levels, List<List<Double>> rates)
            implements Outlook {
        public GivenForecast {
            rates = List.copyOf(rates);
        }
    }

    /** A history to forecast from. */
    public record GivenSeries(RateSeries history) implements Outlook {}
}
