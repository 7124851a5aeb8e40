package dev.prescale.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.scaling.CombinedDecisionRule;
import dev.prescale.scaling.ForecastView;
import dev.prescale.scaling.Observation;
import dev.prescale.scaling.RandomSituation;
import dev.prescale.scaling.RateReading;
import dev.prescale.scaling.ReasonCode;
import dev.prescale.scaling.ScalingDecision;
import dev.prescale.scaling.ScalingPolicy;
import dev.prescale.testing.DecisionAssert;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An hour of cycles over random traces, policies and faults, with the memory that the production cycle has. What is checked
 * is checked against all that was decided, not against what the memory kept. {@code -Dseed=17} replays one.
 */
@Execution(ExecutionMode.CONCURRENT)
class DecisionTracePropertiesTest {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private static final int CYCLES = 240;

    static LongStream seeds() {
        Long seed = Long.getLong("seed");
        return seed == null ? LongStream.range(0, 300) : LongStream.of(seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anHourKeepsItsPromises(long seed) {
        var trace = new Trace(seed);
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            trace.run(START.plusSeconds(15L * cycle));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aMemoryRestoredFromTheJournalTakesNothingAwayEarlier(long seed) {
        var trace = new Trace(seed);
        for (int cycle = 0; cycle < 60; cycle++) {
            trace.run(START.plusSeconds(15L * cycle));
        }
        trace.restart();
        for (int cycle = 60; cycle < 100; cycle++) {
            trace.run(START.plusSeconds(15L * cycle));
        }
    }

    private static final class Trace {
        private final SplittableRandom random;
        private final ScalingPolicy policy;
        private final List<DecisionRecord> decided = new ArrayList<>();
        private ScalingMemory memory;
        private int replicas;
        private double rate;
        private Fault fault = Fault.NONE;
        private ForecastView forecast = new ForecastView.Disabled();

        private enum Fault {
            NONE,
            NO_RATE,
            NO_METRIC
        }

        Trace(long seed) {
            random = new SplittableRandom(seed);
            policy = RandomSituation.policyOfSeed(seed);
            memory = new ScalingMemory(policy);
            replicas = random.nextInt(0, 20);
            rate = random.nextDouble(0, 400);
        }

        void restart() {
            memory = new ScalingMemory(policy);
            memory.restore(decided.reversed(), decided.getLast().at());
        }

        void run(Instant now) {
            drift();
            Observation observation = observation();
            ScalingDecision decision =
                    new CombinedDecisionRule().decide(policy, observation, forecast, memory.past(false), now);
            check(decision, now);
            var record = new DecisionRecord(
                    now, new EndpointId("test", "shop"), Mode.SCALE, decision, true, "", rate, replicas);
            memory.remember(record, observation);
            decided.add(record);
            replicas = decision.replicas();
        }

        private void drift() {
            rate = Math.clamp(rate * random.nextDouble(0.85, 1.18), 0.1, 900);
            if (random.nextInt(12) == 0) {
                fault = Fault.values()[random.nextInt(Fault.values().length)];
            }
            if (random.nextInt(8) == 0) {
                forecast = switch (random.nextInt(4)) {
                    case 0 -> new ForecastView.Unavailable("too short");
                    case 1 -> new ForecastView.Disabled();
                    default -> {
                        double demand = rate * random.nextDouble(0.8, 2);
                        yield new ForecastView.Available(
                                demand, demand, Duration.ofMinutes(2), random.nextInt(4) > 0, random.nextInt(4) == 0);
                    }
                };
            }
        }

        private Observation observation() {
            Map<String, RateReading> metrics = new HashMap<>();
            if (fault != Fault.NO_METRIC) {
                policy.reactive()
                        .metrics()
                        .forEach(metric -> metrics.put(
                                metric.name(), new RateReading.Known(metric.target() * random.nextDouble(0.2, 2.5))));
            }
            return new Observation(
                    replicas,
                    replicas,
                    fault == Fault.NO_RATE ? new RateReading.NoData() : new RateReading.Known(rate),
                    metrics,
                    List.of(),
                    false,
                    Observation.Pause.NONE);
        }

        private void check(ScalingDecision decision, Instant now) {
            DecisionAssert.assertThat(decision).hasAnUnbrokenTrail();
            assertThat(decision.replicas())
                    .isGreaterThanOrEqualTo(policy.bounds().minReplicas());
            if (!decision.has(ReasonCode.MAXIMUM_RAISED)) {
                assertThat(decision.replicas())
                        .isLessThanOrEqualTo(policy.bounds().maxReplicas());
            }
            boolean isCut = decision.trail().stream()
                    .filter(reason -> reason.to() < reason.from())
                    .anyMatch(reason -> reason.code() == ReasonCode.ABOVE_MAXIMUM
                            || reason.code() == ReasonCode.MAXIMUM_RAISED
                            || reason.code() == ReasonCode.SCHEDULE);
            boolean isMissing = fault == Fault.NO_RATE
                    || fault == Fault.NO_METRIC && !policy.reactive().metrics().isEmpty();
            if (isMissing && !isCut) {
                assertThat(decision.replicas()).isGreaterThanOrEqualTo(replicas);
            }
            Instant start = now.minus(policy.behavior().scaleDown().stabilizationWindow());
            int highest = decided.stream()
                    .filter(record -> record.at().isAfter(start))
                    .mapToInt(record -> record.decision().recommended())
                    .max()
                    .orElse(0);
            if (!isCut) {
                assertThat(decision.replicas()).isGreaterThanOrEqualTo(Math.min(highest, replicas));
            }
        }
    }
}
