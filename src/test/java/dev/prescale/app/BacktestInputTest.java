package dev.prescale.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prescale.adapter.cli.BacktestCommand;
import dev.prescale.adapter.cli.CommandFault;
import dev.prescale.adapter.cli.PrescaleCommand;
import dev.prescale.adapter.cli.ReplayOptions;
import dev.prescale.backtest.ReplaySetup;
import dev.prescale.forecast.SharedModel;
import dev.prescale.testing.CapturedStreams;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From what a user typed to what is replayed, or to the sentence that says why not. */
class BacktestInputTest {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2024-02-01T00:00:00Z");
    private static final String SPEC = """
            apiVersion: prescale.dev/v1alpha1
            kind: PredictiveAutoscaler
            metadata: {name: web, namespace: shop}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
              maxReplicas: 5
              traffic:
                influx: {bucket: traffic, measurement: http_requests, field: count, tags: {service: web}, kind: Count}
                step: 60s
              capacity:
                perReplica: {requestRate: 1, targetUtilization: 0.7}
            """;

    @TempDir
    Path home;

    @BeforeEach
    void bundledTraces() throws IOException {
        Files.createDirectory(home.resolve("datasets"));
        trace("datasets/shop-web.csv", 3 * 1_440, minute -> 60);
        Files.writeString(home.resolve("datasets/shop-web.yaml"), SPEC);
    }

    @Test
    void aDatasetIsReplayedWithItsSpecification() {
        ReplaySetup setup = setup("shop-web", "--warm-up", "1d");
        assertThat(setup.specs().getFirst().id()).hasToString("shop/web");
        assertThat(setup.from()).isEqualTo(START.plus(Duration.ofDays(1)));
        assertThat(setup.to()).isEqualTo(START.plus(Duration.ofDays(3)));
        assertThat(setup.cycle()).isEqualTo(ReplaySetup.DEFAULT_CYCLE);
    }

    @Test
    void aTraceEndsWithItsLastWholeCycle() throws IOException {
        String file = trace("odd.csv", 1_447, minute -> 60);
        ReplaySetup setup = setup(file, "--warm-up", "1d", "--cycle", "2m", "--start-time", "1m");
        assertThat(setup.to()).isEqualTo(START.plus(Duration.ofDays(1)).plus(Duration.ofMinutes(6)));
    }

    @Test
    void aStartTimeOfZeroWorksAndOneBeyondTheReplayDoesNot() throws IOException {
        String file = trace("short.csv", 1_440 + 30, minute -> 60);
        assertThat(setup(file, "--warm-up", "1d", "--start-time", "0s")
                        .endpoints()
                        .getFirst()
                        .startTime()
                        .p90())
                .isZero();
        refused(
                "a start time of 50m is longer than what is replayed, 30 min: no replica would ever be ready",
                file,
                "--warm-up",
                "1d",
                "--start-time",
                "50m");
        refused(
                "--start-time-p90 must be at least --start-time, which is 3m, was 2m",
                file,
                "--warm-up",
                "1d",
                "--start-time",
                "3m",
                "--start-time-p90",
                "2m");
        refused(
                "--start-time must be above 0s unless --start-time-p90 is 0s too, which is 1m",
                file,
                "--warm-up",
                "1d",
                "--start-time",
                "0s",
                "--start-time-p90",
                "1m");
    }

    @Test
    void aTraceShorterThanTheWarmUpSaysWhatFits() {
        refused(
                "trace shop-web has 3 d, from 2024-01-01T00:00:00Z to 2024-01-04T00:00:00Z, nothing to replay after a warm-up of 14 d: use a shorter --warm-up, such as 48h",
                "shop-web");
        refused(
                "trace shop-web has 2 d after a warm-up of 1 d, fewer than the 5 days of --days",
                "shop-web",
                "--warm-up",
                "1d",
                "--days",
                "5");
    }

    @Test
    void aHoleIsReplayedAndSaidUnlessNothingElseIsLeft() throws IOException {
        String file = trace("holes.csv", 5 * 1_440, minute -> minute > 3_000 && minute <= 6_000 ? Double.NaN : 60);
        assertThat(ReplayNotes.of(setup(file, "--warm-up", "2d")))
                .containsExactly(
                        "holes has no sample in 3000 of 4320 minutes (2 d 2 h in one piece from 2024-01-03T02:01:00Z): policies see no data there, and those minutes are not scored");
        String empty = trace("empty.csv", 5 * 1_440, minute -> minute > 3_000 && minute < 7_199 ? Double.NaN : 60);
        refused(
                "trace empty has no sample from 2024-01-03T04:00:00Z to 2024-01-04T04:00:00Z, which is what would be replayed",
                empty,
                "--warm-up",
                "52h",
                "--days",
                "1");
    }

    @Test
    void oneValueAndATraceWithoutTrafficAreRefusedAndAConstantOneIsNot() throws IOException {
        refused(
                "the trace cannot be replayed:%n  %s: there is one row only; two are the fewest that tell a step"
                        .formatted(home.resolve("one.csv")),
                trace("one.csv", 1, minute -> 60));
        refused(
                "trace zero has no traffic in 99 % of the minutes before 2024-01-02T00:00:00Z: give it a specification",
                trace("zero.csv", 2 * 1_440, minute -> 0), "--warm-up", "1d");
        assertThat(setup(trace("constant.csv", 2 * 1_440, minute -> 60), "--warm-up", "1d")
                        .specs())
                .hasSize(1);
    }

