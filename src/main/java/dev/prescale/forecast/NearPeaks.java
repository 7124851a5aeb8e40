package dev.prescale.forecast;

import dev.prescale.series.RateSeries;
import dev.prescale.series.TrafficCalendar;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The largest rate of windows that begin soon after the end of a history: regressed directly as the lead-time demand is, for it
 * knows more of the next minutes than the paths of a forecast of days.
 */
public final class NearPeaks {
    /** Windows that begin later are left to the paths of the forecast. */
    public static final Duration LATEST_BEGIN = Duration.ofMinutes(15);

    private static final Duration LATEST_END = Duration.ofHours(2);

    private final DirectLeadTimeForecaster forecaster;

    public NearPeaks() {
        this(SharedModel.NONE);
    }

    /** @param shared what was learned across endpoints */
    public NearPeaks(SharedModel shared) {
        this.forecaster = new DirectLeadTimeForecaster(shared);
    }

    /** A window {@code [origin + from, origin + to)}. */
    public record Window(Duration from, Duration to) {}

    /**
     * Rates (req/s), one per level and ascending with it, of the steps that the window touches; empty where the window is not a
     * near one, or the history is too short to regress.
     */
    public Optional<List<Double>> rates(
            RateSeries history, TrafficCalendar calendar, Window window, QuantileLevels levels) {
        if (window.from().compareTo(LATEST_BEGIN) > 0 || window.to().compareTo(LATEST_END) > 0) {
            return Optional.empty();
        }
        PeakSpan span = PeakSpan.of(window.from(), window.to(), history.step());
        return forecaster.fit(history, calendar, span, levels) instanceof CalibratedPeaks model
                        && model.candidates().regression() != null
                ? Optional.of(model.demandAt(history).rates())
                : Optional.empty();
    }
}
