package dev.prescale.adapter.kubernetes.lease;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpecBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Leases as objects of {@code coordination.k8s.io/v1}. Their times are for people and other tools: nothing here compares them.
 */
final class LeaseObjects {
    /** On every Lease of ours. */
    static final String KIND = "prescale.dev/lease";

    private static final String BUCKETS = "prescale.dev/buckets";
    private static final String STANDS_BY = "prescale.dev/stands-by";
    private static final String REPLICA = "replica";
    private static final String BUCKET = "bucket";
    private static final String REPLICA_NAME = "prescale-replica-";
    private static final Pattern BUCKET_NAME = Pattern.compile("prescale-bucket-(\\d{2})");

    private final ElectionSettings settings;

    LeaseObjects(ElectionSettings settings) {
        this.settings = settings;
    }

    static String replicaName(String id) {
        return REPLICA_NAME + id;
    }

    static String bucketName(int bucket) {
        return "prescale-bucket-%02d".formatted(bucket);
    }

    /** Empty where somebody made it something else. */
    static Optional<Seen> read(Lease lease) {
        String name = lease.getMetadata().getName();
        Map<String, String> labels = lease.getMetadata().getLabels();
        long version = Long.parseLong(lease.getMetadata().getResourceVersion());
        if (lease.getSpec() == null || labels == null) {
            return Optional.empty();
        }
        Matcher bucket = BUCKET_NAME.matcher(name);
        if (bucket.matches()) {
            Integer transitions = lease.getSpec().getLeaseTransitions();
            String holder = lease.getSpec().getHolderIdentity();
            return Optional.of(new Seen.Bucket(
                    Integer.parseInt(bucket.group(1)),
                    version,
                    holder == null ? "" : holder,
                    transitions == null ? 0 : transitions));
        }
        Integer seconds = lease.getSpec().getLeaseDurationSeconds();
        String buckets = labels.getOrDefault(BUCKETS, "");
        if (!name.startsWith(REPLICA_NAME) || seconds == null || seconds < 1 || !buckets.matches("\\d{1,3}")) {
            return Optional.empty();
        }
        return Optional.of(new Seen.Replica(
                name.substring(REPLICA_NAME.length()),
                version,
                Instant.parse(lease.getMetadata().getCreationTimestamp()).getEpochSecond(),
                Duration.ofSeconds(seconds).toNanos(),
                Integer.parseInt(buckets),
                Boolean.parseBoolean(labels.get(STANDS_BY))));
    }

    Lease replica(String id, boolean standsBy, Instant now) {
        return lease(replicaName(id), REPLICA)
                .editMetadata()
                .addToLabels(BUCKETS, String.valueOf(settings.buckets()))
                .addToLabels(STANDS_BY, String.valueOf(standsBy))
                .endMetadata()
                .withSpec(held(id, now).withLeaseTransitions(0).build())
                .build();
    }

    Lease bucket(int bucket, String holder, Instant now) {
        return lease(bucketName(bucket), BUCKET)
                .withSpec(held(holder, now).withLeaseTransitions(0).build())
                .build();
    }

    private static LeaseBuilder lease(String name, String kind) {
        return new LeaseBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels(KIND, kind)
                .addToLabels("app.kubernetes.io/managed-by", "prescale")
                .endMetadata();
    }

    private LeaseSpecBuilder held(String holder, Instant now) {
        ZonedDateTime time = micros(now);
        return new LeaseSpecBuilder()
                .withHolderIdentity(holder)
                .withLeaseDurationSeconds(settings.leaseSeconds())
                .withAcquireTime(time)
                .withRenewTime(time);
    }

    /** As a JSON merge patch (RFC 7386): what is not in it stays. */
    static Lease renewal(Write.Renew renewal, Instant now) {
        return new LeaseBuilder()
                .withNewMetadata()
                .withName(replicaName(renewal.id()))
                .addToLabels(STANDS_BY, String.valueOf(renewal.standsBy()))
                .endMetadata()
                .withNewSpec()
                .withRenewTime(micros(now))
                .endSpec()
                .build();
    }

    /** As a JSON merge patch; the resource version in it is a precondition. */
    Lease taking(Write.Take take, Instant now) {
        return change(
                take.bucket(),
                take.version(),
                held(take.id(), now).withLeaseTransitions(take.transitions()).build());
    }

    /** As a JSON merge patch; an empty holder is none, as with other electors. */
    static Lease release(Write.Release release, Instant now) {
        return change(
                release.bucket(),
                release.version(),
                new LeaseSpecBuilder()
                        .withHolderIdentity("")
                        .withRenewTime(micros(now))
                        .build());
    }

    private static Lease change(int bucket, long version, LeaseSpec spec) {
        return new LeaseBuilder()
                .withNewMetadata()
                .withName(bucketName(bucket))
                .withResourceVersion(String.valueOf(version))
                .endMetadata()
                .withSpec(spec)
                .build();
    }

    private static ZonedDateTime micros(Instant now) {
        return now.truncatedTo(ChronoUnit.MICROS).atZone(ZoneOffset.UTC);
    }
}
