package dev.prescale.config;

import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which file's specification is in force for each endpoint, and what is wrong. Immutable; the next one follows from this
 * one and the files as they are then:
 *
 * <ol>
 *   <li>A file claims the endpoints of its valid documents.
 *   <li>Where a document is faulty, the file goes on to claim that endpoint as it was in force from it before; where it
 *       cannot be told whose document it is, all of the file's endpoints.
 *   <li>An endpoint belongs to the file that had it before, else to the first by name. Other claims are faults.
 * </ol>
 */
record EndpointClaims(SortedMap<EndpointId, Claim> claims, List<SpecFault> faults) {
    static final EndpointClaims NONE = new EndpointClaims(new TreeMap<>(), List.of());

    /**
     * @param line of the name, null where not known or where the claim is an old one
     * @param text of the document
     */
    record Claim(String file, int document, @Nullable Integer line, String text, EndpointSpec spec) {}

    List<EndpointSpec> inForce() {
        return claims.values().stream().map(Claim::spec).toList();
    }

    /** Everything stays as it is, with this one fault in place of the others. */
    EndpointClaims withFault(SpecFault fault) {
        return new EndpointClaims(claims, List.of(fault));
    }

    EndpointClaims next(Collection<EndpointFile> files) {
        Map<EndpointId, List<Claim>> contenders = new TreeMap<>();
        List<SpecFault> nextFaults = new ArrayList<>();
        for (EndpointFile file : files) {
            claimsOf(file)
                    .forEach(claim -> contenders
                            .computeIfAbsent(claim.spec().id(), id -> new ArrayList<>())
                            .add(claim));
            nextFaults.addAll(
                    file.failure() != null
                            ? List.of(file.failure())
                            : file.specs().faults());
        }
        SortedMap<EndpointId, Claim> next = new TreeMap<>();
        contenders.forEach((id, contending) -> {
            Claim winner = winner(id, contending);
            next.put(id, winner);
            contending.stream()
                    .filter(claim -> claim != winner)
                    .forEach(claim -> nextFaults.add(refused(claim, winner)));
        });
        return new EndpointClaims(next, List.copyOf(nextFaults));
    }

    private Claim winner(EndpointId id, List<Claim> contending) {
        Claim before = claims.get(id);
        return contending.stream()
                .filter(claim -> before != null && claim.file().equals(before.file()))
                .findFirst()
                .orElseGet(contending::getFirst);
    }

    private static SpecFault refused(Claim claim, Claim winner) {
        String message = "is also the name of an endpoint in %s, document %d, which stays in force"
                .formatted(winner.file(), winner.document());
        return new SpecFault(
                claim.file(),
                claim.document(),
                claim.line(),
                new Violation("metadata.name", claim.spec().id().toString(), message));
    }

    private Stream<Claim> claimsOf(EndpointFile file) {
        List<Claim> valid = new ArrayList<>();
        for (SpecText.Document document : file.specs().documents()) {
            EndpointSpec spec = document.spec();
            if (spec != null) {
                valid.add(new Claim(file.name(), document.number(), document.nameLine(), document.text(), spec));
            }
        }
        Set<EndpointId> claimed = valid.stream().map(claim -> claim.spec().id()).collect(Collectors.toSet());
        Stream<Claim> kept = claims.values().stream()
                .filter(claim -> claim.file().equals(file.name()))
                .filter(claim -> !claimed.contains(claim.spec().id()))
                .filter(claim -> keeps(file, claim.spec().id()));
        return Stream.concat(valid.stream(), kept);
    }

    /** Whether the file, as it is now, does not tell that it has given up the endpoint. */
    private static boolean keeps(EndpointFile file, EndpointId id) {
        return file.failure() != null
                || file.specs().documents().stream()
                        .filter(document -> document.spec() == null)
                        .anyMatch(document ->
                                document.id() == null || document.id().equals(id));
    }
}
