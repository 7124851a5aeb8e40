package dev.prescale.backtest;

import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.Fleet;
import dev.prescale.forecast.CombinedForecaster;
import dev.prescale.forecast.LeadTimeForecaster;
import dev.prescale.scaling.CombinedDecisionRule;
import dev.prescale.series.RateSeries;
import dev.prescale.testing.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A replay under construction: one endpoint, 10 req/s per replica, replicas start in 3 minutes. Minute 0 of the demand is
 * {@link #FROM}; five minutes of its first rate come before it.
 */
final class ReplayFixture {
    static final Instant FROM = Instant.parse("2024-01-01T00:00:00Z");
    private static final int WARM_UP_MINUTES = 5;

    private final List<MinuteRow> rows = new ArrayList<>();
    private final List<Double> rates = new ArrayList<>();
    private EndpointSpec spec = Specs.anEndpoint("shop");
    private StartTime startTime = StartTime.constant(Duration.ofMinutes(3));
    private Simulation simulation = Simulation.PLAIN;
    private long seed = 1;

    static ReplayFixture aReplay() {
        return new ReplayFixture();
    }

    /** Demand of so many further minutes, in req/s. */
    ReplayFixture minutes(int count, double rate) {
        for (int k = 0; k < count; k++) {
            rates.add(rate);
        }
        return this;
    }

    ReplayFixture rates(double... each) {
        Arrays.stream(each).forEach(rates::add);
        return this;
    }

    ReplayFixture spec(EndpointSpec spec) {
        this.spec = spec;
        return this;
    }

    ReplayFixture startTime(StartTime startTime) {
        this.startTime = startTime;
        return this;
    }

    ReplayFixture faults(WorkloadFaults faults) {
        this.simulation = simulation.with(faults);
        return this;
    }

    ReplayFixture simulation(Simulation simulation) {
        this.simulation = simulation;
        return this;
    }

    ReplayFixture seed(long seed) {
        this.seed = seed;
        return this;
    }

    ReplaySetup setup() {
        double[] all = new double[WARM_UP_MINUTES + rates.size()];
        Arrays.fill(all, 0, WARM_UP_MINUTES, rates.getFirst());
        for (int k = 0; k < rates.size(); k++) {
            all[WARM_UP_MINUTES + k] = rates.get(k);
        }
        RateSeries series = RateSeries.of(FROM.minusSeconds(60L * WARM_UP_MINUTES), Trace.MINUTE, all);
        var endpoint = new ReplaySetup.Endpoint(new Trace("shop", series), spec, startTime);
        Instant to = FROM.plusSeconds(60L * rates.size());
        return new ReplaySetup(List.of(endpoint), FROM, to, ReplaySetup.DEFAULT_CYCLE, simulation, seed);
    }

    Replay with(ReplayPolicy... policies) {
        rows.clear();
        return new Replay(setup(), List.of(policies), new Replay.Listener() {
            @Override
            public void minuteScored(EndpointId endpoint, MinuteRow row) {
                rows.add(row);
            }
        });
    }

    /** The minutes of a replay from its begin to its end. */
    List<MinuteRow> rowsOf(ReplayPolicy... policies) {
        with(policies).run();
        return List.copyOf(rows);
    }

    /** The score of one policy after the whole replay, with the oracle's beside it for the regret. */
    Scorecard.Score scoreOf(ReplayPolicy policy) {
        Replay replay = policy.name().equals(ReplayPolicy.ORACLE) ? with(policy) : with(ReplayPolicy.oracle(), policy);
        return replay.run().scorecards().getFirst().of(policy.name()).orElseThrow();
    }

    /** Production parts; the lead-time demand cannot tell yet, so that target tracking is in charge. */
    static Fleet.Brain brain() {
        return new Fleet.Brain(
                new CombinedForecaster(),
                (history, calendar, window, levels) -> new LeadTimeForecaster.TooShort("a test"),
                new CombinedDecisionRule());
    }
}
