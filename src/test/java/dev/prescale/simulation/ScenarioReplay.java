package dev.prescale.simulation;

import dev.prescale.accuracy.GateStatus;
import dev.prescale.backtest.MinuteRow;
import dev.prescale.backtest.Replay;
import dev.prescale.backtest.ReplayPolicy;
import dev.prescale.backtest.ReplaySetup;
import dev.prescale.backtest.RevealedHistory;
import dev.prescale.backtest.Scorecard.Score;
import dev.prescale.backtest.StartTime;
import dev.prescale.backtest.Trace;
import dev.prescale.backtest.WorkloadFaults;
import dev.prescale.backtest.policy.ReplayPolicies;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.Fleet;
import dev.prescale.forecast.CombinedForecaster;
import dev.prescale.forecast.DirectLeadTimeForecaster;
import dev.prescale.forecast.LeadTimeDemand;
import dev.prescale.scaling.CombinedDecisionRule;
import dev.prescale.scaling.ScalingPolicy;
import dev.prescale.series.RateSeries;
import dev.prescale.testing.InMemoryDecisionLog;
import dev.prescale.testing.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Days of traffic replayed on simulated replicas that take their time to start, under the production fleet and beside it
 * under target tracking alone. Days begin on Monday 2024-01-01T00:00Z; minutes are counted from there.
 */
final class ScenarioReplay {
    static final int DAY = 1440;
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    private final Replay replay;
    private final EndpointSpec spec;
    private final int first;
    private final Map<String, TreeMap<Instant, MinuteRow>> rows =
            Map.of(ReplayPolicy.PRESCALE, new TreeMap<>(), ReplayPolicy.HPA, new TreeMap<>());
    private final TreeMap<Instant, GateStatus.State> gates = new TreeMap<>();
    private final TreeMap<Instant, Double> demands = new TreeMap<>();

    /**
     * @param rate req/s of a minute
     * @param from first minute that is replayed; those before it are the history
     * @param to end of the replay
     */
    ScenarioReplay(ScalingPolicy policy, Duration startTime, IntToDoubleFunction rate, int from, int to) {
        double[] rates = new double[to];
        Arrays.setAll(rates, rate);
        spec = Specs.anEndpoint("shop", policy);
        first = from;
        var trace = new Trace("shop", RateSeries.of(START, Trace.MINUTE, rates));
        var endpoint = new ReplaySetup.Endpoint(trace, spec, StartTime.constant(startTime));
        var setup =
                new ReplaySetup(List.of(endpoint), at(from), at(to), ReplaySetup.DEFAULT_CYCLE, WorkloadFaults.NONE, 1);
        var brain =
                new Fleet.Brain(new CombinedForecaster(), new DirectLeadTimeForecaster(), new CombinedDecisionRule());
        ReplayPolicy prescale = ReplayPolicy.prescale(workloads -> new Fleet(
                new Fleet.Ports(
                        new RevealedHistory(setup),
                        workloads,
                        new InMemoryDecisionLog(),
                        (now, snapshots) -> remember(now, snapshots.getFirst())),
                brain,
                setup.cycle()));
        replay = new Replay(setup, List.of(prescale, ReplayPolicies.hpa(brain)), new Replay.Listener() {
            @Override
            public void minuteScored(EndpointId endpoint, MinuteRow row) {
                rows.get(row.policy()).put(row.at(), row);
            }
        });
        replay.run();
    }

    /** Up to 2 % above or below, the same for a minute whatever is asked for before. */
    static double noise(int minute) {
        return 0.98 + 0.04 * new SplittableRandom(minute).nextDouble();
    }

    static Instant at(int minute) {
        return START.plusSeconds(60L * minute);
    }

    private void remember(Instant now, EndpointSnapshot snapshot) {
        gates.put(now, snapshot.gate().state());
        LeadTimeDemand demand = snapshot.leadTimeDemand();
        if (demand != null) {
            demands.put(now, demand.at(snapshot.spec().policy().predictive().quantile()));
        }
    }

    Score prescale() {
        return score(ReplayPolicy.PRESCALE);
    }

    Score hpa() {
        return score(ReplayPolicy.HPA);
    }

    private Score score(String policy) {
        return replay.scorecards().getFirst().of(policy).orElseThrow();
    }

    int violationMinutes(String policy, int from, int to) {
        return (int)
                missing(policy, from, to).filter(replicas -> replicas > 1e-6).count();
    }

    /** Ready replica-minutes, and each missing one at 20 times its price. */
    double cost(String policy, int from, int to) {
        return between(policy, from, to).mapToDouble(MinuteRow::ready).sum()
                + 20 * missing(policy, from, to).sum();
    }

    private DoubleStream missing(String policy, int from, int to) {
        return between(policy, from, to)
                .mapToDouble(row ->
                        Math.max(0, row.demand() / spec.policy().capacity().sustainedBy(1) - row.ready()));
    }

    private Stream<MinuteRow> between(String policy, int from, int to) {
        return rows.get(policy).subMap(at(from), at(to)).values().stream();
    }

    private static int minuteOf(Instant instant) {
        return (int) (Duration.between(START, instant).toMinutes());
    }

    /** A minute under the production fleet. */
    MinuteRow prescaleAt(int minute) {
        return row(ReplayPolicy.PRESCALE, minute);
    }

    MinuteRow row(String policy, int minute) {
        return rows.get(policy).get(at(minute));
    }

    /** What the health gate said after each cycle. */
    TreeMap<Instant, GateStatus.State> gates() {
        return gates;
    }

    /** The lead-time demand (req/s) in force at the beginning of a minute. */
    double demandAt(int minute) {
        return demands.floorEntry(at(minute)).getValue();
    }

    /** First minute from one on at which the gate is in a state; -1 where it never is. */
    int gateIs(GateStatus.State state, int from) {
        return gates.tailMap(at(from)).entrySet().stream()
                .filter(entry -> entry.getValue() == state)
                .findFirst()
                .map(entry -> minuteOf(entry.getKey()))
                .orElse(-1);
    }
}
