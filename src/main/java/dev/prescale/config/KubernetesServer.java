package dev.prescale.config;

import dev.prescale.control.EndpointId;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How workloads are seen and scaled through a Kubernetes API server.
 *
 * @param namespaces whose workloads and specifications are seen; empty for all of the cluster
 * @param election who acts where several replicas of Prescale run
 * @param floorDuration how long a raised {@code minReplicas} of an HPA holds without being renewed
 */
public record KubernetesServer(Use use, List<String> namespaces, Election election, Duration floorDuration) {
    /** Whether there is one. */
    public enum Use {
        /** The one of the cluster that the process runs in or was pointed to, else none. */
        AUTO,
        ON,
        OFF
    }

    /**
     * Who acts where several replicas of Prescale run.
     *
     * @param use by Leases; {@code AUTO}: where the process runs in a cluster
     * @param namespace of the Leases; empty for the one that the process runs in
     * @param identity of this replica; empty for the host's name, which is the pod's
     * @param leaseDuration after which a replica that is not heard of any more is replaced
     * @param buckets into which endpoints are divided; the same for all replicas
     */
    public record Election(
            Use use, Optional<String> namespace, Optional<String> identity, Duration leaseDuration, int buckets) {}

    private static final ValueType<List<String>> NAMES = new ValueType<>(
            "names of namespaces separated by commas",
            List.of(),
            node -> node.isTextual() ? namesIn(node.textValue()) : null,
            names -> String.join(",", names));

    static final Key<Use> USE = Key.withDefault(
            "prescale.kubernetes",
            ValueTypes.oneOf(KubernetesServer::word, Use.values()),
            Use.AUTO,
            "Whether specifications, workloads, pods and their metrics are read from a Kubernetes API server: `on`, `off`, or "
                    + "`auto`: where the process runs in a cluster or `KUBECONFIG` is set. Where not, and in simulated time, replicas are simulated.");
    static final Key<List<String>> NAMESPACES = Key.optional(
            "prescale.kubernetes.namespaces",
            NAMES,
            "Namespaces whose specifications and workloads are seen, separated by commas; where left out all of the cluster.");
    static final Key<Use> ELECTION = Key.withDefault(
            "prescale.kubernetes.election",
            ValueTypes.oneOf(KubernetesServer::word, Use.values()),
            Use.AUTO,
            "Whether replicas of Prescale agree by Leases on who acts for which endpoint: `on`, `off`, or `auto`: where the "
                    + "process runs in a cluster.");
    static final Key<String> NAMESPACE = Key.optional(
            "prescale.kubernetes.namespace",
            MetadataReader.OBJECT_NAME,
            "Namespace of the Leases; where left out the one that the process runs in.");
    static final Key<String> IDENTITY = Key.optional(
            "prescale.kubernetes.identity",
            MetadataReader.OBJECT_NAME,
            "Name of this replica in the Leases, no two may have the same; where left out the host's, which is the pod's.");
    static final Key<Duration> LEASE_DURATION = Key.withDefault(
            "prescale.kubernetes.lease-duration",
            ValueTypes.duration(Duration.ofSeconds(9), Duration.ofMinutes(5)),
            Duration.ofSeconds(15),
            "How long after the last sign of a replica another one acts in its place.");
    static final Key<Integer> BUCKETS = Key.withDefault(
            "prescale.kubernetes.buckets",
            ValueTypes.wholeNumber(1, 100),
            8,
            "Into how many parts endpoints are divided among replicas; the same for all replicas.");
    static final Key<Duration> FLOOR_DURATION = Key.withDefault(
            "prescale.kubernetes.floor-duration",
            ValueTypes.duration(Duration.ofMinutes(1), Duration.ofHours(24)),
            Duration.ofMinutes(15),
            "How long a raised minReplicas of an HPA holds without being renewed.");

    public KubernetesServer {
        namespaces = List.copyOf(namespaces);
    }

    static KubernetesServer read(ObjectReader reader) {
        List<String> namespaces = reader.find(NAMESPACES);
        return new KubernetesServer(
                reader.get(USE),
                namespaces == null ? List.of() : namespaces,
                new Election(
                        reader.get(ELECTION),
                        Optional.ofNullable(reader.find(NAMESPACE)),
                        Optional.ofNullable(reader.find(IDENTITY)),
                        reader.get(LEASE_DURATION),
                        reader.get(BUCKETS)),
                reader.get(FLOOR_DURATION));
    }

    /** The same, but none. */
    KubernetesServer off() {
        return new KubernetesServer(Use.OFF, namespaces, election, floorDuration);
    }

    private static String word(Use use) {
        return WireName.of(use).toLowerCase(Locale.ROOT);
    }

    private static @Nullable List<String> namesIn(String text) {
        List<String> names =
                Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        return names.stream().allMatch(EndpointId::isValidName) ? names : null;
    }
}
