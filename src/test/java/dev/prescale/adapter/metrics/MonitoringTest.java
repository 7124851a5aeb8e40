package dev.prescale.adapter.metrics;

import static dev.prescale.testing.Snapshots.NOON;
import static dev.prescale.testing.Snapshots.aSnapshot;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.prescale.adapter.externalmetrics.ExternalMetricsMeters;
import dev.prescale.adapter.keda.ScalerMeters;
import dev.prescale.control.SignalBoard;
import dev.prescale.control.Signals;
import dev.prescale.testing.InMemoryRateHistory;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The dashboard and the alerts ask for what the service exports, in queries that are well formed. */
class MonitoringTest {
    private static final Path FOLDER = Path.of("k8s/monitoring");
    private static final Pattern METRIC = Pattern.compile("prescale_[a-z0-9_]+");
    private static final Pattern SELECTED = Pattern.compile("([a-z]+)\\s*(?:=~|!~|!=|=)\\s*\"([^\"]*)\"");
    private static final Pattern GROUPED = Pattern.compile("\\bby \\(([^)]*)\\)");

    /** What the Prometheus operator adds to every sample of a pod. */
    private static final Set<String> OF_THE_TARGET = Set.of("pod");

    private static Set<String> exported;
    private static Set<String> labels;

    @BeforeAll
    static void export() {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        FleetMeters meters = new FleetMeters(registry);
        var unused = new MeteredRateHistory(new InMemoryRateHistory(), registry);
        var alsoUnused = new ScalerMeters(registry, () -> 0);
        new SpecificationMeters(List::of, registry).cycleDone(NOON, List.of());
        new ExternalMetricsMeters(registry);
        meters.timeCycle(() -> meters.cycleDone(NOON, List.of(aSnapshot("chat").build())));
        SignalBoard board = new SignalBoard(new Signals(Duration.ofSeconds(15)));
        SignalGauges signals = new SignalGauges(board, () -> NOON, registry);
        List.of(board, signals)
                .forEach(listener ->
                        listener.cycleDone(NOON, List.of(aSnapshot("chat").build())));
        List<String> samples =
                registry.scrape().lines().filter(line -> !line.startsWith("#")).toList();
        exported = samples.stream().map(line -> line.split("[ {]", 2)[0]).collect(Collectors.toSet());
        labels = samples.stream()
                .flatMap(line -> SELECTED.matcher(line).results())
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        labels.addAll(OF_THE_TARGET);
    }

    static Stream<String> queries() throws IOException {
        return Stream.concat(
                rules().map(rule -> rule.get("expr").asText()),
                StreamSupport.stream(
                                new ObjectMapper()
                                        .readTree(FOLDER.resolve("grafana-dashboard.json")
                                                .toFile())
                                        .get("panels")
                                        .spliterator(),
                                false)
                        .flatMap(panel -> panel.path("targets").findValuesAsText("expr").stream()));
    }

    static Stream<JsonNode> rules() throws IOException {
        JsonNode file = new YAMLMapper().readTree(FOLDER.resolve("alerts.yaml").toFile());
        return file.at("/spec/groups").findValues("rules").stream()
                .flatMap(rules -> StreamSupport.stream(rules.spliterator(), false));
    }

    @ParameterizedTest
    @MethodSource("queries")
    void aQueryNamesMetricsAndLabelsThatThereAre(String query) {
        assertThat(METRIC.matcher(query).results().map(found -> found.group()))
                .isNotEmpty()
                .isSubsetOf(exported);
        assertThat(SELECTED.matcher(query).results().map(found -> found.group(1)))
                .isSubsetOf(labels);
        assertThat(GROUPED.matcher(query)
                        .results()
                        .flatMap(found -> Stream.of(found.group(1).split(",\\s*"))))
                .isSubsetOf(labels);
    }

    @ParameterizedTest
    @MethodSource("queries")
    void aQueryClosesWhatItOpens(String query) {
        Deque<Character> open = new ArrayDeque<>();
        for (char c : query.replaceAll("\"[^\"]*\"", "").toCharArray()) {
            if ("([{".indexOf(c) >= 0) {
                open.push(")]}".charAt("([{".indexOf(c)));
            } else if (")]}".indexOf(c) >= 0) {
                assertThat(open.poll()).as(query).isEqualTo(c);
            }
        }
        assertThat(open).as(query).isEmpty();
        assertThat(query)
                .doesNotContain("\"\"\"")
                .matches(text -> text.chars().filter(c -> c == '"').count() % 2 == 0);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void anAlertSaysWhatItMeansAndWhatToDo(JsonNode rule) {
        assertThat(rule.get("alert").asText()).matches("Prescale[A-Z][A-Za-z]+");
        assertThat(rule.path("for").asText("0s")).matches("[0-9]+[smhd]");
        assertThat(rule.at("/labels/severity").asText()).isIn("critical", "warning", "info");
        assertThat(rule.at("/annotations/summary").asText()).isNotBlank();
        assertThat(rule.at("/annotations/description").asText()).isNotBlank();
        Matcher named = Pattern.compile("\\$labels\\.([a-z_]+)")
                .matcher(rule.get("annotations").toString());
        assertThat(named.results().map(found -> found.group(1))).isSubsetOf(labels);
    }

    @Test
    void everythingThatIsExportedIsDrawnOrAlertedOn() throws IOException {
        Set<String> asked = queries()
                .flatMap(query -> METRIC.matcher(query).results())
                .map(found -> found.group())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(exported.stream().filter(name -> name.startsWith("prescale_")))
                .isSubsetOf(asked);
    }
}
