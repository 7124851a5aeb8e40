package dev.prescale.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.prescale.scaling.Observation.Phase;
import dev.prescale.scaling.Observation.PodReading;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetrics;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetricsBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class PodReadingsTest {
    private static final Instant NOW = Instant.parse("2024-01-01T12:00:00Z");

    /** What upstream's tests are written for. */
    private static final PodReadings READINGS = new PodReadings(Duration.ofMinutes(2), Duration.ofSeconds(10));

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "group-pods.csv", delimiter = '|', numLinesToSkip = 1)
    void groupsPodsAsUpstreamDoes(
            String name,
            String resource,
            @Nullable String pods,
            int ready,
            @Nullable String unready,
            @Nullable String missing,
            @Nullable String ignored) {
        Groups groups = new Groups();
        for (String pod : pods == null ? new String[0] : pods.split(";")) {
            String[] words = pod.strip().split(" ");
            groups.add(words[0], READINGS.read(pod(words), metrics(words, resource), NOW), resource);
        }

        assertThat(groups.ready).isEqualTo(ready);
        assertThat(groups.unready).isEqualTo(names(unready));
        assertThat(groups.missing).isEqualTo(names(missing));
        assertThat(groups.ignored).isEqualTo(names(ignored));
    }

    /** Sorts as {@code scaling.PodTracking} does. */
    private static final class Groups {
        private int ready;
        private final Set<String> unready = new TreeSet<>();
        private final Set<String> missing = new TreeSet<>();
        private final Set<String> ignored = new TreeSet<>();

        private void add(String name, PodReading pod, String resource) {
            if (pod.deleted() || pod.phase() == Phase.FAILED) {
                ignored.add(name);
            } else if (pod.phase() == Phase.PENDING) {
                unready.add(name);
            } else if (pod.usageOf(resource) == null) {
                missing.add(name);
            } else if (resource.equals("cpu") && (!pod.ready() || pod.initializing())) {
                unready.add(name);
            } else {
                ready++;
            }
        }
    }

    private static Set<String> names(@Nullable String text) {
        return text == null ? Set.of() : Set.of(text);
    }

    private static Pod pod(String[] words) {
        PodBuilder pod = new PodBuilder()
                .withNewMetadata()
                .withName(words[0])
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .withNewStatus()
                .withPhase(words[1])
                .endStatus();
        for (String word : words) {
            String value = word.substring(word.indexOf('=') + 1);
            if (word.startsWith("start=")) {
                pod.editStatus().withStartTime(ago(value).toString()).endStatus();
            } else if (word.startsWith("ready=")) {
                String[] parts = value.split("@");
                pod.editStatus()
                        .withConditions(PodBuilders.condition("Ready", parts[0], ago(parts[1])))
                        .endStatus();
            } else if (word.equals("deleted")) {
                pod.editMetadata().withDeletionTimestamp("1970-01-01T00:00:01Z").endMetadata();
            }
        }
        return pod.build();
    }

    private static @Nullable PodMetrics metrics(String[] words, String resource) {
        for (String word : words) {
            if (word.startsWith("sample")) {
                String[] parts = word.substring(word.indexOf('=') + 1).split("/");
                PodMetrics metrics = PodBuilders.metrics(
                        words[0],
                        parts.length == 2 ? ago(parts[0]) : null,
                        Duration.ofSeconds(parts.length == 2 ? Long.parseLong(parts[1]) : 0),
                        "1m",
                        "1m");
                metrics.getContainers().getFirst().getUsage().keySet().retainAll(Set.of(resource));
                return metrics;
            }
        }
        return null;
    }

    private static Instant ago(String seconds) {
        return NOW.minusSeconds(Long.parseLong(seconds));
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "calculate-requests.csv", delimiter = '|', numLinesToSkip = 1)
    void sumsRequestsAsUpstreamDoes(
            String name,
            @Nullable String whole,
            String containers,
            @Nullable String sidecars,
            @Nullable String initContainers,
            String expected) {
        PodBuilder pod = new PodBuilder()
                .withNewSpec()
                .withContainers(containers(containers))
                .addAllToInitContainers(containers(sidecars).stream()
                        .map(container -> new ContainerBuilder(container)
                                .withRestartPolicy("Always")
                                .build())
                        .toList())
                .addAllToInitContainers(containers(initContainers))
                .endSpec();
        if (whole != null) {
            pod.editSpec()
                    .withNewResources()
                    .addToRequests("cpu", new Quantity(whole + "m"))
                    .endResources()
                    .endSpec();
        }

        Map<String, Double> requests = PodReadings.requests(pod.build());

        if (expected.equals("-")) {
            assertThat(requests).isEmpty();
        } else {
            assertThat(requests).containsOnlyKeys("cpu");
            assertThat(requests.get("cpu")).isCloseTo(Integer.parseInt(expected) / 1000.0, within(1e-12));
        }
    }

    private static List<Container> containers(@Nullable String milli) {
        return milli == null
                ? List.of()
                : Arrays.stream(milli.split(","))
                        .map(amount -> PodBuilders.container("c", amount.equals("-") ? null : amount + "m", null))
                        .toList();
    }

    @Test
    void readsCoresAndBytesOfAllContainers() {
        Pod pod = new PodBuilder(PodBuilders.ready("a", "chat", "v1", NOW.minusSeconds(900), 60))
                .editSpec()
                .addToContainers(PodBuilders.container("helper", "0.25", "1Gi"))
                .endSpec()
                .build();
        PodMetrics metrics = new PodMetricsBuilder(
                        PodBuilders.metrics("a", NOW, Duration.ofSeconds(15), "1500000n", "512Mi"))
                .addNewContainer()
                .withName("helper")
                .addToUsage("cpu", new Quantity("100m"))
                .addToUsage("memory", new Quantity("1000000"))
                .endContainer()
                .build();

        PodReading reading = PodReadings.DEFAULT.read(pod, metrics, NOW);

        assertThat(reading.request().get("cpu")).isCloseTo(0.75, within(1e-12));
        assertThat(reading.request()).containsEntry("memory", (256.0 + 1024) * 1024 * 1024);
        assertThat(reading.usage().get("cpu")).isCloseTo(0.1015, within(1e-12));
        assertThat(reading.usage()).containsEntry("memory", 512.0 * 1024 * 1024 + 1_000_000);
        assertThat(reading.ready()).isTrue();
        assertThat(reading.phase()).isEqualTo(Phase.RUNNING);
    }

    @Test
    void aContainerWithoutAUsageMakesThePodMissing() {
        PodMetrics metrics = new PodMetricsBuilder(
                        PodBuilders.metrics("a", NOW, Duration.ofSeconds(15), "100m", "512Mi"))
                .addNewContainer()
                .withName("helper")
                .addToUsage("memory", new Quantity("1Mi"))
                .endContainer()
                .build();

        PodReading reading =
                PodReadings.DEFAULT.read(PodBuilders.ready("a", "chat", "v1", NOW.minusSeconds(900), 60), metrics, NOW);

        assertThat(reading.usage()).containsOnlyKeys("memory");
    }

    @Test
    void hasTheDefaultsOfHpa() {
        assertThat(PodReadings.DEFAULT).isEqualTo(new PodReadings(Duration.ofMinutes(5), Duration.ofSeconds(30)));
    }
}
