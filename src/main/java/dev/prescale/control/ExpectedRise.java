package dev.prescale.control;

import dev.prescale.forecast.Forecast;
import dev.prescale.forecast.LeadTimeDemand;
import dev.prescale.forecast.LeadTimeReach;
import dev.prescale.forecast.PeakSource;
import dev.prescale.forecast.QuantileLevels;
import dev.prescale.series.RateSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A rise out of next to nothing, as traffic that is none at night makes each morning. The lead-time demand cannot say it ({@link
 * LeadTimeReach}), the forecast of days does: where that expects more, at the sizing quantile, than the former could say, it
 * speaks. A rise that has not come a quarter of an hour after it was due is not waited for any longer, until the forecast has
 * expected none, or expects twice as much. In silence what the lead-time demand says is its reach or the noise of its
 * regression: it says no more than the forecast of days, and nothing once a rise is overdue. So it is soon after a rise that came
 * as expected, when it takes the level for one that goes on rising.
 */
final class ExpectedRise {
    static final Duration PATIENCE = Duration.ofMinutes(15);
    /** How much more makes another rise of what is expected. */
    private static final double ANOTHER = 2;

    private static final double AS_EXPECTED = 1.5;

    private @Nullable Rise awaited;

    /**
     * @param due when it is expected to begin
     * @param rate req/s of the step that it begins with
     */
    private record Rise(Instant due, double rate) {}

    /** The demand, with the rise where there is one; in silence no more than the forecast of days says. */
    LeadTimeDemand joinedTo(LeadTimeDemand demand, RateSeries series, @Nullable Forecast planning) {
        Instant end = demand.origin().plus(demand.window());
        if (planning == null || !demand.origin().isBefore(planning.end())) {
            awaited = null;
            return demand;
        }
        awaited = next(awaited, planning, demand, end, LeadTimeReach.of(series));
        boolean isOverdue =
                awaited != null && !demand.origin().isBefore(awaited.due().plus(PATIENCE));
        if (awaited != null && !isOverdue) {
            return spoken(demand, planning, end, Math::max);
        }
        if (LeadTimeReach.isOfSilence(series)) {
            return spoken(demand, planning, end, isOverdue ? (said, expected) -> 0 : Math::min);
        }
        return LeadTimeReach.isOfYoungTraffic(series) && isAsExpected(series, planning, demand)
                ? spoken(demand, planning, end, Math::min)
                : demand;
    }

    /** Whether the newest rate is not much more than the forecast of days expects: a minute varies more than ten do. */
    private static boolean isAsExpected(RateSeries series, Forecast planning, LeadTimeDemand demand) {
        int level =
                planning.levels().nearest(demand.levels().get(demand.levels().size() - 1));
        double newest = series.rateAt(series.size() - 1);
        Instant at = demand.origin().isBefore(planning.origin()) ? planning.origin() : demand.origin();
        return planning.stepsWithin(at, at.plusSeconds(1))
                .anyMatch(step -> newest <= AS_EXPECTED * planning.rate(step, level));
    }

    private static LeadTimeDemand spoken(
            LeadTimeDemand demand, Forecast planning, Instant end, DoubleBinaryOperator combined) {
        List<Double> rates = new ArrayList<>();
        for (int i = 0; i < demand.levels().size(); i++) {
            int level = planning.levels().nearest(demand.levels().get(i));
            double expected = planning.stepsWithin(demand.origin(), end)
                    .mapToDouble(k -> planning.rate(k, level))
                    .max()
                    .orElse(0);
            rates.add(combined.applyAsDouble(demand.rates().get(i), expected));
        }
        return new LeadTimeDemand(demand.origin(), demand.window(), demand.levels(), rates, PeakSource.FORECAST);
    }

    /** The rise that is waited for, or another one of twice as much; null where no step expects more than the reach. */
    private static @Nullable Rise next(
            @Nullable Rise before, Forecast planning, LeadTimeDemand demand, Instant end, double reach) {
        QuantileLevels levels = demand.levels();
        int level = planning.levels().nearest(levels.get(levels.size() - 1));
        Rise rise = null;
        for (int k : planning.stepsWithin(demand.origin(), end).toArray()) {
            double rate = planning.rate(k, level);
            if (rate <= reach) {
                continue;
            }
            rise = rise == null ? before : rise;
            if (rise == null || rate > ANOTHER * rise.rate()) {
                Instant begin =
                        planning.origin().plusSeconds((long) k * planning.step().seconds());
                rise = new Rise(begin.isBefore(demand.origin()) ? demand.origin() : begin, rate);
            }
        }
        return rise;
    }
}
