package dev.prescale.adapter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.backtest.CapacityMix;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BacktestCommandTest {
    private static final Instant NOW = Instant.parse("2024-01-29T08:00:00Z");

    private final AtomicReference<BacktestCommand.Options> ran = new AtomicReference<>();
    private final StringWriter err = new StringWriter();

    @Test
    void durationsAreReadInBothForms() {
        assertThat(run("shop.csv", "--start-time", "90s", "--start-time-p90", "PT2M", "--warm-up", "7d"))
                .isZero();
        ReplayOptions.World world = ran.get().replay().world();
        assertThat(world.startTime()).contains(Duration.ofSeconds(90));
        assertThat(world.startTimeP90()).contains(Duration.ofMinutes(2));
        assertThat(world.warmUp()).contains(Duration.ofDays(7));
        assertThat(world.cycle()).isEmpty();
    }

    @Test
    void policiesAreTheUsualFourUnlessNamed() {
        run("shop.csv");
        assertThat(ran.get().policies()).containsExactly("oracle", "fixed", "hpa", "prescale");
        run("shop.csv", "--policies", "hpa, knative,hpa");
        assertThat(ran.get().policies()).containsExactly("hpa", "knative");
        assertThat(ran.get().typed()).containsExactly("backtest", "shop.csv", "--policies", "hpa, knative,hpa");
    }

    @Test
    void pricesAreReadAndTheirFaultsNamed() {
        assertThat(run("shop.csv", "--prices", "onDemand=1,reserved=0.6")).isZero();
        assertThat(ran.get().prices()).contains(new CapacityMix.Prices(1, 0.6, 1, 0.05));
        assertThat(run("shop.csv", "--prices", "onDemand=1,spott=0.3")).isEqualTo(2);
        assertThat(err.toString()).contains("--prices spott is not a known key; did you mean spot?, was 0.3");
    }

    @Test
    void aHistoryEndsNowAndBeginsSoLongBefore() {
        assertThat(run("--endpoint", "shop/web", "--from", "-28d"))
                .as(err.toString())
                .isZero();
        assertThat(ran.get().replay().source()).isInstanceOfSatisfying(ReplayOptions.History.class, history -> {
            assertThat(history.from().at(NOW)).isEqualTo(NOW.minus(Duration.ofDays(28)));
            assertThat(history.to().at(NOW)).isEqualTo(NOW);
        });
    }

    @Test
    void everyFaultIsNamedWithItsValueAndRange() {
        assertThat(run(
                        "--policies",
                        "a,,b",
                        "--start-time",
                        "2h",
                        "--warm-up",
                        "400d",
                        "--days",
                        "0",
                        "--seed",
                        "-1",
                        "--cycle",
                        "soon",
                        "--unit",
                        "sum",
                        "--time-zone",
                        "Mars"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("give a CSV file, the name of a bundled dataset, or --endpoint namespace/name")
                .contains("--policies must be names with commas between them")
                .contains("--start-time must be a duration from 0s to 1h, such as 90s, 14d or PT3M, was '2h'")
                .contains("--warm-up must be a duration from 0s to 366d, such as 90s, 14d or PT3M, was '400d'")
                .contains("--days must be a whole number from 1 to 1000, was '0'")
                .contains("--seed must be a whole number from 0 to 2147483647, was '-1'")
                .contains("--cycle must be a duration from 1s to 10m")
                .contains("--unit must be count or rate, was 'sum'")
                .contains("--time-zone must be a time zone such as Europe/Berlin, was 'Mars'");
        assertThat(ran.get()).isNull();
    }

    @Test
    void whatDoesNotGoTogetherIsRefused() {
        assertThat(run("shop.csv", "--endpoint", "shop/web")).isEqualTo(2);
        assertThat(run("shop.csv", "--from", "-3d")).isEqualTo(2);
        assertThat(run("shop.csv", "--start-time-p90", "3m")).isEqualTo(2);
        assertThat(run("shop.csv", "--report", "a.html", "--chart", "./a.html")).isEqualTo(2);
        assertThat(err.toString())
                .contains("give it without a trace")
                .contains("--from and --to are of the history of an --endpoint")
                .contains("--start-time-p90 needs --start-time")
                .contains("must be different files");
    }

    private int run(String... arguments) {
        var command = new BacktestCommand(options -> {
            ran.set(options);
            return 0;
        });
        PrintWriter out = new PrintWriter(new StringWriter());
        String[] all = Stream.concat(Stream.of("backtest"), List.of(arguments).stream())
                .toArray(String[]::new);
        return PrescaleCommand.commandLine(List.of(command), "backtest", out, new PrintWriter(err))
                .execute(all);
    }
}
