package dev.prescale.adapter.externalmetrics;

import static dev.prescale.testing.Snapshots.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prescale.adapter.externalmetrics.AccessReviews.Access;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CachedReviewsTest {
    private static final Caller ANN = new Caller("ann", "", List.of("team"), Map.of());
    private static final Access DEMAND = new Access.OfMetric("test", "prescale_demand");

    private final FakeCluster cluster = new FakeCluster();
    private Instant now = NOON;
    private final CachedReviews reviews = new CachedReviews(cluster, () -> now);

    @Test
    void theSameIsAskedOnceInTenSeconds() {
        assertThat(reviews.may(ANN, DEMAND).isAllowed()).isFalse();
        cluster.mayRead.add("ann");
        now = NOON.plusSeconds(9);
        assertThat(reviews.may(ANN, DEMAND).isAllowed()).isFalse();
        assertThat(cluster.asked).hasSize(1);

        now = NOON.plusSeconds(10);
        assertThat(reviews.may(ANN, DEMAND).isAllowed()).isTrue();
        cluster.mayRead.clear();
        now = NOON.plusSeconds(20);
        assertThat(reviews.may(ANN, DEMAND).isAllowed()).isFalse();
    }

    @Test
    void whoeverDiffersInAnythingIsAskedFor() {
        reviews.may(ANN, DEMAND);
        reviews.may(ANN, new Access.OfMetric("other", "prescale_demand"));
        reviews.may(ANN, new Access.OfPath("/apis"));
        reviews.may(new Caller("ann", "", List.of(), Map.of()), DEMAND);

        assertThat(cluster.asked).hasSize(4);
    }

    @Test
    void aTokenIsLookedUpOnce() {
        cluster.owners.put("secret", ANN);

        assertThat(reviews.ownerOf("secret")).contains(ANN);
        assertThat(reviews.ownerOf("secret")).contains(ANN);
        assertThat(reviews.ownerOf("other")).isEmpty();
        assertThat(cluster.asked).hasSize(2);
    }

    @Test
    void noAnswerIsNotRemembered() {
        cluster.isAway = true;
        assertThatThrownBy(() -> reviews.may(ANN, DEMAND)).isInstanceOf(AccessReviews.Unanswered.class);
        cluster.isAway = false;

        assertThat(reviews.may(ANN, DEMAND).reason()).isEqualTo("no rule says so");
    }

    @Test
    void namesThatAreMadeUpPushTheEldestOut() {
        reviews.may(ANN, DEMAND);
        for (int i = 0; i < CachedReviews.MOST; i++) {
            reviews.may(new Caller("user-" + i, "", List.of(), Map.of()), DEMAND);
        }
        cluster.asked.clear();
        reviews.may(new Caller("user-" + (CachedReviews.MOST - 1), "", List.of(), Map.of()), DEMAND);
        reviews.may(ANN, DEMAND);

        assertThat(cluster.asked).hasSize(1);
    }
}
