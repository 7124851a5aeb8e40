package dev.prescale.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.config.SpecText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BundledTracesTest {
    static Stream<String> names() {
        return TraceGenerator.all().stream().map(TraceGenerator::name);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void theCommittedTraceIsWhatTheGeneratorDraws(String name) throws IOException {
        assertThat(BundledTraces.sha256(BundledTraces.committed(name)))
                .isEqualTo(BundledTraces.sha256(generated(name).csv()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void theCardNamesTheChecksum(String name) throws IOException {
        assertThat(Files.readString(Path.of("datasets", name + ".md")))
                .contains(BundledTraces.sha256(BundledTraces.committed(name)))
                .contains("version " + TraceGenerator.VERSION);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void theSpecificationIsValidAndNamedAsTheTrace(String name) throws IOException {
        SpecText specification = SpecText.read(name + ".yaml", Files.readString(Path.of("datasets", name + ".yaml")));
        assertThat(specification.faults()).isEmpty();
        assertThat(specification.documents())
                .singleElement()
                .satisfies(document -> assertThat(document.spec())
                        .isNotNull()
                        .extracting(spec -> spec.id().name())
                        .isEqualTo(name));
    }

    @Test
    void gzipOfTheSameTextIsTheSameBytes() throws IOException {
        assertThat(BundledTraces.compressed("timestamp,value\n"))
                .isEqualTo(BundledTraces.compressed("timestamp,value\n"))
                .startsWith(0x1f, 0x8b, 8, 0, 0, 0, 0, 0);
    }

    @Test
    void theHoleOfIncidentsHasNoRows() {
        List<String> rows = generated("incidents").csv().lines().toList();
        int holeMinutes = 160; // 02:30 to 05:10
        assertThat(rows).hasSize(1 + GeneratedTrace.MINUTES - holeMinutes);
        assertThat(rows.stream().filter(row -> row.startsWith("2024-03-21T02:")))
                .hasSize(30);
        assertThat(rows).contains("2024-03-23T13:20:00Z,0", "2024-03-23T14:04:00Z,0");
    }

    @Test
    void theMorningOfShopWebFollowsTheClocksOfBerlin() {
        // 07:00 to 08:00 local: 06:00 UTC on Wednesday 27 March, 05:00 UTC on Wednesday 3 April, after the switch of 31
        // March.
        List<long[]> minutes = generated("shop-web").minutes();
        double before = sum(minutes, GeneratedTrace.minuteOf(23, 6, 0), 60);
        double after = sum(minutes, GeneratedTrace.minuteOf(30, 5, 0), 60);
        double hourBefore = sum(minutes, GeneratedTrace.minuteOf(30, 4, 0), 60);
        assertThat(after / before).isBetween(0.7, 1.4);
        assertThat(hourBefore / before).isLessThan(0.65);
    }

    @Test
    void countsAreOverdispersed() {
        // A negative binomial with mean 100 and dispersion 20 has variance 100 + 100^2 / 20 = 600; a Poisson count has
        // 100.
        Chance chance = new Chance(7);
        double[] draws = LongStream.range(0, 20_000)
                .mapToDouble(i -> chance.negativeBinomial(100, 20))
                .toArray();
        double mean = java.util.Arrays.stream(draws).average().orElseThrow();
        double variance = java.util.Arrays.stream(draws)
                .map(x -> (x - mean) * (x - mean))
                .average()
                .orElseThrow();
        assertThat(mean).isBetween(99.0, 101.0); // standard error sqrt(600 / 20000) = 0.17
        assertThat(variance).isBetween(560.0, 640.0); // standard error about 600 * sqrt(2.3 / 20000) = 6.4
    }

    @Test
    void smallMeansAreDrawnAsPoisson() {
        Chance chance = new Chance(11);
        double mean = LongStream.range(0, 20_000)
                .mapToDouble(i -> chance.poisson(2.5))
                .average()
                .orElseThrow();
        assertThat(mean).isBetween(2.46, 2.54); // standard error sqrt(2.5 / 20000) = 0.011
    }

    private static GeneratedTrace generated(String name) {
        return TraceGenerator.all().stream()
                .filter(generator -> generator.name().equals(name))
                .findFirst()
                .orElseThrow()
                .generate();
    }

    private static double sum(List<long[]> minutes, int from, int count) {
        return minutes.subList(from, from + count).stream()
                .mapToLong(row -> row[0])
                .sum();
    }
}
