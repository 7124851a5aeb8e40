package dev.prescale.adapter.kubernetes.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LeaseObjectsTest {
    private static final Instant NOW = Instant.parse("2024-01-01T00:00:00.123456789Z");
    private static final ElectionSettings SETTINGS =
            ElectionSettings.of(8, Duration.ofSeconds(15), Duration.ofMillis(5_500));

    private final LeaseObjects objects = new LeaseObjects(SETTINGS);

    @Test
    void whatIsWrittenIsReadBack() {
        assertThat(LeaseObjects.read(stored(objects.replica("chat-0-1a", true, NOW))))
                .contains(new Seen.Replica("chat-0-1a", 17, NOW.getEpochSecond(), SETTINGS.lease(), 8, true));
        assertThat(LeaseObjects.read(stored(objects.bucket(7, "chat-0-1a", NOW))))
                .contains(new Seen.Bucket(7, 17, "chat-0-1a", 0));
    }

    @Test
    void aBucketWithoutAHolderIsFree() {
        Lease bucket = stored(objects.bucket(7, "chat-0-1a", NOW));
        bucket.getSpec().setHolderIdentity(null);
        bucket.getSpec().setLeaseTransitions(null);

        assertThat(LeaseObjects.read(bucket)).contains(new Seen.Bucket(7, 17, "", 0));
    }

    @Test
    void whatSomebodyMadeSomethingElseIsNone() {
        Lease nameless = stored(objects.replica("a", false, NOW));
        nameless.getMetadata().setName("other");
        Lease timeless = stored(objects.replica("a", false, NOW));
        timeless.getSpec().setLeaseDurationSeconds(null);
        Lease undivided = stored(objects.replica("a", false, NOW));
        undivided.getMetadata().getLabels().put("prescale.dev/buckets", "many");
        Lease empty = stored(objects.replica("a", false, NOW));
        empty.setSpec(null);

        assertThat(LeaseObjects.read(nameless)).isEmpty();
        assertThat(LeaseObjects.read(timeless)).isEmpty();
        assertThat(LeaseObjects.read(undivided)).isEmpty();
        assertThat(LeaseObjects.read(empty)).isEmpty();
    }

    @Test
    void changesNameTheVersionThatTheyWereDecidedOn() {
        assertThat(Serialization.asJson(objects.taking(new Write.Take("a-1", 7, 42, 3), NOW)))
                .contains("\"name\":\"prescale-bucket-07\"", "\"resourceVersion\":\"42\"")
                .contains("\"holderIdentity\":\"a-1\"", "\"leaseTransitions\":3", "\"leaseDurationSeconds\":15")
                .contains("\"acquireTime\":\"2024-01-01T00:00:00.123456Z\"");
        assertThat(Serialization.asJson(LeaseObjects.release(new Write.Release("a-1", 7, 42), NOW)))
                .contains("\"resourceVersion\":\"42\"", "\"holderIdentity\":\"\"");
    }

    @Test
    void aRenewalAsksForNoVersion() {
        assertThat(Serialization.asJson(LeaseObjects.renewal(new Write.Renew("a-1", false), NOW)))
                .contains("\"renewTime\":\"2024-01-01T00:00:00.123456Z\"", "\"prescale.dev/stands-by\":\"false\"")
                .doesNotContain("resourceVersion", "holderIdentity");
    }

    private static Lease stored(Lease lease) {
        return new LeaseBuilder(lease)
                .editMetadata()
                .withResourceVersion("17")
                .withCreationTimestamp("2024-01-01T00:00:00Z")
                .endMetadata()
                .build();
    }
}
