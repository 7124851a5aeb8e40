package dev.prescale.adapter.kubernetes.lease;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
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
    private static final DateTimeFormatter MICRO_TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

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
        return new LeaseBuilder(lease(replicaName(id), REPLICA, id, now))
                .editMetadata()
                .addToLabels(BUCKETS, String.valueOf(settings.buckets()))
                .addToLabels(STANDS_BY, String.valueOf(standsBy))
                .endMetadata()
                .build();
    }

    Lease bucket(int bucket, String holder, Instant now) {
        return lease(bucketName(bucket), BUCKET, holder, now);
    }

    private Lease lease(String name, String kind, String holder, Instant now) {
        return new LeaseBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels(KIND, kind)
                .addToLabels("app.kubernetes.io/managed-by", "prescale")
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(holder)
                .withLeaseDurationSeconds(settings.leaseSeconds())
                .withAcquireTime(now.atZone(ZoneOffset.UTC))
                .withRenewTime(now.atZone(ZoneOffset.UTC))
                .withLeaseTransitions(0)
                .endSpec()
                .build();
    }

    /** As a JSON merge patch (RFC 7386). */
    static String renewal(boolean standsBy, Instant now) {
        return Serialization.asJson(Map.of(
                "metadata", Map.of("labels", Map.of(STANDS_BY, String.valueOf(standsBy))),
                "spec", Map.of("renewTime", MICRO_TIME.format(now))));
    }

    /** As a JSON merge patch; a resource version in it is a precondition. */
    String taking(Write.Take take, Instant now) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("holderIdentity", take.id());
        spec.put("leaseDurationSeconds", settings.leaseSeconds());
        spec.put("acquireTime", MICRO_TIME.format(now));
        spec.put("renewTime", MICRO_TIME.format(now));
        spec.put("leaseTransitions", take.transitions());
        return patch(take.version(), spec);
    }

    static String release(Write.Release release, Instant now) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("holderIdentity", null);
        spec.put("acquireTime", null);
        spec.put("renewTime", MICRO_TIME.format(now));
        return patch(release.version(), spec);
    }

    private static String patch(long version, Map<String, Object> spec) {
        return Serialization.asJson(
                Map.of("metadata", Map.of("resourceVersion", String.valueOf(version)), "spec", spec));
    }
}
