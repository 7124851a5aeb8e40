package dev.prescale.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The definition of the custom resource; that an API server takes it and what it refuses is {@code PredictiveAutoscalerIT}. */
class CustomResourceSchemaTest {
    private static final Path FILE = Path.of("k8s/base/crd.yaml");
    private static final JsonNode VERSION =
            SpecFixture.yaml(CustomResourceSchema.yaml()).at("/spec/versions/0");
    private static final JsonNode SPEC = VERSION.at("/schema/openAPIV3Schema/properties/spec");

    @Test
    void theFileIsWhatTheCodeDoes() throws IOException {
        if (Boolean.getBoolean("prescale.docs.write")) {
            Files.writeString(FILE, CustomResourceSchema.yaml());
        }
        assertThat(FILE)
                .as("mvn test -Dtest=CustomResourceSchemaTest -Dprescale.docs.write=true writes it")
                .hasContent(CustomResourceSchema.yaml());
    }

    @Test
    void aKeySaysWhatItMeansWhatIsAllowedAndWhatHoldsWithoutIt() {
        assertThat(property("minReplicas").path("description").asText())
                .startsWith("Fewest replicas;")
                .contains("Allowed: a whole number from 0 to 100000.")
                .endsWith("Default: 1.");
        assertThat(property("maxReplicas").path("description").asText()).endsWith("Required.");
    }

    @Test
    void aKeyHasTheBoundsItIsReadWith() {
        assertThat(property("minReplicas").path("type").asText()).isEqualTo("integer");
        assertThat(property("minReplicas").path("minimum").asInt()).isZero();
        assertThat(property("minReplicas").path("maximum").asInt()).isEqualTo(100_000);
        JsonNode quantile = SPEC.at("/properties/predictive/properties/quantile");
        assertThat(quantile.path("exclusiveMinimum").asBoolean()).isTrue();
        assertThat(quantile.path("exclusiveMaximum").asBoolean()).isTrue();
        assertThat(property("mode").path("enum")).extracting(JsonNode::asText).contains("Observe", "HpaFloor");
        assertThat(property("steps").path("maxItems").asInt()).isEqualTo(50);
    }

    @Test
    void whatAnEndpointNeedsIsRequiredThoughAPreviewMayLeaveItOut() {
        assertThat(SPEC.path("required"))
                .extracting(JsonNode::asText)
                .containsExactly("scaleTargetRef", "maxReplicas", "traffic", "capacity");
    }

    @Test
    void whatMayBeLeftOutMayBeNullUnlessItIsAWordOrCounted() {
        assertThat(property("minReplicas").path("nullable").asBoolean()).isTrue();
        assertThat(property("maxReplicas").has("nullable")).isFalse();
        assertThat(property("mode").has("nullable")).isFalse();
        JsonNode target = SPEC.at("/properties/reactive/properties/metrics/items/properties/target");
        assertThat(target.path("maxProperties").asInt()).isEqualTo(1);
        assertThat(target.at("/properties/utilization").has("nullable")).isFalse();
    }

    @Test
    void aKeyWhoseFormDependsOnItsContentIsKeptAsItIs() {
        JsonNode holidays = SPEC.at("/properties/predictive/properties/holidays");
        assertThat(holidays.path("x-kubernetes-preserve-unknown-fields").asBoolean())
                .isTrue();
        assertThat(holidays.has("type")).isFalse();
    }

    @Test
    void noDefaultIsWrittenIntoResources() {
        assertThat(VERSION.findValues("default")).isEmpty();
    }

    @Test
    void whatIsSaidTwiceIsSaidInTheSameWords() {
        List<String> messages = new ArrayList<>();
        SPEC.findValues("x-kubernetes-validations")
                .forEach(rules ->
                        rules.forEach(rule -> messages.add(rule.path("message").asText())));
        assertThat(messages)
                .contains(
                        "must have exactly one of perReplica, queueing, learned and models",
                        "must be at most maxReplicas",
                        "must be at least 1 with mode Scale");
    }

    private static JsonNode property(String name) {
        return SPEC.path("properties").path(name);
    }
}
