package dev.prescale.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.scaling.Observation.Pause;
import dev.prescale.scaling.Observation.Phase;
import dev.prescale.scaling.Observation.PodReading;
import dev.prescale.scaling.ScalingHistory.Recommendation;
import dev.prescale.scaling.ScalingHistory.ReplicaChange;
import dev.prescale.scaling.ScalingPolicy.Behavior;
import dev.prescale.scaling.ScalingPolicy.TargetType;
import dev.prescale.testing.PolicyFixture;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The example of the documented contract of {@code POST /api/v1/preview}, number by number. */
class PreviewExampleTest {
    @Test
    void theDocumentedExampleHasTheDocumentedAnswer() {
        ScalingPolicy policy = PolicyFixture.aPolicy()
                .replicas(1, 20)
                .metric("cpu", TargetType.UTILIZATION, 0.7)
                .behavior(Behavior.DEFAULT)
                .build();
        var pod = new PodReading(true, Phase.RUNNING, Map.of("cpu", 0.81), Map.of("cpu", 1.0), false, false);
        var observation = new Observation(
                3,
                3,
                new RateReading.Known(44),
                Map.of("cpu", new RateReading.Known(0.81)),
                List.of(pod),
                false,
                Pause.NONE);
        var past = new ScalingHistory(
                List.of(new Recommendation(Instant.parse("2024-01-29T07:58:00Z"), 5)),
                List.of(new ReplicaChange(Instant.parse("2024-01-29T07:59:30Z"), 3, 5)),
                0,
                false);

        ScalingDecision decision = new CombinedDecisionRule()
                .decide(policy, observation, new ForecastView.Disabled(), past, Instant.parse("2024-01-29T08:00:00Z"));

        assertThat(decision)
                .isEqualTo(new ScalingDecision(
                        3,
                        5,
                        5,
                        List.of(
                                Proposal.of("requestRate", 5, "44.0 req/s need 5 replicas at 10.0 req/s each"),
                                Proposal.of("cpu", 4, "cpu is at 81 %, target 70 %: needs 4 replicas"),
                                Proposal.abstained("forecast", "Disabled", null)),
                        List.of(new Reason(
                                ReasonCode.TARGET_TRACKING,
                                "requestRate",
                                3,
                                5,
                                "44.0 req/s need 5 replicas at 10.0 req/s each"))));
        assertThat(decision.action().wireName()).isEqualTo("ScaleTo");
    }
}
