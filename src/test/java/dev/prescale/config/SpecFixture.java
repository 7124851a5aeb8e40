package dev.prescale.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prescale.control.EndpointSpec;
import java.util.List;

/** Specifications as text, and what comes of reading them. */
final class SpecFixture {
    /** The least that an endpoint needs. */
    static final String LEAST = """
            apiVersion: prescale.dev/v1alpha1
            kind: PredictiveAutoscaler
            metadata: {name: chat, namespace: inference}
            spec:
              scaleTargetRef: {name: chat}
              maxReplicas: 40
              traffic:
                influx: {bucket: traffic, measurement: http_requests, field: count, kind: Count}
              capacity:
                perReplica: {requestRate: 12}
            """;

    private SpecFixture() {}

    /** The least specification of an endpoint with this name and ceiling. */
    static String least(String name, int maxReplicas) {
        return LEAST.replace("{name: chat, namespace: inference}", "{name: %s}".formatted(name))
                .replace("maxReplicas: 40", "maxReplicas: " + maxReplicas);
    }

    /** The least specification with lines added to its {@code spec}. */
    static String leastAnd(String specLines) {
        return LEAST + specLines.indent(2);
    }

    static EndpointSpec valid(String yaml) {
        SpecText.Document document =
                SpecText.read("test.yaml", yaml).documents().getFirst();
        if (document.spec() == null) {
            throw new AssertionError(document.faults());
        }
        return document.spec();
    }

    /** The faults as sentences. */
    static List<String> faults(String yaml) {
        return SpecText.read("test.yaml", yaml).faults().stream()
                .map(fault -> fault.violation().toString())
                .toList();
    }

    static JsonNode yaml(String yaml) {
        return ((ReadResult.Valid<JsonNode>) YamlText.documents(yaml).getFirst().content()).value();
    }
}
