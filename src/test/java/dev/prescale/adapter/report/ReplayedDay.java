package dev.prescale.adapter.report;

import dev.prescale.backtest.Backtest;
import dev.prescale.backtest.BacktestResult;
import dev.prescale.backtest.BacktestWatch;
import dev.prescale.backtest.Parallel;
import dev.prescale.backtest.ReplayPolicy;
import dev.prescale.backtest.ReplaySetup;
import dev.prescale.backtest.ReplayTrack;
import dev.prescale.backtest.Simulation;
import dev.prescale.backtest.StartTime;
import dev.prescale.backtest.Trace;
import dev.prescale.backtest.policy.ReplayPolicies;
import dev.prescale.control.Fleet;
import dev.prescale.forecast.CombinedForecaster;
import dev.prescale.forecast.LeadTimeForecaster;
import dev.prescale.scaling.CombinedDecisionRule;
import dev.prescale.series.RateSeries;
import dev.prescale.testing.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A day with a wave, a spike at noon and an hour without samples, replayed under three policies. */
record ReplayedDay(ReplaySetup setup, BacktestResult result, List<ReplayTrack> tracks) {
    static final Instant FROM = Instant.parse("2024-01-02T00:00:00Z");

    /** What a trace must not be called. */
    static final String HOSTILE = "</script><b>shop & \"co\"</b>{{script}}";

    private static final int DAY = 1_440;
    private static final int NOON = DAY / 2;

    static ReplayedDay named(String trace) {
        double[] rates = new double[2 * DAY];
        for (int minute = 0; minute < rates.length; minute++) {
            double wave = 60 - 50 * Math.cos(2 * Math.PI * minute / DAY);
            rates[minute] = minute >= DAY + NOON && minute < DAY + NOON + 10 ? 3 * wave : wave;
        }
        for (int minute = DAY + 900; minute < DAY + 960; minute++) {
            rates[minute] = Double.NaN;
        }
        RateSeries series = RateSeries.of(FROM.minus(Duration.ofDays(1)), Trace.MINUTE, rates);
        var endpoint = new ReplaySetup.Endpoint(
                new Trace(trace, series), Specs.anEndpoint("shop"), StartTime.constant(Duration.ofMinutes(3)));
        var setup = new ReplaySetup(
                List.of(endpoint), FROM, FROM.plus(Duration.ofDays(1)), Duration.ofMinutes(1), Simulation.PLAIN, 1);
        return of(setup);
    }

    private static ReplayedDay of(ReplaySetup setup) {
        var brain = new Fleet.Brain(
                new CombinedForecaster(),
                (history, calendar, window, levels) -> new LeadTimeForecaster.TooShort("a test"),
                new CombinedDecisionRule());
        List<ReplayPolicy> policies =
                List.of(ReplayPolicy.oracle(), ReplayPolicies.hpa(brain), ReplayPolicy.prescale(brain));
        Map<String, ReplayTrack> tracks = new LinkedHashMap<>();
        policies.forEach(policy -> tracks.put(policy.name(), new ReplayTrack(policy.name(), setup.from(), setup.to())));
        BacktestResult result = new Backtest(setup, policies, Parallel.IN_TURN, BacktestWatch.NONE)
                .run(tracks::get)
                .orElseThrow();
        return new ReplayedDay(setup, result, List.copyOf(tracks.values()));
    }

    ReportPage page() {
        return new ReportPage(
                setup,
                result,
                tracks,
                new ReportPage.Origin(
                        "prescale backtest '" + HOSTILE + ".csv'",
                        List.of("<i>an hour</i> is missing"),
                        Optional.of("kind: <PredictiveAutoscaler>")));
    }
}
