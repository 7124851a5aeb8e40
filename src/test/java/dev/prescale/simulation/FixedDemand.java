package dev.prescale.simulation;

import dev.prescale.forecast.LeadTimeDemand;
import dev.prescale.forecast.LeadTimeForecaster;
import dev.prescale.forecast.LeadTimeModel;
import dev.prescale.forecast.PeakSource;
import dev.prescale.forecast.QuantileLevels;
import dev.prescale.series.RateSeries;
import java.io.DataOutput;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A model that always issues the same demand (req/s, or what is none) and is far better than its baseline. */
record FixedDemand(Duration window, QuantileLevels levels, double demand) implements LeadTimeModel {
    private static final double ABSURD = 1e6;

    static LeadTimeForecaster of(double demand) {
        return (history, calendar, window, levels) -> new FixedDemand(window, levels, demand);
    }

    @Override
    public PeakSource source() {
        return PeakSource.DIRECT;
    }

    @Override
    public LeadTimeDemand demandAt(RateSeries history) {
        return issued(history, demand);
    }

    @Override
    public Map<PeakSource, LeadTimeDemand> baselinesAt(RateSeries history) {
        return Map.of(PeakSource.DIRECT, issued(history, ABSURD));
    }

    private LeadTimeDemand issued(RateSeries history, double rate) {
        return new LeadTimeDemand(history.end(), window, levels, List.of(rate), source());
    }

    @Override
    public void writeTo(DataOutput out) {}
}
