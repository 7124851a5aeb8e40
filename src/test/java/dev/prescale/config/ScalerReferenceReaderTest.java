package dev.prescale.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.control.EndpointId;
import dev.prescale.control.SignalKind;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalerReferenceReaderTest {
    @Test
    void withoutMetadataItIsTheDemandOfTheTargetsEndpoint() {
        assertThat(valid(Map.of()))
                .isEqualTo(
                        new ScalerReference("shop", "chat-so", Optional.empty(), SignalKind.DEMAND, Optional.empty()));
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "endpoint, chat, shop/chat, DEMAND, ",
        "endpoint, shop/chat, shop/chat, DEMAND, ",
        "endpointFromEnv, chat, shop/chat, DEMAND, ",
        "metric, replicas, , REPLICAS, ",
        "metric, demand, , DEMAND, ",
        "metricFromEnv, replicas, , REPLICAS, ",
        "activationLead, 30s, , DEMAND, PT30S",
        "activationLead, 0s, , DEMAND, PT0S",
        "activationLead, PT48H, , DEMAND, PT48H",
        "scalerAddress, prescale.prescale:8080, , DEMAND, ",
        "scalerAddressFromEnv, prescale.prescale:8080, , DEMAND, ",
        "enableTLS, true, , DEMAND, ",
        "unsafeSsl, false, , DEMAND, ",
        "caCert, pem, , DEMAND, ",
        "tlsClientCertFromEnv, pem, , DEMAND, ",
        "tlsClientKey, pem, , DEMAND, "
    })
    void readsOursAndPassesOverThoseOfKeda(
            String key, String value, String endpoint, SignalKind metric, Duration activationLead) {
        ScalerReference reference = valid(Map.of(key, value));

        assertThat(reference.endpoint().map(EndpointId::toString)).isEqualTo(Optional.ofNullable(endpoint));
        assertThat(reference.metric()).isEqualTo(metric);
        assertThat(reference.activationLead()).isEqualTo(Optional.ofNullable(activationLead));
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(delimiter = '|', textBlock = """
            endpoint       | other/chat | endpoint must be the name of an endpoint in the ScaledObject's namespace, or shop/NAME, was other/chat
            endpoint       | Chat       | endpoint must be the name of an endpoint in the ScaledObject's namespace, or shop/NAME, was Chat
            endpoint       | shop/a/b   | endpoint must be the name of an endpoint in the ScaledObject's namespace, or shop/NAME, was shop/a/b
            metric         | cpu        | metric must be one of demand, replicas, was cpu
            activationLead | 49h        | activationLead must be a duration from 0s to 48h such as 30s, 5m, 2h, 28d or PT2M, was 49h
            activationLead | -PT1S      | activationLead must be a duration from 0s to 48h such as 30s, 5m, 2h, 28d or PT2M, was -PT1S
            activationLead | 30         | activationLead must be a duration from 0s to 48h such as 30s, 5m, 2h, 28d or PT2M, was 30
            endpiont       | chat       | endpiont is not a known key; did you mean endpoint?
            endpiontFromEnv| chat       | endpiontFromEnv is not a known key; known keys are endpoint, metric, activationLead
            tlsClientkey   | s3cret     | tlsClientkey is not a known key; known keys are endpoint, metric, activationLead
            """)
    void refusesWhatItDoesNotKnowWithoutRepeatingIt(String key, String value, String sentence) {
        assertThat(faults("shop", "chat-so", Map.of(key, value))).isEqualTo(sentence);
    }

    @Test
    void namesEveryFault() {
        assertThat(faults("Shop", "", Map.of("metric", "cpu", "x", "1")))
                .contains(
                        "scaledObjectRef.namespace must be a name", ", was Shop", "scaledObjectRef.name must be a name")
                .contains("x is not a known key")
                .contains("metric must be one of demand, replicas, was cpu");
    }

    @Test
    void oneKeyHasOneValue() {
        Map<String, String> both = new HashMap<>(Map.of("metric", "demand", "metricFromEnv", "replicas"));

        assertThat(faults("shop", "chat-so", both)).isEqualTo("metric and metricFromEnv must not both be set");
    }

    private static ScalerReference valid(Map<String, String> metadata) {
        return ((ReadResult.Valid<ScalerReference>) ScalerReferenceReader.read("shop", "chat-so", metadata)).value();
    }

    private static String faults(String namespace, String name, Map<String, String> metadata) {
        var read = ScalerReferenceReader.read(namespace, name, metadata);
        return ((ReadResult.Invalid<ScalerReference>) read)
                .violations().stream().map(Violation::toString).collect(Collectors.joining("; "));
    }
}
