package dev.prescale.config;

import static dev.prescale.config.SpecFixture.LEAST;
import static dev.prescale.config.SpecFixture.leastAnd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prescale.control.EndpointSpec;
import dev.prescale.testing.Kubectl;
import dev.prescale.testing.KubernetesApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a real API server makes of the custom resource's definition: what it takes, what it refuses and with which words. */
@Tag("e2e")
class PredictiveAutoscalerIT {
    private static final String NAMESPACE = "inference";
    private static final int SEEDS = 400;

    private static KubernetesApiServer server;
    private static KubernetesClient admin;

    @BeforeAll
    static void begin() {
        server = KubernetesApiServer.begin();
        admin = server.admin();
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
        admin.load(new ByteArrayInputStream(CustomResourceSchema.yaml().getBytes(StandardCharsets.UTF_8)))
                .serverSideApply();
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
            create(SpecFixture.yaml(LEAST));
            return true;
        });
    }

    @AfterAll
    static void end() {
        if (server != null) {
            admin.close();
            server.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "minReplicas: null",
                "mode: null",
                "mode: HpaFloor",
                "minReplicas: 0",
                "predictive: {holidays: NO, quantile: null, cost: null}",
                "predictive: {holidays: [2024-05-17]}",
                "predictive: {horizon: PT2H, leadTime: {max: PT45M}}",
                "reactive: {metrics: [{name: cpu, target: {utilization: 0.7}}]}",
                "reactive: {metrics: [{name: memory, target: {averageValue: 0.5, value: null}}]}",
                "reactive: {metrics: [{name: p95, target: {value: 300ms}, influx: {bucket: b, query: q}}]}",
                "steps: [{metric: requestRate, above: 0.5, below: 1s, change: {percent: 5}, minimumMagnitude: 2}]",
                "schedules: [{name: x, start: 0 8 * * *, end: 0 9 * * *, replicas: 40}]",
                "behavior: {scaleUp: {policies: null}}",
            })
    void whatIsValidInAFileIsTaken(String spec) {
        assertThat(SpecReader.readEndpoint(SpecFixture.yaml(leastAnd(spec)))).isInstanceOf(ReadResult.Valid.class);
        assertThatCode(() -> create(SpecFixture.yaml(leastAnd(spec)))).doesNotThrowAnyException();
    }

    @Test
    void everyExampleIsTaken() throws IOException {
        int taken = 0;
        try (Stream<Path> files = Files.walk(Path.of("k8s/examples"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
                for (YamlDocument document : YamlText.documents(Files.readString(file))) {
                    if (document.content() instanceof ReadResult.Valid<JsonNode>(JsonNode tree)
                            && tree.path("kind").asText().equals(CustomResource.KIND)) {
                        assertThatCode(() -> create(tree)).as("%s", file).doesNotThrowAnyException();
                        taken++;
                    }
                }
            }
        }
        assertThat(taken).isGreaterThanOrEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "queueing: {serviceTime: 80ms, latencyTarget: 300ms}",
                "models: [{tag: a, serviceTime: 1s}, {tag: b, serviceTime: 2s}]",
                "{learned: {utilization: {influx: {bucket: b, measurement: m, field: f}}, models: [a]}, modelTag: t}",
            })
    void everyKindOfCapacityIsTaken(String capacity) {
        String yaml = LEAST.replace("perReplica: {requestRate: 12}", capacity);
        assertThatCode(() -> create(SpecFixture.yaml(yaml))).doesNotThrowAnyException();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    minReplicas: -3                    | spec.minReplicas in body should be greater than or equal to 0
                    minReplicas: 2.5                   | spec.minReplicas in body must be of type integer
                    minReplicas: 41                    | spec.minReplicas: Invalid value: must be at most maxReplicas
                    mode: observe                      | spec.mode: Unsupported value: "observe": supported values: "Observe", "Scale", "HpaFloor", "Keda"
                    predictive: {quantile: 1}          | spec.predictive.quantile in body should be less than 1
                    predictive: {enabled: "yes"}       | spec.predictive.enabled in body must be of type boolean
                    predictive: {horizon: 2 h}         | spec.predictive.horizon in body should match
                    predictive: {cost: {unserved: 19}} | spec.predictive.cost.idle: Required value
                    predictive: {events: [{name: x, from: 2024-01-01T00:00, to: 2024-01-02T00:00}]} | must have exactly one of factor, which is above 0 and at most 1000, and pattern, a past date
                    traffic: null                      | spec.traffic
                    reactive: {metrics: [{name: forecast, target: {utilization: 1}}]} | "spec.reactive.metrics[0].name" must not validate the schema (not)
                    reactive: {metrics: [{name: cpu, target: {value: 1, averageValue: 2}}]} | spec.reactive.metrics[0].target: Too many: 2: must have at most 1 item
                    reactive: {metrics: [{name: cpu, target: {}}]} | spec.reactive.metrics[0].target in body should have at least 1 properties
                    reactive: {metrics: [{name: cpu, target: {value: true}}]} | "spec.reactive.metrics[0].target.value" must not validate the schema (not)
                    reactive: {metrics: [{name: queue, target: {utilization: 0.7}}]} | spec.reactive.metrics[0].influx: Invalid value: is required
                    reactive: {metrics: [{name: cpu, target: {utilization: 1}}, {name: cpu, target: {utilization: 1}}]} | spec.reactive.metrics: Invalid value: must be the name of one metric only
                    steps: [{metric: cpu, above: 1, change: {replicas: 1}}] | spec.steps: Invalid value: must have names of reactive.metrics, or requestRate, as metric
                    steps: [{metric: requestRate, change: {replicas: 1}}] | "spec.steps[0]" must validate at least one schema (anyOf)
                    steps: [{metric: requestRate, above: 5, change: {replicas: 0}}] | "spec.steps[0].change.replicas" must not validate the schema (not)
                    steps: [{metric: requestRate, above: 5, change: {replicas: 1, exact: 2}}] | spec.steps[0].change: Invalid value: must have exactly one of replicas, percent and exact
                    steps: [{metric: requestRate, above: 5, change: {replicas: 1}, minimumMagnitude: 2}] | spec.steps[0].minimumMagnitude: Invalid value: must stand beside change.percent only
                    behavior: {scaleUp: {policies: []}} | spec.behavior.scaleUp.policies: Invalid value: must have at least one policy; leave it out for the default
                    behavior: {scaleUp: {policies: [{period: 15s}]}} | spec.behavior.scaleUp.policies[0]: Invalid value: must have exactly one of percent and replicas
                    schedules: [{name: x, start: 0 8 * * *, end: 0 9 * * *}] | spec.schedules[0]: Invalid value: must have minReplicas, maxReplicas or replicas
                    schedules: [{name: x, start: 0 8 * * *, end: 0 8 * * *, replicas: 3}] | spec.schedules[0].end: Invalid value: must be another time than start
                    schedules: [{name: x, start: 0 8 * * *, end: 0 9 * * *, replicas: 3, maxReplicas: 5}] | must have replicas alone, or minReplicas and maxReplicas
                    schedules: [{name: x, start: 0 8 * * *, end: 0 9 * * *, replicas: 41}] | spec.schedules: Invalid value: must have floors of at most maxReplicas of the endpoint
                    schedules: [{name: x, start: 0 8 * * *, end: 0 9 * * *, replicas: 0}] | spec.schedules: Invalid value: must have ceilings of at least minReplicas of the endpoint
                    schedules: [{name: x, start: 0 8 * * *, end: 0 9 * * *, minReplicas: 3, maxReplicas: 2}] | spec.schedules[0].minReplicas: Invalid value: must be at most maxReplicas of the schedule
                    """)
    void whatTheSchemaCanTellIsRefused(String spec, String message) {
        String yaml = spec.startsWith("traffic") ? LEAST.replace("traffic:", "xtraffic:") : leastAnd(spec);
        assertThat(SpecReader.readEndpoint(SpecFixture.yaml(yaml))).isInstanceOf(ReadResult.Invalid.class);
        assertThatThrownBy(() -> create(SpecFixture.yaml(yaml)))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    maxReplicas: 40           | maxReplicas: null   | spec.maxReplicas: Required value
                    requestRate: 12           | targetUtilization: 1 | spec.capacity.perReplica.requestRate: Required value
                    perReplica: {requestRate: 12} | {}              | spec.capacity: Invalid value: must have exactly one of perReplica, queueing, learned and models
                    perReplica: {requestRate: 12} | '{perReplica: {requestRate: 12}, queueing: {serviceTime: 80ms, latencyTarget: 300ms}}' | must have exactly one of perReplica, queueing, learned and models
                    perReplica: {requestRate: 12} | 'models: []'    | spec.capacity.models: Invalid value: must have at least one model
                    perReplica: {requestRate: 12} | 'models: [{tag: a, serviceTime: 1s}, {tag: a, serviceTime: 2s}]' | spec.capacity.models: Invalid value: must be the tag of one model only
                    perReplica: {requestRate: 12} | '{perReplica: {requestRate: 12}, targetUtilization: 0.5}' | spec.capacity.targetUtilization: Invalid value: belongs to models; perReplica, queueing and learned have their own
                    perReplica: {requestRate: 12} | '{perReplica: {requestRate: 12}, modelTag: m}' | spec.capacity.modelTag: Invalid value: has a meaning with models and learned.models only
                    perReplica: {requestRate: 12} | 'learned: {utilization: {}}' | spec.capacity.learned.utilization.influx: Required value
                    kind: Count               | kind: Gauge         | spec.traffic.influx.kind: Unsupported value: "Gauge"
                    field: count              | field: null         | spec.traffic.influx.field: Invalid value: is required, or query in its place
                    field: count              | field: count, query: x | spec.traffic.influx.query: Invalid value: must not stand beside measurement, field or tags
                    field: count              | field: count, tags: {a: 5} | spec.traffic.influx.tags.a in body must be of type string
                    """)
    void soIsWhatItCanTellOfTheRest(String part, String replacement, String message) {
        String yaml = LEAST.replace(part, replacement);
        assertThatThrownBy(() -> create(SpecFixture.yaml(yaml)))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"Scale", "HpaFloor"})
    void nobodyWouldStartTheFirstReplica(String mode) {
        assertThatThrownBy(() -> create(SpecFixture.yaml(leastAnd("mode: %s\nminReplicas: 0".formatted(mode)))))
                .hasMessageContaining("spec.minReplicas: Invalid value: must be at least 1 with mode " + mode);
    }

    /** The reader may refuse more: the server knows no time zones, cron expressions and country codes. */
    @Test
    void whateverAReaderTakesTheServerTakes() throws IOException {
        int refusedByReader = 0;
        int refusedByServerToo = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            JsonNode document = SpecFixture.yaml(Files.readString(Path.of("k8s/examples/chat.yaml")));
            SplittableRandom random = new SplittableRandom(seed);
            for (int i = 0; i < SpecMutationTest.MUTATIONS_PER_SEED; i++) {
                SpecMutationTest.mutate(document, random);
            }
            if (SpecReader.readEndpoint(document) instanceof ReadResult.Valid<EndpointSpec>) {
                assertThatCode(() -> create(document)).as("%s", document).doesNotThrowAnyException();
            } else if (document.path("metadata").isObject()) {
                refusedByReader++;
                refusedByServerToo += isTaken(document) ? 0 : 1;
            }
        }
        System.out.printf(
                "Of %d mutated specifications that the reader refuses, the API server refuses %d%n",
                refusedByReader, refusedByServerToo);
        assertThat(refusedByServerToo).isGreaterThan(refusedByReader / 2);
    }

    @Test
    void kubectlExplainsEachKey() throws Exception {
        Kubectl kubectl = Kubectl.of(server);

        assertThat(words(kubectl.run("explain", "pas.spec.capacity")))
                .contains("exactly one of perReplica, queueing, learned", "queueing", "M/M/c");
        assertThat(words(kubectl.run("explain", "pas.spec.minReplicas")))
                .contains("Fewest replicas", "a whole number from 0 to 100000", "Default: 1.");
        assertThat(words(kubectl.run("explain", "pas.spec.mode"))).contains("ENUM:", "HpaFloor", "Default: Observe.");
        assertThat(kubectl.run("explain", "pas.status.lastDecision")).contains("toReplicas", "docs/decision.md");
        assertThat(kubectl.run("explain", "pas.spec", "--recursive")).contains("scaleInHorizon", "bufferFraction");
    }

    @Test
    void kubectlRefusesAKeyThatIsNotKnown() throws Exception {
        Path file = Files.createTempFile("prescale", ".yaml");
        Files.writeString(file, leastAnd("minReplica: 1"));

        assertThat(Kubectl.of(server).run("apply", "--dry-run=server", "-f", file.toString()))
                .contains("unknown field \"spec.minReplica\"");
        Files.delete(file);
    }

    /** Without the line breaks that kubectl puts between them. */
    private static String words(String printed) {
        return printed.replaceAll("\\s+", " ");
    }

    private static boolean isTaken(JsonNode document) {
        try {
            create(document);
            return true;
        } catch (KubernetesClientException refused) {
            return false;
        }
    }

    private static void create(JsonNode document) {
        GenericKubernetesResource resource =
                Serialization.unmarshal(inNamespace(document).toString(), GenericKubernetesResource.class);
        admin.genericKubernetesResources(CustomResource.API_VERSION, CustomResource.KIND)
                .inNamespace(NAMESPACE)
                .resource(resource)
                .dryRun()
                .create();
    }

    private static JsonNode inNamespace(JsonNode document) {
        ObjectNode copy = document.deepCopy();
        copy.withObject("/metadata").put("namespace", NAMESPACE);
        return copy;
    }
}
