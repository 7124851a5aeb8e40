package dev.prescale.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the user {@link KubernetesApiServer#PRESCALE} asked of an API server, from the server's own log. */
public final class AuditLog {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    AuditLog(Path file) {
        this.file = file;
    }

    /**
     * One request. A watch is one when it begins.
     *
     * @param resource with its subresource, {@code deployments/scale}; empty for a path that is none
     * @param code of the answer
     * @param body of writes to scale subresources and HPAs, else missing
     */
    public record Request(
            Instant at,
            String verb,
            String group,
            String resource,
            String namespace,
            String name,
            int code,
            String userAgent,
            JsonNode body) {
        public String right() {
            return AuditLog.right(group, resource, verb);
        }

        /** Whether it is about an endpoint, and not about who acts for it. */
        public boolean isWriteOfEndpoint() {
            return isWrite() && !resource.equals("leases");
        }

        public boolean isWrite() {
            return !Set.of("get", "list", "watch").contains(verb);
        }
    }

    /** In their order; a half-written last line is left out. */
    public List<Request> requests() {
        try (Stream<String> lines = Files.exists(file) ? Files.lines(file) : Stream.empty()) {
            return lines.filter(line -> line.endsWith("}"))
                    .map(AuditLog::parse)
                    .filter(AuditLog::isBegin)
                    .map(AuditLog::request)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<Request> requests(Predicate<Request> condition) {
        return requests().stream().filter(condition).toList();
    }

    /** Requests of resources that were let in, as {@code list apps/deployments}. */
    public Set<String> rightsUsed() {
        return requests().stream()
                .filter(request -> !request.resource().isEmpty() && request.code() != 403)
                .map(Request::right)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What rules grant, in the same words. */
    public static Set<String> rights(List<PolicyRule> rules) {
        Set<String> rights = new TreeSet<>();
        for (PolicyRule rule : rules) {
            for (String group : rule.getApiGroups()) {
                for (String resource : rule.getResources()) {
                    rule.getVerbs().forEach(verb -> rights.add(right(group, resource, verb)));
                }
            }
        }
        return rights;
    }

    private static String right(String group, String resource, String verb) {
        return verb + " " + (group.isEmpty() ? "core" : group) + "/" + resource;
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A watch has an entry for its begin and one for its end. */
    private static boolean isBegin(JsonNode entry) {
        boolean isWatch = entry.path("verb").asText().equals("watch");
        boolean hasBegun = entry.path("stage").asText().equals("ResponseStarted");
        boolean wasRefused = entry.path("responseStatus").path("code").asInt() >= 400;
        return isWatch ? hasBegun || wasRefused : !hasBegun;
    }

    private static Request request(JsonNode entry) {
        JsonNode object = entry.path("objectRef");
        String subresource = object.path("subresource").asText("");
        return new Request(
                Instant.parse(entry.path("requestReceivedTimestamp").asText()),
                entry.path("verb").asText(),
                object.path("apiGroup").asText(""),
                object.path("resource").asText("") + (subresource.isEmpty() ? "" : "/" + subresource),
                object.path("namespace").asText(""),
                object.path("name").asText(""),
                entry.path("responseStatus").path("code").asInt(),
                entry.path("userAgent").asText(""),
                entry.path("requestObject"));
    }
}
