package dev.prescale.scaling;

import static dev.prescale.scaling.ReasonCode.FORECAST_PRE_SCALE;
import static dev.prescale.scaling.ReasonCode.NO_DATA;
import static dev.prescale.scaling.ReasonCode.PRESENT_LOAD;
import static dev.prescale.scaling.ReasonCode.TARGET_TRACKING;
import static dev.prescale.scaling.ReasonCode.WITHIN_TOLERANCE;
import static dev.prescale.testing.AutoscalerStory.autoscaler;
import static dev.prescale.testing.PolicyFixture.aPolicy;

import dev.prescale.capacity.QueueingCapacity;
import dev.prescale.capacity.WorkCapacity;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Rules ask the capacity, whatever it is, and their sentences say what it counts in. */
class CapacityModelStoryTest {
    /** One slot of 100 ms and 1 s at 90 %: a replica sustains 10 - ln 10 = 7.7 req/s, two 17.8, three 27.8. */
    private static final QueueingCapacity QUEUE =
            new QueueingCapacity(Duration.ofMillis(100), 1, Duration.ofSeconds(1), 0.9, 0.8);

    @Test
    void aLatencyTargetSizesReplicas() {
        // 12 / 0.8 = 15 req/s: above what one sustains, below what two do
        autoscaler(aPolicy().capacity(QUEUE))
                .startingWith(5)
                .at("00:00")
                .sees(12)
                .decides(2)
                .says(TARGET_TRACKING, "12.0 req/s need 2 replicas at 80 % of the rate with 90 % answered within 1 s");
    }

    @Test
    void replicasThatSustainTheirRateAreWithinTolerance() {
        double planned = QUEUE.sustainedBy(3) * 0.8;
        var story = autoscaler(aPolicy().capacity(QUEUE)).startingWith(3);
        story.at("00:00").sees(planned * 1.05).decides(3).because(WITHIN_TOLERANCE);
        story.at("00:01").sees(planned * 1.2).decides(4).because(TARGET_TRACKING);
    }

    @Test
    void presentLoadIsTheFloorUnderAForecast() {
        autoscaler(aPolicy().capacity(QUEUE))
                .forecasts(1)
                .at("00:00")
                .sees(12)
                .decides(2)
                .says(PRESENT_LOAD, "12.0 req/s need 2 replicas with 90 % answered within 1 s at full capacity");
    }

    @Test
    void workOfSeveralModelsIsCountedInBusyReplicas() {
        var story = autoscaler(aPolicy().capacity(new WorkCapacity(0.7)));
        story.at("00:00")
                .sees(3.2)
                .decides(5)
                .says(TARGET_TRACKING, "requests for 3.2 busy replicas need 5 replicas at 70 % each");
        story.forecasts(5.5).at("00:01").sees(3.2).decides(6).because(FORECAST_PRE_SCALE);
    }

    @Test
    void requestsWhoseCostIsNotKnownHold() {
        autoscaler(aPolicy().capacity(new WorkCapacity(0.7)))
                .startingWith(4)
                .at("00:00")
                .sees(new RateReading.NoData("the cost of a request is not learned yet"))
                .holdsBecause(NO_DATA)
                .says(
                        NO_DATA,
                        "no data for requestRate: the cost of a request is not learned yet: no replicas are taken away");
    }
}
