package dev.prescale.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prescale.accuracy.GateStatus;
import dev.prescale.config.PreviewRequest.GivenForecast;
import dev.prescale.config.PreviewRequest.GivenSeries;
import dev.prescale.forecast.QuantileLevels;
import dev.prescale.scaling.Observation;
import dev.prescale.scaling.Observation.PodReading;
import dev.prescale.scaling.RateReading;
import dev.prescale.scaling.ScalingHistory;
import dev.prescale.scaling.StepRule;
import dev.prescale.series.RateSeries;
import dev.prescale.series.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreviewRequestReaderTest {
    private static final String LEAST = """
            {"spec": {"maxReplicas": 20, "capacity": {"perReplica": {"requestRate": 10}}},
             "now": "2024-01-29T08:00:00Z", "observation": {"currentReplicas": 3}}""";
    private static final String DOCUMENTED = """
            {"spec": {"minReplicas": 1, "maxReplicas": 20, "capacity": {"perReplica": {"requestRate": 10, "targetUtilization": 1.0}},
                      "reactive": {"metrics": [{"name": "cpu", "target": {"utilization": 0.7}}]},
                      "behavior": {"scaleDown": {"stabilizationWindow": "5m"}}, "predictive": {"enabled": false}},
             "now": "2024-01-29T08:00:00Z",
             "observation": {"currentReplicas": 3, "readyReplicas": 3, "requestRate": 44.0, "metrics": {"cpu": 0.81, "p95": null},
                             "pods": [{"ready": true, "phase": "Running", "usage": {"cpu": 0.81}, "request": {"cpu": 1.0}, "initializing": false, "deleted": false}],
                             "rolloutInProgress": false},
             "past": {"recommendations": [{"at": "2024-01-29T07:58:00Z", "replicas": 5}, {"at": "2024-01-29T07:57:00Z", "replicas": 4}],
                      "changes": [{"at": "2024-01-29T07:59:30Z", "from": 3, "to": 5}]},
             "forecast": {"origin": "2024-01-29T08:00:00Z", "step": "PT1M", "quantiles": [0.5, 0.95], "rates": [[40, 60]]},
             "gate": "Trusted", "leadTime": "PT2M"}
            """;
    private static final Instant NOW = Instant.parse("2024-01-29T08:00:00Z");

    @Test
    void readsTheDocumentedRequest() {
        PreviewRequest request = valid(DOCUMENTED);
        assertThat(request.now()).isEqualTo(NOW);
        assertThat(request.observation())
                .isEqualTo(new Observation(
                        3,
                        3,
                        new RateReading.Known(44),
                        Map.of("cpu", new RateReading.Known(0.81)),
                        List.of(new PodReading(
                                true,
                                Observation.Phase.RUNNING,
                                Map.of("cpu", 0.81),
                                Map.of("cpu", 1.0),
                                false,
                                false)),
                        false,
                        Observation.Pause.NONE));
        assertThat(request.past().recommendations())
                .extracting(ScalingHistory.Recommendation::replicas)
                .containsExactly(4, 5);
        assertThat(request.past().changes())
                .containsExactly(new ScalingHistory.ReplicaChange(NOW.minusSeconds(30), 3, 5));
        assertThat(request.outlook())
                .isEqualTo(new GivenForecast(
                        NOW, new Step(60), QuantileLevels.of(0.5, 0.95), List.of(List.of(40.0, 60.0))));
        assertThat(request.gate()).isEqualTo(GateStatus.State.TRUSTED);
        assertThat(request.leadTime()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void whatIsLeftOutIsMissingAndNeverZero() {
        PreviewRequest request = valid(LEAST);
        assertThat(request.observation().readyReplicas()).isEqualTo(3);
        assertThat(request.observation().requestRate()).isEqualTo(new RateReading.NoData());
        assertThat(request.observation().metrics()).isEmpty();
        assertThat(request.past()).isEqualTo(ScalingHistory.NONE);
        assertThat(request.outlook()).isNull();
        assertThat(request.gate()).isNull();
        assertThat(request.leadTime()).isNull();
    }

    @Test
    void earlierReadingsAndStepsReachTheSteps() {
        String stepping = LEAST.replace("\"maxReplicas\": 20", """
                "maxReplicas": 20, "steps": [{"metric": "requestRate", "above": 50, "for": "2m", "change": {"replicas": 2}}]""").replace("\"observation\"", """
                "past": {"readings": [{"at": "2024-01-29T07:59:00Z", "metric": "requestRate", "value": 70},
                                      {"at": "2024-01-29T07:56:00Z", "metric": "requestRate", "value": 60},
                                      {"at": "2024-01-29T07:57:00Z", "metric": "requestRate", "value": null},
                                      {"at": "2024-01-29T07:58:00Z", "metric": "requestRate", "value": 60}],
                         "steps": [{"at": "2024-01-29T07:50:00Z", "rule": "step:requestRate", "from": 1, "to": 3}]},
                "observation\"""");
        ScalingHistory past = valid(stepping).past();
        assertThat(past.breaches())
                .containsExactly(new ScalingHistory.Breach(
                        "requestRate", StepRule.Direction.ADDS, NOW.minusSeconds(120), NOW.minusSeconds(60)));
        assertThat(past.steps())
                .containsExactly(new ScalingHistory.StepTaken(NOW.minusSeconds(600), "step:requestRate", 1, 3));
    }

    @Test
    void aSeriesMayStandInPlaceOfTheForecast() {
        String series = """
                {"series": {"start": "2024-01-29T07:58:00Z", "step": "PT1M", "unit": "count", "values": [60, 120]}, "spec\"""";
        assertThat(valid(LEAST.replace("{\"spec\"", series)).outlook())
                .isEqualTo(new GivenSeries(RateSeries.of(NOW.minusSeconds(120), new Step(60), 1, 2)));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    "maxReplicas": 20   | "maxReplicas": 0      | spec.maxReplicas must be a whole number from 1 to 100000, was 0
                    "minReplicas": 1    | "minReplicas": 21     | spec.minReplicas must be at most maxReplicas, which is 20, was 21
                    "currentReplicas": 3 | "current": 3         | observation.currentReplicas is required
                    "requestRate": 44.0 | "requestRate": -44.0  | observation.requestRate must be a number from 0 to 1000000000000000, was -44.0
                    "requestRate": 44.0 | "modelRates": {"a": 1} | observation.modelRates has a meaning with capacity.models only, was {"a":1}
                    "cpu": 0.81, "p95"  | "cpu": "81%", "p95"   | observation.metrics.cpu must be a number from 0 to 1000000000000000, was 81%
                    "phase": "Running"  | "phase": "Crashed"    | observation.pods[0].phase must be one of Pending, Running, Succeeded, Failed, Unknown, was Crashed
                    07:59:30Z           | 08:59:30Z             | past.changes[0].at must not be after now, which is 2024-01-29T08:00:00Z, was 2024-01-29T08:59:30Z
                    [[40, 60]]          | [[60, 40]]            | forecast.rates[0] must be 2 numbers from 0 to 1000000000000000 that are not lower at a higher level, was [60,40]
                    [[40, 60]]          | [[40]]                | forecast.rates[0] must be 2 numbers from 0 to 1000000000000000 that are not lower at a higher level, was [40]
                    [[40, 60]]          | [[40, null]]          | forecast.rates[0] must be 2 numbers from 0 to 1000000000000000 that are not lower at a higher level, was [40,null]
                    [[40, 60]]          | []                    | forecast.rates must be a list of 1 to 2000 rows, each a list of one number per level that is not lower at a higher level, was []
                    "gate": "Trusted"   | "gate": "Open"        | gate must be one of Trusted, Distrusted, was Open
                    "gate": "Trusted"   | "series": {}          | series must not stand beside forecast, was {}
                    "leadTime": "PT2M"  | "leadTime": "P2D"     | leadTime must be a duration from 1s to 6h such as 30s, 5m, 2h, 28d or PT2M, was P2D
                    "now"               | "then"                | now is required
                    """)
    void namesWhatIsWrong(String part, String replacement, String fault) {
        assertThat(faults(DOCUMENTED.replace(part, replacement))).contains(fault);
    }

    @Test
    void theLoadOfSeveralModelsIsTheirWork() {
        String models = LEAST.replace(
                        "{\"perReplica\": {\"requestRate\": 10}}",
                        "{\"models\": [{\"tag\": \"a\", \"serviceTime\": \"500ms\"}, {\"tag\": \"b\", \"serviceTime\": \"2s\"}]}")
                .replace("\"currentReplicas\": 3", "\"currentReplicas\": 3, \"modelRates\": {\"a\": 3.0, \"b\": 1.5}");
        // 3 x 0.5 s + 1.5 x 2 s
        assertThat(valid(models).observation().requestRate()).isEqualTo(new RateReading.Known(4.5));
        assertThat(valid(models.replace("1.5", "null")).observation().requestRate())
                .isEqualTo(new RateReading.NoData("the rate of a model is missing"));
        assertThat(faults(models.replace("\"b\": 1.5", "\"c\": 1.5")))
                .containsExactly("observation.modelRates must be of capacity.models, which are a, b, "
                        + "was {\"a\":3.0,\"c\":1.5}");
        assertThat(faults(models.replace("\"modelRates\"", "\"requestRate\": 5, \"modelRates\"")))
                .containsExactly("observation.requestRate must be modelRates with capacity.models, was 5");
    }

    @Test
    void learnedCostsAreNotKnownToAPreview() {
        String learned = LEAST.replace(
                "{\"perReplica\": {\"requestRate\": 10}}",
                "{\"learned\": {\"utilization\": {\"influx\": {\"bucket\": \"b\", \"measurement\": \"m\", \"field\": \"f\"}}}}");
        assertThat(faults(learned))
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains("give the costs as capacity.models");
    }

    @Test
    void namesEveryFault() {
        assertThat(faults("{}")).containsExactly("spec is required", "now is required", "observation is required");
    }

    private static PreviewRequest valid(String json) {
        return ((ReadResult.Valid<PreviewRequest>) read(json)).value();
    }

    private static List<String> faults(String json) {
        return ((ReadResult.Invalid<PreviewRequest>) read(json))
                .violations().stream().map(Violation::toString).toList();
    }

    private static ReadResult<PreviewRequest> read(String json) {
        return PreviewRequestReader.read(((ReadResult.Valid<JsonNode>) StrictJson.parse(json)).value());
    }
}
