package dev.prescale.app;

import dev.prescale.adapter.kubernetes.SpecResource;
import dev.prescale.adapter.kubernetes.SpecResources;
import dev.prescale.config.EndpointFolder;
import dev.prescale.config.SpecFault;
import dev.prescale.config.SpecText;
import dev.prescale.config.Violation;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.TargetClaims;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The specifications of the service: files of a folder, resources of a cluster, or both. Of an endpoint that both name, the file is
 * in force. Read by one thread; what is found may be looked at by any.
 */
final class ServiceSpecs {
    private final Optional<EndpointFolder> folder;
    private final Supplier<Optional<SpecResources>> clusterSpecs;
    private final FilePauses pauses;
    private volatile Found found = new Found(List.of(), List.of(), Map.of(), Map.of());
    private @Nullable Seen seen;

    /**
     * @param clusterSpecs empty without a cluster; asked when they are needed first
     * @param pauses of those in files
     */
    ServiceSpecs(Optional<Path> folder, Supplier<Optional<SpecResources>> clusterSpecs, FilePauses pauses) {
        this.folder = folder.map(path -> new EndpointFolder(path, (inForce, faults) -> {}));
        this.clusterSpecs = clusterSpecs;
        this.pauses = pauses;
    }

    /**
     * What was found.
     *
     * @param inForce ordered by id
     * @param faults everything that is wrong
     * @param conflicts for each that may not act: the older one that acts on the same target
     * @param violations of resources that are not in force as they are now
     */
    record Found(
            List<EndpointSpec> inForce,
            List<SpecFault> faults,
            Map<EndpointId, EndpointId> conflicts,
            Map<EndpointId, List<Violation>> violations) {
        Map<EndpointId, EndpointSpec> byId() {
            Map<EndpointId, EndpointSpec> specs = new HashMap<>();
            inForce.forEach(spec -> specs.put(spec.id(), spec));
            return specs;
        }
    }

    /** By what it is told whether anything has changed. */
    private record Seen(List<EndpointSpec> files, List<SpecFault> faults, long version) {}

    boolean areThere() {
        return folder.isPresent() || clusterSpecs.get().isPresent();
    }

    Found found() {
        return found;
    }

    /** The specification of an endpoint that is in a file, as the file says it; empty for any other. */
    Optional<InFile> inFile(EndpointId endpoint) {
        return folder.flatMap(files -> files.fileOf(endpoint)
                .flatMap(file -> files.inForce().stream()
                        .filter(spec -> spec.id().equals(endpoint))
                        .findFirst()
                        .map(spec -> new InFile(file, spec))));
    }

    /** @param file its name in the folder */
    record InFile(String file, EndpointSpec spec) {}

    /** Reads what has changed since the last call; empty where nothing has. */
    Optional<Found> poll(Instant now) {
        folder.ifPresent(files -> files.poll(now));
        Optional<SpecResources> resources = clusterSpecs.get();
        Seen next = new Seen(
                pauses.laidOver(folder.map(EndpointFolder::inForce).orElse(List.of())),
                folder.map(EndpointFolder::faults).orElse(List.of()),
                resources.map(SpecResources::version).orElse(0L));
        if (next.equals(seen)) {
            return Optional.empty();
        }
        boolean isFirst = seen == null;
        seen = next;
        Found after = together(
                next.files(),
                next.faults(),
                resources.map(SpecResources::inForce).orElse(List.of()),
                resources.map(SpecResources::violations).orElse(Map.of()));
        boolean isNew = isFirst || !after.equals(found);
        found = after;
        return isNew ? Optional.of(after) : Optional.empty();
    }

    /** The specification in force as text; safe to call from any thread. */
    Optional<String> textOf(EndpointId endpoint) {
        return folder.flatMap(files -> files.textOf(endpoint))
                .or(() -> clusterSpecs
                        .get()
                        .flatMap(resources -> resources.inForce().stream()
                                .filter(resource -> resource.spec().id().equals(endpoint))
                                .findFirst())
                        .map(resource -> SpecText.written(resource.ownDocument())));
    }

    static Found together(
            List<EndpointSpec> files,
            List<SpecFault> fileFaults,
            List<SpecResource> resources,
            Map<EndpointId, List<Violation>> violations) {
        SortedMap<EndpointId, TargetClaims.Claim> claims = new TreeMap<>();
        files.forEach(spec -> claims.put(spec.id(), new TargetClaims.Claim(spec, null)));
        Map<EndpointId, List<Violation>> wrong = new TreeMap<>(violations);
        for (SpecResource resource : resources) {
            EndpointId id = resource.spec().id();
            if (claims.putIfAbsent(id, new TargetClaims.Claim(resource.spec(), resource.created())) != null) {
                wrong.put(
                        id,
                        List.of(new Violation(
                                "metadata.name",
                                id.toString(),
                                "is also the name of an endpoint in a file, which is in force")));
            }
        }
        List<SpecFault> faults = new ArrayList<>(fileFaults);
        wrong.forEach((id, all) -> all.forEach(violation -> faults.add(SpecFault.ofResource(id, violation))));
        return new Found(
                claims.values().stream().map(TargetClaims.Claim::spec).toList(),
                faults,
                TargetClaims.conflicts(claims.values()),
                wrong);
    }
}