    @Test
    void unknownNamesGetTheNearestOne() {
        refused(
                "there is no file or bundled dataset shopweb; did you mean shop-web?; datasets are shop-web",
                "shopweb");
        refused("there is no file nowhere/shop.csv", "nowhere/shop.csv");
        assertThatThrownBy(() ->
                        BacktestPolicies.of(List.of("hpa", "knativ", "magic"), Brains.production(SharedModel.NONE)))
                .isInstanceOf(CommandFault.class)
                .hasMessageContaining("there is no policy 'knativ'; did you mean knative?")
                .hasMessageContaining("there is no policy 'magic'")
                .hasMessageContaining("policies are oracle, fixed, hpa, knative,");
    }

    @Test
    void everyFaultOfASpecificationIsNamed() throws IOException {
        Path spec = Files.writeString(
                home.resolve("s.yaml"), SPEC.replace("5", "-5").replace("0.7", "7"));
        assertThatThrownBy(() -> setup("shop-web", "--spec", spec.toString()))
                .isInstanceOf(CommandFault.class)
                .hasMessageContaining("spec.maxReplicas")
                .hasMessageContaining("targetUtilization");
        Files.writeString(spec, SPEC + "---\n" + SPEC.replace("name: web,", "name: shop,"));
        refused(
                "%s must have one specification, had 2 (shop/web, shop/shop): a backtest replays one endpoint"
                        .formatted(spec),
                "shop-web",
                "--spec",
                spec.toString());
        refused(
                "%s: there is no such file".formatted(home.resolve("no.yaml")),
                "shop-web",
                "--spec",
                home.resolve("no.yaml").toString());
        refused(
                "--time-zone is for a trace without a specification: shop/web has spec.timeZone",
                "shop-web",
                "--time-zone",
                "Europe/Berlin");
    }

    @Test
    void aBoundThatIsFarTooSmallIsSaid() throws IOException {
        Path spec = Files.writeString(home.resolve("s.yaml"), SPEC);
        String file = trace("busy.csv", 2 * 1_440, minute -> minute < 2_000 ? 60 : 6_000);
        assertThat(ReplayNotes.of(setup(file, "--spec", spec.toString(), "--warm-up", "1d")))
                .containsExactly(
                        "maxReplicas 5 of shop/web serves 5.000 req/s, but 880 minutes need more, up to 100 replicas for 100.0 req/s: who honors the bound cannot serve them");
    }

    @Test
    void optionsWinOverTheFileOfTheWorld() throws IOException {
        Path world =
                Files.writeString(home.resolve("sim.yaml"), "{seed: 7, warmUp: 1d, startTime: {median: 1m, p90: 2m}}");
        ReplaySetup setup = setup("shop-web", "--simulation", world.toString(), "--seed", "3");
        assertThat(setup.seed()).isEqualTo(3);
        assertThat(setup.endpoints().getFirst().startTime().p90()).isEqualTo(Duration.ofMinutes(2));
        Files.writeString(world, "{sed: 7}");
        assertThatThrownBy(() -> setup("shop-web", "--simulation", world.toString()))
                .isInstanceOf(CommandFault.class)
                .hasMessageContaining("sed");
    }

    @Test
    void whatCannotBeWrittenIsFoundBeforeTheRunAndLeavesNothing() throws IOException {
        Path good = home.resolve("d.csv");
        assertThatThrownBy(() -> new ReplayOutputs(
                        Optional.of(good), Optional.of(home.resolve("no/such/r.html")), Optional.empty()))
                .isInstanceOf(CommandFault.class)
                .hasMessageContaining("--report")
                .hasMessageContaining("there is no folder");
        assertThatThrownBy(() -> new ReplayOutputs(Optional.of(home), Optional.empty(), Optional.empty()))
                .isInstanceOf(CommandFault.class)
                .hasMessageContaining("it is there and no file");
        try (Stream<Path> left = Files.list(home)) {
            assertThat(left).containsExactly(home.resolve("datasets"));
        }
    }

    private void refused(String sentence, String... arguments) {
        assertThatThrownBy(() -> setup(arguments))
                .isInstanceOf(CommandFault.class)
                .hasMessage(sentence)
                .extracting(fault -> ((CommandFault) fault).exitCode())
                .isEqualTo(PrescaleCommand.BAD_INPUT);
    }

    private ReplaySetup setup(String... arguments) {
        ReplayOptions options = options(arguments);
        ReplaySource source = ReplaySource.read(
                options,
                home,
                () -> {
                    throw new AssertionError("no settings are needed");
                },
                NOW,
                new CapturedStreams().streams());
        return ReplaySetups.of(options, source);
    }

    private static ReplayOptions options(String... arguments) {
        AtomicReference<BacktestCommand.Options> read = new AtomicReference<>();
        StringWriter err = new StringWriter();
        var command = new BacktestCommand(options -> {
            read.set(options);
            return 0;
        });
        PrescaleCommand.commandLine(
                        List.of(command), "backtest", new PrintWriter(new StringWriter()), new PrintWriter(err))
                .execute(Stream.concat(Stream.of("backtest"), Stream.of(arguments))
                        .toArray(String[]::new));
        assertThat(read.get()).as(err.toString()).isNotNull();
        return read.get().replay();
    }

    /** @param valueOf count of a minute, NaN for none */
    private String trace(String name, int minutes, IntToDoubleFunction valueOf) throws IOException {
        StringBuilder text = new StringBuilder("timestamp,value\n");
        for (int minute = 0; minute < minutes; minute++) {
            double value = valueOf.applyAsDouble(minute);
            if (!Double.isNaN(value)) {
                text.append(START.plusSeconds(60L * minute))
                        .append(',')
                        .append(value)
                        .append('\n');
            }
        }
        return Files.writeString(home.resolve(name), text).toString();
    }
}
