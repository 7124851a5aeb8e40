package dev.prescale.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.scaling.Observation.Pause;
import dev.prescale.scaling.ScalingHistory.ReplicaChange;
import dev.prescale.scaling.ScalingPolicy.Behavior;
import dev.prescale.scaling.ScalingPolicy.ReplicaChangePolicy;
import dev.prescale.scaling.ScalingPolicy.ScalingRules;
import dev.prescale.scaling.ScalingPolicy.Select;
import dev.prescale.testing.PolicyFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Replica-change policies with the bounds after them. The table and its source: {@code hpa-tables.md}. */
class ReplicaChangeLimitTest {
    private static final Instant NOW = Instant.parse("2024-01-01T00:00:00Z");
    private static final int EVENTS_SPREAD_SECONDS = 120;

    @ParameterizedTest(name = "TestScalingWithRules {0} -> {1} [{2}, {3}] up {4} down {5} = {8}")
    @CsvFileSource(resources = "hpa-scaling-rules.csv", numLinesToSkip = 1, delimiter = '|')
    void policiesAndBoundsLimitAsByHpa(ArgumentsAccessor row) {
        int current = row.getInteger(0);
        var policy = PolicyFixture.aPolicy()
                .replicas(row.getInteger(2), row.getInteger(3))
                .behavior(new Behavior(
                        rules(row.getString(4), Behavior.DEFAULT.scaleUp()),
                        rules(row.getString(5), Behavior.DEFAULT.scaleDown())))
                .build();
        List<ReplicaChange> changes = new ArrayList<>();
        changes.addAll(changes(row.getString(6), 1));
        changes.addAll(changes(row.getString(7), -1));
        var deliberation = deliberation(policy, current, changes);

        int replicas = row.getInteger(1);
        String limitedBy = null;
        for (Limit limit : List.of(new ReplicaChangeLimit(), new ReplicaBoundsLimit())) {
            Optional<Reason> reason = limit.limit(replicas, deliberation);
            replicas = reason.map(Reason::to).orElse(replicas);
            limitedBy = reason.map(it -> it.code().wireName()).orElse(limitedBy);
        }

        assertThat(replicas).isEqualTo(row.getInteger(8));
        assertThat(limitedBy).isEqualTo(row.getString(9));
    }

    @Test
    void percentsOfWholeReplicasAreNotRoundedUpByTheLastBit() {
        // 100 * 1.1 is 110.00000000000001 in binary, of which HPA's own ceil makes 111
        assertThat(mostFrom(100, ReplicaChangePolicy.percent(10, Duration.ofMinutes(1))))
                .isEqualTo(110);
        assertThat(mostFrom(101, ReplicaChangePolicy.percent(10, Duration.ofMinutes(1))))
                .isEqualTo(112);
    }

    @Test
    void disabledAllowsNoChangeThatWay() {
        var disabled = new ScalingRules(Duration.ZERO, List.of(), Select.DISABLED);
        assertThat(ReplicaChangeLimit.mostAfterScaleUp(5, disabled, List.of(), NOW))
                .isEqualTo(5);
        assertThat(ReplicaChangeLimit.fewestAfterScaleDown(5, disabled, List.of(), NOW))
                .isEqualTo(5);
    }

    @Test
    void withoutPoliciesAnyChangeIsAllowed() {
        var free = new ScalingRules(Duration.ZERO, List.of(), Select.MAX);
        assertThat(ReplicaChangeLimit.mostAfterScaleUp(5, free, List.of(), NOW)).isEqualTo(Integer.MAX_VALUE);
        assertThat(ReplicaChangeLimit.fewestAfterScaleDown(5, free, List.of(), NOW))
                .isZero();
    }

    @Test
    void fromNoReplicasAPolicyByPercentStillAllowsTheFirst() {
        assertThat(mostFrom(0, ReplicaChangePolicy.percent(100, Duration.ofSeconds(15))))
                .isEqualTo(1);
    }

    @Test
    void aChangeAsOldAsThePeriodNoLongerCounts() {
        var rules = rules("P4/60", Behavior.DEFAULT.scaleUp());
        var justOutside = List.of(new ReplicaChange(NOW.minusSeconds(60), 6, 10));
        var justInside = List.of(new ReplicaChange(NOW.minusSeconds(59), 6, 10));
        assertThat(ReplicaChangeLimit.mostAfterScaleUp(10, rules, justOutside, NOW))
                .isEqualTo(14);
        assertThat(ReplicaChangeLimit.mostAfterScaleUp(10, rules, justInside, NOW))
                .isEqualTo(10);
    }

    private static int mostFrom(int current, ReplicaChangePolicy policy) {
        var rules = new ScalingRules(Duration.ZERO, List.of(policy), Select.MAX);
        return ReplicaChangeLimit.mostAfterScaleUp(current, rules, List.of(), NOW);
    }

    private static Deliberation deliberation(ScalingPolicy policy, int current, List<ReplicaChange> changes) {
        var observation =
                new Observation(current, current, new RateReading.Known(0), Map.of(), List.of(), false, Pause.NONE);
        var past = new ScalingHistory(List.of(), changes, 0, false);
        var situation = new Situation(policy, observation, new ForecastView.Disabled(), past, NOW);
        return new Deliberation(situation, List.of());
    }

    /** {@code P4/15} is four replicas per 15 s, {@code %100/15} 100 percent; {@code Min} first selects the smaller. */
    private static ScalingRules rules(@Nullable String text, ScalingRules otherwise) {
        if (text == null) {
            return otherwise;
        }
        Select select = text.startsWith("Min ") ? Select.MIN : Select.MAX;
        List<ReplicaChangePolicy> policies = new ArrayList<>();
        for (String policy : text.replace("Min ", "").split(" ")) {
            String[] parts = policy.substring(1).split("/");
            policies.add(new ReplicaChangePolicy(
                    policy.startsWith("%"),
                    Integer.parseInt(parts[0]),
                    Duration.ofSeconds(Integer.parseInt(parts[1]))));
        }
        return new ScalingRules(Duration.ZERO, policies, select);
    }

    private static List<ReplicaChange> changes(@Nullable String sizes, int sign) {
        List<ReplicaChange> changes = new ArrayList<>();
        String[] cells = sizes == null ? new String[0] : sizes.split(" ");
        for (int i = 0; i < cells.length; i++) {
            double gap = (double) EVENTS_SPREAD_SECONDS / cells.length;
            long age = (long) Math.floor(EVENTS_SPREAD_SECONDS - gap * (i + 1) + gap / 2);
            int from = 1000;
            changes.add(new ReplicaChange(NOW.minusSeconds(age), from, from + sign * Integer.parseInt(cells[i])));
        }
        return changes;
    }
}
