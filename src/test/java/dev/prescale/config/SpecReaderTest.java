package dev.prescale.config;

import static dev.prescale.config.SpecFixture.faults;
import static dev.prescale.config.SpecFixture.leastAnd;
import static dev.prescale.config.SpecFixture.valid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.EndpointSpec.Pausing;
import dev.prescale.control.EndpointSpec.ScaleTargetRef;
import dev.prescale.control.Mode;
import dev.prescale.control.PauseNote;
import dev.prescale.control.TrafficSource;
import dev.prescale.scaling.ScalingPolicy;
import dev.prescale.scaling.ScalingPolicy.Behavior;
import dev.prescale.scaling.ScalingPolicy.MetricTarget;
import dev.prescale.scaling.ScalingPolicy.Predictive;
import dev.prescale.scaling.ScalingPolicy.TargetType;
import dev.prescale.scaling.StepRule;
import dev.prescale.series.SampleKind;
import dev.prescale.series.Step;
import dev.prescale.series.TrafficCalendar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecReaderTest {
    private static final Duration TWO_MINUTES = Duration.ofMinutes(2);
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    @Test
    void theDocumentedExampleIsValidAndSaysWhatItsCommentsSay() throws IOException {
        EndpointSpec spec = valid(Files.readString(Path.of("k8s/examples/chat.yaml")));

        assertThat(spec.id()).isEqualTo(new EndpointId("inference", "chat"));
        assertThat(spec.mode()).isEqualTo(Mode.OBSERVE);
        assertThat(spec.scaleTargetRef()).isEqualTo(new ScaleTargetRef("apps/v1", "Deployment", "chat"));
        assertThat(spec.pausing()).isEqualTo(Pausing.NONE);
        assertThat(spec.history()).isEqualTo(Duration.ofDays(28));
        assertThat(spec.traffic())
                .isEqualTo(new TrafficSource(
                        "traffic",
                        "http_requests",
                        "count",
                        Map.of("service", "chat"),
                        SampleKind.COUNT,
                        new Step(60),
                        null));
        assertThat(spec.metricSources()).containsOnlyKeys("cpu", "p95", "queue");
        assertThat(spec.calendar().zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(spec.calendar().isHoliday(LocalDate.of(2024, 10, 3))).isTrue();
        assertThat(spec.calendar().events())
                .containsExactly(new TrafficCalendar.Event(
                        "launch", Instant.parse("2026-12-01T08:00:00Z"), Instant.parse("2026-12-01T11:00:00Z"), 3));

        ScalingPolicy policy = spec.policy();
        assertThat(policy.capacity().sustainedBy(1)).isEqualTo(12);
        // 19 / (19 + 1)
        assertThat(policy.predictive().quantile()).isCloseTo(0.95, within(1e-12));
        assertThat(policy.behavior()).isEqualTo(Behavior.DEFAULT);
        assertThat(policy.reactive().metrics())
                .containsExactly(
                        new MetricTarget("cpu", TargetType.UTILIZATION, 0.7),
                        new MetricTarget("p95", TargetType.VALUE, 0.3),
                        new MetricTarget("queue", TargetType.AVERAGE_VALUE, 5));
        assertThat(policy.steps())
                .containsExactly(
                        new StepRule("p95", 0.5, 1.0, TWO_MINUTES, new StepRule.Change.Replicas(2), FIVE_MINUTES),
                        new StepRule("p95", 1.0, null, TWO_MINUTES, new StepRule.Change.Percent(50, 3), FIVE_MINUTES));
        assertThat(policy.schedules().getLast().minReplicas()).isEqualTo(2);
        assertThat(policy.schedules().getLast().maxReplicas()).isEqualTo(2);
        assertThat(policy.schedules().getFirst()).satisfies(office -> {
            assertThat(office.minReplicas()).isEqualTo(4);
            assertThat(office.activeAt().test(Instant.parse("2024-01-01T09:00:00Z")))
                    .isTrue();
        });
    }

    @Test
    void theLeastSpecificationHasTheDocumentedDefaults() {
        EndpointSpec spec = valid(SpecFixture.LEAST);

        assertThat(spec.policy().bounds()).isEqualTo(ScalingPolicy.ReplicaBounds.of(1, 40));
        assertThat(spec.policy().capacity().targetUtilization()).isEqualTo(0.7);
        assertThat(spec.policy().predictive()).isEqualTo(Predictive.DEFAULT);
        assertThat(spec.policy().reactive()).isEqualTo(ScalingPolicy.Reactive.DEFAULT);
        assertThat(spec.policy().behavior()).isEqualTo(Behavior.DEFAULT);
        assertThat(spec.policy().fallback()).isEqualTo(ScalingPolicy.Fallback.DEFAULT);
        assertThat(spec.calendar()).isEqualTo(TrafficCalendar.UTC);
        assertThat(spec.traffic().step()).isEqualTo(new Step(60));
    }

    @Test
    void readingTheSameTextTwiceGivesEqualSpecifications() throws IOException {
        String example = Files.readString(Path.of("k8s/examples/chat.yaml"));
        assertThat(valid(example)).isEqualTo(valid(example));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "'predictive: {cost: {unserved: 3, idle: 1}}', 0.75",
        "'predictive: {cost: {unserved: 3, idle: 1}, quantile: 0.9}', 0.9",
        "'predictive: {quantile: 0.99}', 0.99",
        "'predictive: {enabled: true}', 0.95"
    })
    void theQuantileIsFixedOrFollowsFromCost(String predictive, double quantile) {
        assertThat(valid(leastAnd(predictive)).policy().predictive().quantile()).isEqualTo(quantile);
    }

    @Test
    void jsonAndYamlGiveTheSameFaults() {
        String json = """
                {"apiVersion": "prescale.dev/v1alpha1", "kind": "PredictiveAutoscaler", "metadata": {"name": "Chat"},
                 "spec": {"scaleTargetRef": {"name": "chat"}, "maxReplicas": 0, "capacity": {"perReplica": {"requestRate": -1}}}}
                """;
        var fromJson = (ReadResult.Invalid<EndpointSpec>)
                SpecReader.readEndpoint(((ReadResult.Valid<JsonNode>) StrictJson.parse(json)).value());
        assertThat(fromJson.violations().stream().map(Violation::toString))
                .containsExactlyElementsOf(faults(json))
                .containsExactlyInAnyOrder(
                        "metadata.name must be a name of lower case letters, digits, - and ., up to 253 characters, was Chat",
                        "spec.traffic is required",
                        "spec.maxReplicas must be a whole number from 1 to 100000, was 0",
                        "spec.capacity.perReplica.requestRate must be a number above 0, at most 1000000000, was -1");
    }

    @ParameterizedTest
    @CsvSource({"Observe", "Keda"})
    void whereNobodyElseHasToStartTheFirstReplicaThereMayBeNone(String mode) {
        EndpointSpec spec = valid(leastAnd("mode: %s\nminReplicas: 0".formatted(mode)));
        assertThat(spec.mode().wireName()).isEqualTo(mode);
        assertThat(spec.policy().bounds().minReplicas()).isZero();
    }

    @Test
    void aStepTakesItsDefaults() {
        EndpointSpec spec = valid(leastAnd("steps: [{metric: requestRate, below: 5, change: {percent: -25}}]"));
        assertThat(spec.policy().steps())
                .containsExactly(new StepRule(
                        "requestRate", null, 5.0, Duration.ZERO, new StepRule.Change.Percent(-25, 0), FIVE_MINUTES));
    }

    @Test
    void intervalsThatTouchDoNotOverlap() {
        EndpointSpec spec = valid(leastAnd("""
                steps:
                  - {metric: requestRate, below: 5, change: {replicas: -1}}
                  - {metric: requestRate, above: 5, below: 9, change: {replicas: +1}}
                  - {metric: requestRate, above: 9, change: {replicas: +3}}
                """));
        assertThat(spec.policy().steps()).hasSize(3);
    }

    @Test
    void norwayIsACountryAndNotFalse() {
        TrafficCalendar calendar = valid(leastAnd("predictive: {holidays: NO}")).calendar();
        assertThat(calendar.isHoliday(LocalDate.of(2024, 5, 17))).isTrue();
    }

    @Test
    void holidaysMayBeAListOfDates() {
        TrafficCalendar calendar = valid(leastAnd("predictive: {holidays: [2024-05-17, \"2024-05-18\"]}"))
                .calendar();
        assertThat(calendar.holidays()).containsOnly(LocalDate.of(2024, 5, 17), LocalDate.of(2024, 5, 18));
    }

    @Test
    void aFreeQueryStandsInPlaceOfMeasurementAndField() {
        String yaml = SpecFixture.LEAST.replace(
                "measurement: http_requests, field: count", "query: 'from(bucket: \"x\") |> range(start: -1h)'");
        assertThat(valid(yaml).traffic().query()).startsWith("from(bucket");
    }

    @Test
    void annotationsPause() {
        String yaml = SpecFixture.LEAST.replace(
                "namespace: inference",
                "annotations: {prescale.dev/paused: \"true\", prescale.dev/paused-scale-in: \"true\", other/x: y}");
        assertThat(valid(yaml).pausing()).isEqualTo(new Pausing(true, true));
        assertThat(valid(yaml).id().namespace()).isEqualTo("default");
    }

    /** What is told of a pause decides nothing, so that a slip in it must not undo the pause. */
    @Test
    void annotationsTellOfThePause() {
        String yaml = SpecFixture.LEAST.replace(
                "namespace: inference",
                "annotations: {prescale.dev/paused: \"true\", prescale.dev/paused-by: ada,"
                        + " prescale.dev/paused-at: \"2024-01-29T08:00:00Z\", prescale.dev/paused-reason: migration}");
        assertThat(valid(yaml).pausing())
                .isEqualTo(new Pausing(
                        true, false, new PauseNote("ada", Instant.parse("2024-01-29T08:00:00Z"), "migration")));
        assertThat(valid(yaml.replace("2024-01-29T08:00:00Z", "noon")).pausing())
                .isEqualTo(new Pausing(true, false, new PauseNote("ada", null, "migration")));
    }

    @Test
    void aPreviewNeedsNeitherTargetNorTrafficAndMayStartAtZero() {
        JsonNode spec = SpecFixture.yaml("""
                minReplicas: 0
                maxReplicas: 20
                mode: Keda
                capacity: {perReplica: {requestRate: 10, targetUtilization: 1.0}}
                reactive: {metrics: [{name: cpu, target: {utilization: 0.7}}]}
                behavior: {scaleDown: {stabilizationWindow: 5m}}
                predictive: {enabled: false}
                """);
        var read = (ReadResult.Valid<SpecReader.PolicySpec>) SpecReader.readPolicy(spec);
        assertThat(read.value().policy().bounds().minReplicas()).isZero();
        assertThat(read.value().policy().predictive().enabled()).isFalse();
        assertThat(read.value().policy().behavior()).isEqualTo(Behavior.DEFAULT);
    }
}
