package dev.prescale.scaling;

import static dev.prescale.scaling.ReasonCode.ABOVE_MAXIMUM;
import static dev.prescale.scaling.ReasonCode.BELOW_MINIMUM;
import static dev.prescale.scaling.ReasonCode.NO_DATA;
import static dev.prescale.scaling.ReasonCode.SCALE_IN_NOT_UNANIMOUS;
import static dev.prescale.testing.AutoscalerStory.autoscaler;
import static dev.prescale.testing.PolicyFixture.aPolicy;

import dev.prescale.scaling.ScalingPolicy.TargetType;
import dev.prescale.testing.AutoscalerStory;
import org.junit.jupiter.api.Test;

/**
 * Several metrics of which some cannot be read, and bounds without metrics, as HPA's controller decides them. Tests have
 * the names of upstream ({@code hpa-tables.md}); numbers are ours.
 */
class SeveralMetricsTest {
    private static AutoscalerStory threeReplicas() {
        return autoscaler(aPolicy()
                        .replicas(2, 6)
                        .metric("cpu", TargetType.UTILIZATION, 0.5)
                        .metric("qps", TargetType.AVERAGE_VALUE, 100))
                .startingWith(3)
                .forecast(new ForecastView.Disabled());
    }

    @Test
    void testScaleUpOneMetricEmpty() {
        threeReplicas().metric("cpu", 0.8).at("00:00").sees(20).decides(5); // 0.8 / 0.5 * 3 = 4.8
    }

    @Test
    void testScaleUpOneMetricInvalid() {
        threeReplicas()
                .metric("cpu", 0.8)
                .metric("qps", new RateReading.Failed("refused"))
                .at("00:00")
                .sees(20)
                .decides(5);
    }

    @Test
    void testNoScaleDownOneMetricInvalid() {
        threeReplicas()
                .metric("cpu", 0.1)
                .metric("qps", new RateReading.Failed("refused"))
                .at("00:00")
                .sees(20)
                .holdsBecause(SCALE_IN_NOT_UNANIMOUS);
    }

    @Test
    void testNoScaleDownOneMetricEmpty() {
        threeReplicas().metric("cpu", 0.1).at("00:00").sees(20).holdsBecause(SCALE_IN_NOT_UNANIMOUS);
    }

    @Test
    void theLargestOfAllMetricsWins() {
        threeReplicas()
                .metric("cpu", 0.8)
                .metric("qps", 550)
                .at("00:00")
                .sees(20)
                .decides(6); // 550 / 100
    }

    /** Without any metric the minimum holds at once. */
    @Test
    void testScaleUpRCImmediately() {
        threeReplicas()
                .startingWith(1)
                .at("00:00")
                .seesNothing()
                .decides(2)
                .because(NO_DATA)
                .because(BELOW_MINIMUM);
    }

    /** Without any metric the maximum holds at once. */
    @Test
    void testScaleDownRCImmediately() {
        threeReplicas()
                .startingWith(9)
                .at("00:00")
                .seesNothing()
                .decides(6)
                .because(NO_DATA)
                .because(ABOVE_MAXIMUM);
    }
}
