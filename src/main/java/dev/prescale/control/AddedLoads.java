package dev.prescale.control;

import dev.prescale.capacity.RequestCosts;
import dev.prescale.forecast.AddedForecasts;
import dev.prescale.forecast.Forecast;
import dev.prescale.forecast.LeadTimeDemand;
import dev.prescale.series.RateSeries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rates of several models times what a request costs, added up. What is asked for in every cycle and changes with a sample only
 * is kept.
 */
final class AddedLoads {
    private @Nullable RateSeries history;
    private List<RateSeries> historyOf = List.of();
    private @Nullable RequestCosts historyAt;
    private @Nullable Forecast planning;
    private List<Forecast> planningOf = List.of();
    private @Nullable RequestCosts planningAt;

    /**
     * Busy replicas per step: the sum over the models that are known in it, a gap where none is.
     *
     * @param costs null where none are known
     * @param empty of the right step, for then
     */
    RateSeries history(@Nullable RequestCosts costs, Map<String, RateSeries> histories, RateSeries empty) {
        if (costs == null) {
            return RateSeries.empty(empty.end(), empty.step());
        }
        List<RateSeries> of = List.copyOf(histories.values());
        RateSeries kept = history;
        if (kept == null || !areSame(of, historyOf) || !costs.equals(historyAt)) {
            kept = sum(costs, histories, empty);
            history = kept;
            historyOf = of;
            historyAt = costs;
        }
        return kept;
    }

    private static RateSeries sum(RequestCosts costs, Map<String, RateSeries> histories, RateSeries empty) {
        List<RateSeries> known =
                histories.values().stream().filter(series -> series.size() > 0).toList();
        if (known.isEmpty()) {
            return RateSeries.empty(empty.end(), empty.step());
        }
        Instant start =
                known.stream().map(RateSeries::start).min(Instant::compareTo).orElseThrow();
        Instant end =
                known.stream().map(RateSeries::end).max(Instant::compareTo).orElseThrow();
        int size = RateSeries.empty(start, empty.step()).indexOf(end);
        double[] sums = new double[size];
        Arrays.fill(sums, Double.NaN);
        histories.forEach((model, series) -> {
            double cost = costs.busySeconds().getOrDefault(model, 0.0);
            int shift = RateSeries.empty(start, empty.step()).indexOf(series.start());
            for (int k = 0; k < series.size(); k++) {
                if (!series.isGap(k)) {
                    double before = Double.isNaN(sums[shift + k]) ? 0 : sums[shift + k];
                    sums[shift + k] = before + cost * series.rateAt(k);
                }
            }
        });
        return RateSeries.of(start, empty.step(), sums);
    }

    /** Null without forecasts of all models, or where one is so old that it says nothing of the time of the others. */
    @Nullable
    Forecast planning(RequestCosts costs, Map<String, Forecast> plannings) {
        List<Forecast> of = List.copyOf(plannings.values());
        Instant origin =
                of.stream().map(Forecast::origin).max(Instant::compareTo).orElse(Instant.MAX);
        if (of.stream().anyMatch(forecast -> !origin.isBefore(forecast.end())) || of.isEmpty()) {
            return null;
        }
        if (planning == null || !areSame(of, planningOf) || !costs.equals(planningAt)) {
            List<Double> weights = plannings.keySet().stream()
                    .map(model -> costs.busySeconds().getOrDefault(model, 0.0))
                    .toList();
            planning = AddedForecasts.of(of, weights);
            planningOf = of;
            planningAt = costs;
        }
        return planning;
    }

    private static boolean areSame(List<?> some, List<?> others) {
        boolean same = some.size() == others.size();
        for (int k = 0; same && k < some.size(); k++) {
            same = some.get(k) == others.get(k);
        }
        return same;
    }

    /** The demands of all models, as if they all peaked together. */
    static LeadTimeDemand demand(RequestCosts costs, Map<String, LeadTimeDemand> demands) {
        LeadTimeDemand first = demands.values().iterator().next();
        List<Double> sums = new ArrayList<>(Collections.nCopies(first.levels().size(), 0.0));
        Instant origin = first.origin();
        for (Map.Entry<String, LeadTimeDemand> entry : demands.entrySet()) {
            LeadTimeDemand demand = entry.getValue();
            double cost = costs.busySeconds().getOrDefault(entry.getKey(), 0.0);
            for (int i = 0; i < sums.size(); i++) {
                sums.set(i, sums.get(i) + cost * demand.rates().get(i));
            }
            origin = demand.origin().isBefore(origin) ? demand.origin() : origin;
        }
        return new LeadTimeDemand(origin, first.window(), first.levels(), sums, first.source());
    }
}
