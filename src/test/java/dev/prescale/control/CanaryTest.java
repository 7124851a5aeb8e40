package dev.prescale.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.forecast.CombinedForecaster;
import dev.prescale.forecast.DirectLeadTimeForecaster;
import dev.prescale.forecast.Forecast;
import dev.prescale.scaling.CombinedDecisionRule;
import dev.prescale.series.SampleKind;
import dev.prescale.series.Step;
import dev.prescale.testing.InMemoryDecisionLog;
import dev.prescale.testing.InMemoryRateHistory;
import dev.prescale.testing.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A new version of a service whose traffic is the same every day: 20 to 180 req/s, most at 06:00, least at 18:00. */
class CanaryTest {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private static final int DAY = 1_440;

    private static final Step STEP = new Step(300);

    /** The canary begins after five days, at midnight. */
    private static final int BEGIN = 5 * DAY;

    private static final Percentage CLOSE = Percentage.withPercentage(8);

    private final InMemoryRateHistory history = new InMemoryRateHistory();
    private Fleet fleet;

    @BeforeEach
    void theOldVersionHasAllOfIt() {
        minutes(0, BEGIN, 0);
        fleet = fleet();
        fleet.replaceSpecs(List.of(spec("v1", null), canary()), minute(BEGIN));
    }

    @Test
    void aCanaryHasAForecastOfItsShareFromItsFirstHalfHourOn() {
        run(BEGIN);
        assertThat(shown().leadTimeDemand()).isNull();
        minutes(BEGIN, BEGIN + 30, 0.1);
        run(BEGIN + 30);

        assertThat(Objects.requireNonNull(shown().leadTimeDemand()).at(0.95)).isCloseTo(0.1 * rate(BEGIN + 35), CLOSE);
        assertThat(planned(BEGIN + 6 * 60)).isCloseTo(18, CLOSE);
        assertThat(planned(BEGIN + 18 * 60)).isCloseTo(2, Percentage.withPercentage(20));
        // judged by what was inherited; this traffic repeats to the request, which no model forecasts better than
        // yesterday
        assertThat(shown().gate().loss()).isNotNaN();
        assertThat(shown().warnings())
                .anyMatch(warning -> warning.startsWith("The history before 2024-01-06T00:00:00Z is inherited: that of "
                        + "test/chat-v1 and all others that the tag version tells apart, times 0.100"));
    }

    @Test
    void theForecastFollowsTheSplit() {
        minutes(BEGIN, BEGIN + 120, 0.1);
        run(BEGIN + 120);
        minutes(BEGIN + 120, BEGIN + 160, 0.5);
        run(BEGIN + 160);
        assertThat(planned(BEGIN + 6 * 60)).isCloseTo(90, CLOSE);
        assertThat(Objects.requireNonNull(shown().leadTimeDemand()).at(0.95)).isCloseTo(0.5 * rate(BEGIN + 165), CLOSE);

        minutes(BEGIN + 160, BEGIN + 200, 1);
        run(BEGIN + 200);

        assertThat(planned(BEGIN + 6 * 60)).isCloseTo(180, CLOSE);
    }

    @Test
    void whatWasInheritedStaysWhenTheOldVersionAndTheProcessAreGone() {
        minutes(BEGIN, BEGIN + 60, 1);
        Fleet next = fleet();
        next.replaceSpecs(List.of(canary()), minute(BEGIN + 60));
        fleet = next;
        run(BEGIN + 60);

        assertThat(planned(BEGIN + 6 * 60)).isCloseTo(180, CLOSE);
    }

    @Test
    void aFewRequestsInheritNothing() {
        for (int minute = BEGIN; minute < BEGIN + 30; minute += 5) {
            write("v1", minute, rate(minute));
            write("v2", minute, 0.05);
        }
        run(BEGIN + 30);

        assertThat(shown().history().size()).isEqualTo(6);
        assertThat(shown().warnings())
                .anyMatch(warning ->
                        warning.startsWith("Nothing is inherited from test/chat-v1 yet: it had 90 requests"));
    }

    private Fleet fleet() {
        WorkloadScale workloads = new WorkloadScale() {
            @Override
            public State state(EndpointId endpoint, Instant now) {
                return new Replicas(3, 3, false);
            }

            @Override
            public Outcome scaleTo(EndpointId endpoint, int wanted, Instant now) {
                return new Scaled();
            }
        };
        return new Fleet(
                new Fleet.Ports(history, workloads, new InMemoryDecisionLog(), FleetListener.NONE),
                new Fleet.Brain(new CombinedForecaster(), new DirectLeadTimeForecaster(), new CombinedDecisionRule()),
                Duration.ofSeconds(15));
    }

    private static EndpointSpec canary() {
        return spec("v2", new Inheritance(new EndpointId("test", "chat-v1"), "version"));
    }

    private static EndpointSpec spec(String version, Inheritance inheritance) {
        EndpointSpec plain = Specs.anEndpoint("chat-" + version);
        return new EndpointSpec(
                plain.id(),
                plain.mode(),
                plain.scaleTargetRef(),
                plain.policy(),
                plain.calendar(),
                new TrafficSource(
                        "traffic",
                        "http_requests",
                        "count",
                        Map.of("service", "chat", "version", version),
                        SampleKind.COUNT,
                        STEP,
                        null),
                plain.load(),
                plain.history(),
                inheritance,
                Map.of(),
                plain.pausing());
    }

    private static double rate(int minute) {
        return 100 + 80 * Math.sin(2 * Math.PI * minute / DAY);
    }

    private void minutes(int from, int to, double canaryShare) {
        for (int minute = from; minute < to; minute += 5) {
            write("v1", minute, (1 - canaryShare) * rate(minute));
            write("v2", minute, canaryShare * rate(minute));
        }
    }

    private void write(String version, int minute, double rate) {
        if (rate > 0) {
            history.write(
                    "http_requests",
                    Map.of("service", "chat", "version", version),
                    "count",
                    minute(minute).plusSeconds(30),
                    300 * rate);
        }
    }

    private void run(int minute) {
        fleet.runCycle(minute(minute).plusSeconds(5));
    }

    private EndpointSnapshot shown() {
        return fleet.snapshot(new EndpointId("test", "chat-v2")).orElseThrow();
    }

    private double planned(int minute) {
        Forecast forecast = Objects.requireNonNull(shown().forecast());
        Duration ahead = Duration.between(forecast.origin(), minute(minute));
        int step = (int) (ahead.toSeconds() / forecast.step().seconds());
        return forecast.rate(step, forecast.levels().indexOf(0.5));
    }

    private static Instant minute(int minute) {
        return START.plusSeconds(60L * minute);
    }
}
