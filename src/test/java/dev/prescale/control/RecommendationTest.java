package dev.prescale.control;

import static dev.prescale.testing.Snapshots.NOON;
import static dev.prescale.testing.Snapshots.aSnapshot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.accuracy.GateStatus;
import dev.prescale.control.Signal.Cause;
import dev.prescale.control.Signals.Seen;
import dev.prescale.scaling.RateReading;
import dev.prescale.testing.Snapshots;
import dev.prescale.testing.Specs;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecommendationTest {
    private static final Signals SIGNALS = new Signals(Duration.ofSeconds(15));
    private static final EndpointSpec SPEC = Specs.anEndpoint("chat");

    /** The forecast has medians of 100, 110 and 120 req/s in steps of 10 minutes from noon, and 20 req/s above its highest level. */
    @Test
    void theBoundsAreWhatMedianAndHighestLevelNeedUntilWhatIsOrderedNowServes() {
        assertThat(afterNoon(0)).isEqualTo(given(10, 11, 12, 0));
        // a lead time of two minutes and a cycle reach into the next step
        assertThat(afterNoon(465)).isEqualTo(given(10, 11, 12, 465));
        assertThat(afterNoon(466)).isEqualTo(given(11, 11, 13, 466));
    }

    @Test
    void theReplicasAreAlwaysBetweenTheirBounds() {
        assertThat(recommend(deciding(2), NOON)).isEqualTo(given(2, 2, 12));
        assertThat(recommend(deciding(20), NOON)).isEqualTo(given(10, 20, 20));
    }

    @Test
    void withoutATrustedForecastNothingIsKnownOfTheBounds() {
        GateStatus distrusted = new GateStatus(GateStatus.State.DISTRUSTED, NOON, 2, "weekNaive", 1);

        assertThat(recommend(aSnapshot("chat").gate(distrusted), NOON)).isEqualTo(given(5, 5, 5));
        assertThat(recommend(aSnapshot("chat").forecast(null), NOON)).isEqualTo(given(5, 5, 5));
        assertThat(recommend(aSnapshot("chat").forecast(Snapshots.aForecast(NOON.minusSeconds(86_400), 36)), NOON))
                .isEqualTo(given(5, 5, 5));
    }

    @Test
    void withoutReplicasThereIsNone() {
        assertThat(recommend(aSnapshot("chat").requestRate(new RateReading.NoData(null)), NOON))
                .isEqualTo(
                        new Recommendation.NotGiven(new Signal.Unknown(Cause.NOT_YET, "The history has no samples.")));
        assertThat(recommend(aSnapshot("chat"), NOON.plusSeconds(121)))
                .isInstanceOfSatisfying(
                        Recommendation.NotGiven.class,
                        none -> assertThat(none.why().cause()).isEqualTo(Cause.TOO_OLD));
    }

    @Test
    void whoAsksMaySetTighterLimits() {
        Recommendation.Given given = given(4, 5, 6);

        assertThat(given.within(1, 4)).isEqualTo(new Recommendation.Given(4, 4, 4, given.decision()));
        assertThat(given.within(5, 40)).isEqualTo(new Recommendation.Given(5, 5, 6, given.decision()));
        assertThat(given.within(8, 8)).isEqualTo(new Recommendation.Given(8, 8, 8, given.decision()));
    }

    private static Recommendation afterNoon(int seconds) {
        Instant now = NOON.plusSeconds(seconds);
        return recommend(
                aSnapshot("chat")
                        .at(now)
                        .forecast(Snapshots.aForecast(NOON, 36))
                        .latest(decision(11, seconds)),
                now);
    }

    private static Snapshots deciding(int replicas) {
        return aSnapshot("chat").latest(decision(replicas, 0));
    }

    private static Recommendation recommend(Snapshots snapshot, Instant now) {
        return Recommendation.of(SIGNALS, Seen.of(snapshot.build()), now);
    }

    private static Recommendation.Given given(int lower, int replicas, int upper) {
        return given(lower, replicas, upper, 0);
    }

    private static Recommendation.Given given(int lower, int replicas, int upper, int afterNoon) {
        return new Recommendation.Given(lower, replicas, upper, decision(replicas, afterNoon));
    }

    private static DecisionRecord decision(int replicas, int afterNoon) {
        return Snapshots.aDecision(SPEC, NOON.plusSeconds(afterNoon), 3, replicas);
    }
}
