package dev.prescale.app;

import dev.prescale.adapter.kubernetes.KubernetesCluster;
import dev.prescale.adapter.kubernetes.KubernetesConnection;
import dev.prescale.adapter.kubernetes.KubernetesWorkloads;
import dev.prescale.adapter.kubernetes.ResourcePauses;
import dev.prescale.adapter.kubernetes.SpecResources;
import dev.prescale.adapter.kubernetes.channel.ActingWorkloads;
import dev.prescale.adapter.kubernetes.channel.ReturnedFloor;
import dev.prescale.adapter.kubernetes.channel.WorkloadChannels;
import dev.prescale.adapter.kubernetes.lease.LeaseElection;
import dev.prescale.adapter.kubernetes.status.EndpointConflict;
import dev.prescale.adapter.kubernetes.status.StatusWriter;
import dev.prescale.config.KubernetesServer;
import dev.prescale.config.Violation;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.FleetListener;
import dev.prescale.control.Leadership;
import dev.prescale.control.Mode;
import dev.prescale.control.Pauses;
import dev.prescale.control.ScaledObjects;
import dev.prescale.control.WorkloadScale;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The cluster of the service: what is seen of it, who of several replicas acts in it and how, and what it is told of its endpoints.
 */
final class ServiceCluster {
    private static final Logger LOG = Logger.getLogger(ServiceCluster.class);

    private final KubernetesCluster cluster;
    private final Optional<LeaseElection> election;
    private final WorkloadChannels channels;
    private final KubernetesWorkloads seen;
    private final ActingWorkloads workloads;
    private final StatusWriter statuses;
    private final Pauses pauses;
    private Map<String, String> floorFaults = Map.of();

    /** No other replica is there, and this one ends: what it leaves behind nobody else will put right. */
    private volatile boolean isLast;

    private volatile Plan plan = new Plan(Map.of(), Map.of());

    /** What is in force, and what is in conflict with what. */
    private record Plan(Map<EndpointId, EndpointSpec> specs, Map<EndpointId, EndpointId> conflicts) {}

    private ServiceCluster(KubernetesServer settings, InstantSource clock) {
        String identity = identity(settings);
        KubernetesClient client = KubernetesConnection.open(identity);
        LOG.infof("Workloads are seen through the Kubernetes API server %s", client.getMasterUrl());
        this.cluster = new KubernetesCluster(client, settings.namespaces(), RandomGenerator.getDefault());
        this.election = isOn(settings.election().use(), () -> KubernetesConnection.isInCluster(System::getenv))
                ? Optional.of(begin(settings.election(), client, identity))
                : Optional.empty();
        Leadership leadership = endpoint ->
                isLast || election.map(present -> present.actsFor(endpoint)).orElse(true);
        this.channels = new WorkloadChannels(client, cluster.view(), leadership, settings.floorDuration());
        this.seen = new KubernetesWorkloads(cluster);
        this.workloads = new ActingWorkloads(seen, channels);
        this.pauses = new ResourcePauses(client, cluster.specifications()::resource);
        this.statuses = StatusWriter.begin(client, cluster.specifications()::resource, leadership, identity, clock);
    }

    /** The one of the settings; empty where none is to be used. */
    static Optional<ServiceCluster> of(KubernetesServer settings, InstantSource clock) {
        return isUsed(settings.use(), System::getenv)
                ? Optional.of(new ServiceCluster(settings, clock))
                : Optional.empty();
    }

    static boolean isUsed(KubernetesServer.Use setting, Function<String, @Nullable String> environment) {
        return isOn(setting, () -> KubernetesConnection.isAtHand(environment));
    }

    private static boolean isOn(KubernetesServer.Use setting, BooleanSupplier found) {
        return switch (setting) {
            case ON -> true;
            case OFF -> false;
            case AUTO -> found.getAsBoolean();
        };
    }

    private static LeaseElection begin(KubernetesServer.Election settings, KubernetesClient client, String identity) {
        String namespace = settings.namespace().orElseGet(client::getNamespace);
        return LeaseElection.begin(client, namespace, identity, settings.leaseDuration(), settings.buckets());
    }

    /** Of this replica, which logs of the API server then tell. */
    static String identity(KubernetesServer settings) {
        return settings.election().identity().orElseGet(ServiceCluster::hostName);
    }

    private static String hostName() {
        String name = System.getenv("HOSTNAME");
        if (name != null && !name.isBlank()) {
            return name;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "prescale";
        }
    }

    /** Of endpoints whose specifications are resources. */
    Pauses pauses() {
        return pauses;
    }

    /** Whether another replica may act in our place. */
    boolean hasElection() {
        return election.isPresent();
    }

    WorkloadScale workloads() {
        return workloads;
    }

    FleetListener listener() {
        return statuses;
    }

    ScaledObjects scaledObjects() {
        return cluster.view()::targetOfScaledObject;
    }

    SpecResources specifications() {
        return cluster.specifications();
    }

    /** Keeps the watches going, every few seconds. */
    void tend(Instant now) {
        cluster.tend(now);
    }

    /** Whether a cycle would see what there is. */
    boolean isTried() {
        return cluster.isTried();
    }

    void replaceSpecs(
            Map<EndpointId, EndpointSpec> specs,
            Map<EndpointId, EndpointId> conflicts,
            Map<EndpointId, List<Violation>> violations) {
        plan = new Plan(specs, conflicts);
        seen.replaceSpecs(specs);
        workloads.replaceSpecs(specs, conflicts);
        statuses.notInForce(violations);
    }

    /** After each cycle: gives back floors that nobody keeps up, and has told who scales where we should. */
    void afterCycle(Instant now) {
        Plan present = plan;
        Map<EndpointId, EndpointConflict> conflicts = new HashMap<>();
        workloads
                .contested()
                .forEach((id, reason) ->
                        conflicts.put(id, conflict(present.specs().get(id), reason)));
        present.conflicts().forEach((id, older) -> conflicts.put(id, EndpointConflict.targetTaken(older)));
        statuses.conflicts(conflicts);
        if (cluster.specifications().isKnown()) {
            Set<EndpointId> existing = new HashSet<>(present.specs().keySet());
            existing.addAll(cluster.specifications().endpoints());
            tell(channels.sweepFloors(present.specs(), existing, now));
        }
    }

    /** What is refused comes back in every cycle, and is said once. */
    private void tell(List<ReturnedFloor> floors) {
        Map<String, String> faults = new HashMap<>();
        for (ReturnedFloor floor : floors) {
            if (floor.outcome() instanceof WorkloadScale.NotScaled(String reason)) {
                faults.put(floor.autoscaler(), reason);
                if (!reason.equals(floorFaults.get(floor.autoscaler()))) {
                    LOG.warnf("The floor of HPA %s cannot be given back: %s", floor.autoscaler(), reason);
                }
            } else {
                LOG.infof("The floor of HPA %s is given back: %s", floor.autoscaler(), floor.why());
            }
        }
        floorFaults = faults;
    }

    private static EndpointConflict conflict(@Nullable EndpointSpec spec, String reason) {
        boolean isFloor = spec != null && spec.mode() == Mode.HPA_FLOOR;
        return isFloor ? EndpointConflict.ownerChangesFloor(reason) : EndpointConflict.targetOwned(reason);
    }

    /**
     * Leaves the cluster when no cycle runs any more. Floors are given back where no other replica keeps them up; others take over
     * at once.
     */
    void close(Instant now) {
        statuses.close();
        isLast = election.map(LeaseElection::leave).orElse(true);
        if (isLast) {
            tell(channels.restoreFloors(any -> true, now));
        }
        channels.close();
        cluster.close();
    }
}
