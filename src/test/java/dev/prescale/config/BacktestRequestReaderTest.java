package dev.prescale.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.prescale.backtest.ReplaySetup;
import dev.prescale.backtest.Simulation;
import dev.prescale.backtest.StartTime;
import dev.prescale.backtest.Trace;
import dev.prescale.backtest.TraceSpecs;
import dev.prescale.backtest.policy.ReplayPolicies;
import dev.prescale.capacity.RatePerReplica;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.Mode;
import dev.prescale.series.RateSeries;
import dev.prescale.testing.Specs;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BacktestRequestReaderTest {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    /** Three hours of 60 req/s, two of them warm-up. */
    private static final String TRACE = trace(180, "60");

    private static final String WORLD = "\"simulation\": {\"warmUp\": \"2h\"}";
    private static final String SPEC =
            "\"spec\": {\"maxReplicas\": 20, \"capacity\": {\"perReplica\": {\"requestRate\": 10}}}";

    /** One dataset, {@code shop}, with a specification of its own. */
    private static final BundledTraces BUNDLED = new BundledTraces() {
        @Override
        public List<String> names() {
            return List.of("shop");
        }

        @Override
        public Bundled read(String name) {
            double[] rates = new double[180];
            Arrays.fill(rates, 5);
            return new Bundled(
                    new Trace(name, RateSeries.of(START, Trace.MINUTE, rates)),
                    Optional.of(Specs.anEndpoint("own")),
                    Optional.of("# own"));
        }

        @Override
        public List<Facts> facts() {
            throw new AssertionError("not asked for");
        }
    };

    /** One endpoint, {@code test/shop}, of 7 req/s for two days and an hour until noon. */
    private static final class Endpoints implements EndpointTraces {
        private static final Instant NOW = Instant.parse("2024-01-10T12:00:00Z");
        private static final EndpointId SHOP = new EndpointId("test", "shop");

        private Optional<String> fault = Optional.empty();

        @Override
        public Instant now() {
            return NOW;
        }

        @Override
        public List<EndpointId> endpoints() {
            return List.of(SHOP);
        }

        @Override
        public Optional<EndpointSpec> spec(EndpointId endpoint) {
            return Optional.of(Specs.anEndpoint("shop").withMode(Mode.OBSERVE)).filter(any -> endpoint.equals(SHOP));
        }

        @Override
        public Optional<String> specText(EndpointId endpoint) {
            return Optional.of("# of shop");
        }

        @Override
        public Optional<RateSeries> read(EndpointSpec spec, Instant from, Instant to) {
            fault.ifPresent(sentence -> {
                throw new Unreadable(sentence);
            });
            Instant begin = NOW.minus(Duration.ofHours(49));
            if (to.isBefore(begin)) {
                return Optional.empty();
            }
            double[] rates = new double[49 * 60];
            Arrays.fill(rates, 7);
            return Optional.of(RateSeries.of(begin, Trace.MINUTE, rates));
        }
    }

    private static final Endpoints ENDPOINTS = new Endpoints();

    @Test
    void whatIsLeftOutHasTheDefaultsOfTheCommand() {
        BacktestRequest request = valid("{%s, %s}".formatted(TRACE, WORLD));
        ReplaySetup setup = request.setup();
        Trace trace = setup.endpoints().getFirst().trace();
        assertThat(request.policies()).containsExactly("oracle", "fixed", "hpa", "prescale");
        assertThat(trace.name()).isEqualTo("shop");
        assertThat(trace.minutes().rateAt(0)).isEqualTo(1);
        assertThat(setup.from()).isEqualTo(START.plus(Duration.ofHours(2)));
        assertThat(setup.to()).isEqualTo(START.plus(Duration.ofHours(3)));
        assertThat(setup.cycle()).isEqualTo(Duration.ofSeconds(15));
        assertThat(setup.seed()).isEqualTo(1);
        assertThat(setup.simulation()).isEqualTo(Simulation.PLAIN);
        assertThat(setup.endpoints())
                .containsExactly(new ReplaySetup.Endpoint(
                        trace,
                        TraceSpecs.of(trace, setup.from(), ZoneOffset.UTC),
                        StartTime.constant(Duration.ofMinutes(3))));
    }

    @Test
    void anEmptySpecificationIsNoneAndATimeZoneAloneIsThatOfTheTrace() {
        EndpointSpec made = spec(valid("{%s, %s}".formatted(TRACE, WORLD)));
        assertThat(spec(valid("{%s, %s, \"spec\": {}}".formatted(TRACE, WORLD))))
                .isEqualTo(made);
        assertThat(spec(valid("{%s, %s, \"spec\": null}".formatted(TRACE, WORLD))))
                .isEqualTo(made);
        assertThat(spec(valid("{%s, %s, \"spec\": {\"timeZone\": \"Europe/Berlin\"}}".formatted(TRACE, WORLD)))
                        .calendar()
                        .zone())
                .isEqualTo(ZoneId.of("Europe/Berlin"));
    }

    @Test
    void aSpecificationIsReplayedAsItStands() {
        EndpointSpec spec = spec(valid("{%s, %s, %s}".formatted(TRACE, WORLD, SPEC)));
        assertThat(spec.id()).isEqualTo(new EndpointId("replay", "shop"));
        assertThat(spec.mode()).isEqualTo(Mode.SCALE);
        assertThat(spec.policy().bounds().maxReplicas()).isEqualTo(20);
        assertThat(spec.policy().capacity()).isInstanceOf(RatePerReplica.class);
        assertThat(spec.traffic().step()).isEqualTo(Trace.MINUTE);
        assertThat(spec.history()).isEqualTo(Duration.ofDays(28));
    }

    @Test
    void metadataNamesTheEndpointThatChanceIsDrawnFor() {
        String metadata = "\"metadata\": {\"name\": \"front\", \"namespace\": \"web\"}";
        assertThat(spec(valid("{%s, %s, %s, %s}".formatted(TRACE, WORLD, SPEC, metadata)))
                        .id())
                .isEqualTo(new EndpointId("web", "front"));
        assertThat(faults("{%s, %s, %s}".formatted(TRACE, WORLD, metadata)))
                .singleElement()
                .asString()
                .startsWith("metadata must not stand without a spec");
    }

    @Test
    void aBundledDatasetBringsItsSpecification() {
        String dataset = "\"trace\": {\"dataset\": \"shop\"}";
        assertThat(spec(valid("{%s, %s}".formatted(dataset, WORLD))).id().name())
                .isEqualTo("own");
        assertThat(spec(valid("{%s, %s, %s}".formatted(dataset, WORLD, SPEC)))
                        .policy()
                        .bounds()
                        .maxReplicas())
                .isEqualTo(20);
    }

    @Test
    void anEndpointBringsItsHistoryAndItsSpecification() {
        BacktestRequest request = valid("{\"trace\": {\"endpoint\": \"test/shop\"}, %s}".formatted(WORLD));
        ReplaySetup setup = request.setup();
        assertThat(setup.endpoints().getFirst().trace().name()).isEqualTo("test/shop");
        assertThat(setup.from()).isEqualTo(Endpoints.NOW.minus(Duration.ofHours(47)));
        assertThat(spec(request).id()).isEqualTo(Endpoints.SHOP);
        assertThat(spec(request).mode()).isEqualTo(Mode.SCALE);
        assertThat(request.specText()).contains("# of shop");
        // chance is drawn by the endpoint, whatever specification is tried
        assertThat(spec(valid("{\"trace\": {\"endpoint\": \"test/shop\"}, %s, %s}".formatted(WORLD, SPEC)))
                        .id())
                .isEqualTo(Endpoints.SHOP);
    }

    @Test
    void theEndOfATraceIsReplayedAndAtMostHalfOfIt() {
        String endpoint = "{\"trace\": {\"endpoint\": \"test/shop\", \"replay\": \"%s\"}}";
        ReplaySetup day = valid(endpoint.formatted("P1D")).setup();
        assertThat(day.from()).isEqualTo(Endpoints.NOW.minus(Duration.ofDays(1)));
        assertThat(day.to()).isEqualTo(Endpoints.NOW);
        ReplaySetup week = valid(endpoint.formatted("P7D")).setup();
        assertThat(week.from()).isEqualTo(Endpoints.NOW.minus(Duration.ofMinutes(49 * 30)));
        assertThat(faults("{\"trace\": {\"endpoint\": \"test/shop\", \"replay\": \"P1D\"}, %s}".formatted(WORLD)))
                .singleElement()
                .hasToString("simulation.warmUp must not stand beside trace.replay");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    {"endpoint": "shop"}                       | trace.endpoint must be namespace/name such as shop/web, was shop
                    {"endpoint": "test/shp"}                   | trace.endpoint is not an endpoint here; did you mean test/shop?, was test/shp
                    {"endpoint": "test/shop", "step": "PT1M"}  | trace.step must not stand beside endpoint
                    {"endpoint": "test/shop", "dataset": "shop"} | trace.dataset must not stand beside endpoint
                    {"dataset": "shop", "from": "-P1D"}        | trace.from is of an endpoint's history and needs trace.endpoint, was -P1D
                    {"endpoint": "test/shop", "from": "noon"}  | trace.from must be an instant in ISO-8601 with offset such as 2024-01-29T08:00:00Z, or a time before now such as -P28D, was noon
                    {"endpoint": "test/shop", "from": "-P401D"} | trace.from must be at most 400d before to, was -P401D
                    {"endpoint": "test/shop", "from": "-P390D"} | trace.from must be at most 530000 steps of 1m before to, was -P390D
                    {"endpoint": "test/shop", "to": "-P30D"}   | trace.from must be before to, which is 2023-12-11T12:00:00Z
                    {"endpoint": "test/shop", "from": "-P9D", "to": "-P8D"} | trace.endpoint has no samples from 2024-01-01T12:00:00Z to 2024-01-02T12:00:00Z, was test/shop
                    """)
    void whatIsWrongWithAnEndpointIsNamed(String trace, String fault) {
        assertThat(faults("{\"trace\": %s, %s}".formatted(trace, WORLD)))
                .first()
                .hasToString(fault);
    }

    @Test
    void aStoreThatFailsIsNoFaultOfTheInput() {
        Endpoints broken = new Endpoints();
        broken.fault = Optional.of("the store is away");
        JsonNode body =
                ((ReadResult.Valid<JsonNode>) StrictJson.parse("{\"trace\": {\"endpoint\": \"test/shop\"}}")).value();
        assertThatThrownBy(() -> new BacktestRequestReader(BUNDLED, broken).read(body))
                .isInstanceOf(EndpointTraces.Unreadable.class)
                .hasMessage("the store is away");
    }

    @Test
    void aWholeSpecificationCanStandAsText() {
        String text = SPECIFICATION.formatted("shop", 20);
        BacktestRequest request = valid("{%s, %s, \"specification\": %s}".formatted(TRACE, WORLD, quoted(text)));
        assertThat(spec(request).id()).isEqualTo(new EndpointId("test", "shop"));
        assertThat(spec(request).mode()).isEqualTo(Mode.SCALE);
        assertThat(request.specText()).contains(text);
        assertThat(request.told()).contains("\"180 values\"", "as below").doesNotContain("maxReplicas");

        assertThat(faults("{%s, %s, %s, \"specification\": %s}".formatted(TRACE, WORLD, SPEC, quoted(text))))
                .first()
                .hasToString(
                        "spec must not stand beside specification, was {\"maxReplicas\":20,\"capacity\":{\"perReplica\":{\"requestRate\":10}}}");
        assertThat(faults("{%s, %s, \"specification\": %s}"
                        .formatted(TRACE, WORLD, quoted(SPECIFICATION.formatted("shop", -1)))))
                .first()
                .hasToString("specification line 6: spec.maxReplicas must be a whole number from 1 to 100000, was -1");
        assertThat(faults("{%s, %s, \"specification\": %s}".formatted(TRACE, WORLD, quoted(text + "---\n" + text))))
                .first()
                .hasToString("specification must be one specification, had 2");
        assertThat(faults("{\"trace\": {\"endpoint\": \"test/shop\"}, %s, \"specification\": %s}"
                        .formatted(WORLD, quoted(SPECIFICATION.formatted("other", 20)))))
                .first()
                .hasToString(
                        "specification must be of the endpoint whose history is replayed, test/shop, was test/other");
    }

    private static final String SPECIFICATION = """
            apiVersion: prescale.dev/v1alpha1
            kind: PredictiveAutoscaler
            metadata: {name: %s, namespace: test}
            spec:
              scaleTargetRef: {name: web}
              maxReplicas: %d
              traffic: {influx: {bucket: b, measurement: m, field: count, kind: Count}}
              capacity: {perReplica: {requestRate: 10}}
            """;

    private static String quoted(String text) {
        return JsonNodeFactory.instance.textNode(text).toString();
    }

    @Test
    void policiesAreNamedOrAll() {
        assertThat(valid("{%s, %s, \"policies\": [\"hpa\", \"keda\", \"hpa\"]}".formatted(TRACE, WORLD))
                        .policies())
                .containsExactly("hpa", "keda");
        assertThat(valid("{%s, %s, \"policies\": [\"all\"]}".formatted(TRACE, WORLD))
                        .policies())
                .isEqualTo(ReplayPolicies.ALL);
    }

    @Test
    void theWorldIsThatOfTheSimulationReader() {
        ReplaySetup setup = valid("""
                {%s, "simulation": {"seed": 7, "startTime": {"median": "PT90S", "p90": "PT2M"}, "warmUp": "PT1H", "cycle": "PT1M",
                                    "faults": {"failedStarts": 0.5}}}""".formatted(TRACE)).setup();
        assertThat(setup.seed()).isEqualTo(7);
        assertThat(setup.cycle()).isEqualTo(Duration.ofMinutes(1));
        assertThat(setup.from()).isEqualTo(START.plus(Duration.ofHours(1)));
        assertThat(setup.endpoints().getFirst().startTime())
                .isEqualTo(new StartTime(Duration.ofSeconds(90), Duration.ofMinutes(2)));
        assertThat(setup.simulation().faults().failedStarts()).isEqualTo(0.5);
    }

    @Test
    void everyFaultIsNamedAtOnce() {
        assertThat(faults("""
                        {"trace": {"name": "", "start": "noon", "step": "7s", "unit": "hits", "values": [1, -2]},
                         "spec": {"maxReplicas": 0}, "policies": ["oracel"], "simulation": {"sead": 1}, "more": 1}"""))
                .extracting(Violation::path)
                .contains(
                        "more",
                        "trace.name",
                        "trace.start",
                        "trace.step",
                        "trace.unit",
                        "trace.values[1]",
                        "spec.maxReplicas",
                        "spec.capacity",
                        "policies[0]",
                        "simulation.sead");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
                    "policies": ["oracle", "holtwinter"]      | policies[1] is not a policy; did you mean holtWinters?, was holtwinter
                    "policies": [3, "hpa"]                    | policies[0] is not a policy; policies are oracle, fixed, hpa, knative, keda, lastValue, dayNaive, weekNaive, holtWinters, spectral, hourly, prescale, all, was 3
                    "policies": []                            | policies must name a policy: oracle, fixed, hpa, knative, keda, lastValue, dayNaive, weekNaive, holtWinters, spectral, hourly, prescale or all, was []
                    "policies": "all"                         | policies must be a list of at most 50 entries, was all
                    "simulation": {"warmUp": "3h"}            | simulation.warmUp must leave a cycle and a minute of the trace, which is from 2024-01-01T00:00:00Z to 2024-01-01T03:00:00Z, as 2h does, was 3h
                    "simulation": {"warmUp": "14d"}           | simulation.warmUp must leave a cycle and a minute of the trace, which is from 2024-01-01T00:00:00Z to 2024-01-01T03:00:00Z, as 2h does, was 14d
                    "simulation": {"warmUp": "170m", "startTime": {"median": "11m"}} | simulation.startTime must be at most what is replayed, 10m: no replica would ever be ready, was 11m
                    "spec": 3                                 | spec must be an object with the keys scaleTargetRef, mode, minReplicas, maxReplicas, maxReplicasBreach, timeZone, traffic, capacity, predictive, reactive, steps, schedules, behavior, fallback, was 3
                    "spec": {"timeZone": "Mars"}              | spec.timeZone must be a time zone id such as UTC or Europe/Berlin, was Mars
                    """)
    void aFaultSaysWhatIsAllowed(String more, String fault) {
        String world = more.contains("simulation") ? "" : ", " + WORLD;
        assertThat(faults("{%s, %s%s}".formatted(TRACE, more, world)))
                .singleElement()
                .hasToString(fault);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
                    "traffic": {"influx": {"bucket": "b", "measurement": "m", "field": "f", "kind": "Count"}, "step": "30s"} | spec.traffic.step must be whole minutes, which are what is replayed, was 30s
                    "reactive": {"metrics": [{"name": "cpu", "target": {"utilization": 0.7}}]} | spec.reactive must have no metrics to be replayed: a trace has the request rate only, was {"metrics":[{"name":"cpu","target":{"utilization":0.7}}]}
                    """)
    void aSpecificationMustFitATrace(String more, String fault) {
        String spec = "\"spec\": {\"maxReplicas\": 20, \"capacity\": {\"perReplica\": {\"requestRate\": 10}}, %s}";
        assertThat(faults("{%s, %s, %s}".formatted(TRACE, WORLD, spec.formatted(more))))
                .singleElement()
                .hasToString(fault);
    }

    @Test
    void capacityByModelCannotBeReplayed() {
        String learned = "\"spec\": {\"maxReplicas\": 20, \"capacity\": {\"learned\": {}}}";
        assertThat(faults("{%s, %s, %s}".formatted(TRACE, WORLD, learned)))
                .extracting(Violation::path)
                .contains("spec.capacity");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
                    {"dataset": "shp"}                       | trace.dataset is not a bundled dataset; did you mean shop?, was shp
                    {"dataset": "other"}                     | trace.dataset is not a bundled dataset; datasets are shop, was other
                    {"dataset": "shop", "step": "PT1M"}      | trace.step must not stand beside dataset
                    {"start": "2024-01-01T00:00:00Z", "step": "PT1M"} | trace.values is required
                    {"start": "2024-01-01T00:00:00Z", "step": "PT1M", "values": [null, null]} | trace.values must have a value that is not null
                    {"start": "2024-01-01T00:00:00Z", "step": "PT16S", "values": [1]} | trace.step must divide a minute or be whole minutes, was PT16S
                    {"start": "2024-01-01T00:00:07Z", "step": "PT30S", "values": [1]} | trace.start must be on the grid of its step, or of minutes where that is coarser, was 2024-01-01T00:00:07Z
                    """)
    void aTraceMustBeOne(String trace, String fault) {
        assertThat(faults("{\"trace\": %s, %s}".formatted(trace, WORLD)))
                .singleElement()
                .hasToString(fault);
    }

    @Test
    void aTraceIsRequired() {
        assertThat(faults("{}")).singleElement().hasToString("trace is required");
        assertThat(faults("[]"))
                .singleElement()
                .hasToString(
                        "input must be an object with the keys trace, metadata, spec, specification, policies, simulation, was []");
    }

    @Test
    void aTraceHasAnEnd() {
        assertThat(faults("{\"trace\": {\"start\": \"2024-01-01T00:00:00Z\", \"step\": \"PT1H\", \"values\": [%s]}}"
                        .formatted(repeated("1", 9_601))))
                .singleElement()
                .hasToString("trace.values must cover at most 400d, was 9601h");
    }

    @Test
    void aTraceWithoutTrafficInTheReplayOrBeforeItIsRefused() {
        String beforeOnly =
                "\"trace\": {\"start\": \"2024-01-01T00:00:00Z\", \"step\": \"PT1H\", \"values\": [1, 1, null]}";
        assertThat(faults("{%s, %s}".formatted(beforeOnly, WORLD)))
                .singleElement()
                .hasToString(
                        "trace.values must have a value that is not null from 2024-01-01T02:00:00Z to 2024-01-01T03:00:00Z, which is what is replayed");
        String afterOnly =
                "\"trace\": {\"start\": \"2024-01-01T00:00:00Z\", \"step\": \"PT1H\", \"values\": [0, 0, 9]}";
        assertThat(faults("{%s, %s}".formatted(afterOnly, WORLD)))
                .singleElement()
                .asString()
                .startsWith("trace cannot be replayed: trace trace has no traffic in 99 % of the minutes before");
        assertThat(spec(valid("{%s, %s, %s}".formatted(afterOnly, WORLD, SPEC))))
                .isNotNull();
    }

    @Test
    void theWorkIsBounded() {
        String tenDays = "\"trace\": {\"start\": \"2024-01-01T00:00:00Z\", \"step\": \"PT1H\", \"values\": [%s]}"
                .formatted(repeated("1", 240));
        String fast = "\"simulation\": {\"warmUp\": \"1d\", \"cycle\": \"1s\"}";
        assertThat(faults("{%s, %s}".formatted(tenDays, fast)))
                .singleElement()
                .hasToString(
                        "simulation.cycle gives 777600 cycles for each of 4 policies, and at most 2000000 in all are replayed: use a longer cycle, a longer warm-up or fewer policies, was 1s");
        assertThat(valid("{%s, %s, \"policies\": [\"hpa\", \"prescale\"]}".formatted(tenDays, fast))
                        .policies())
                .hasSize(2);
    }

    private static String trace(int minutes, String value) {
        return "\"trace\": {\"name\": \"shop\", \"start\": \"%s\", \"step\": \"PT1M\", \"unit\": \"count\", \"values\": [%s]}"
                .formatted(START, repeated(value, minutes));
    }

    private static String repeated(String value, int times) {
        return String.join(",", Collections.nCopies(times, value));
    }

    private static EndpointSpec spec(BacktestRequest request) {
        return request.setup().endpoints().getFirst().spec();
    }

    private static BacktestRequest valid(String json) {
        ReadResult<BacktestRequest> read = read(json);
        assertThat(read).isInstanceOf(ReadResult.Valid.class);
        return ((ReadResult.Valid<BacktestRequest>) read).value();
    }

    private static List<Violation> faults(String json) {
        ReadResult<BacktestRequest> read = read(json);
        assertThat(read).isInstanceOf(ReadResult.Invalid.class);
        return ((ReadResult.Invalid<BacktestRequest>) read).violations();
    }

    private static ReadResult<BacktestRequest> read(String json) {
        return switch (StrictJson.parse(json)) {
            case ReadResult.Valid<JsonNode> tree -> new BacktestRequestReader(BUNDLED, ENDPOINTS).read(tree.value());
            case ReadResult.Invalid<JsonNode> broken -> throw new AssertionError(broken.violations());
        };
    }
}
