package dev.prescale.control;

import static dev.prescale.testing.Specs.anEndpoint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.prescale.forecast.CombinedForecaster;
import dev.prescale.forecast.DirectLeadTimeForecaster;
import dev.prescale.forecast.FollowedSeries;
import dev.prescale.forecast.Forecast;
import dev.prescale.forecast.Forecaster;
import dev.prescale.forecast.LeadTimeForecaster;
import dev.prescale.forecast.LeadTimeForecaster.TooShort;
import dev.prescale.forecast.QuantileLevels;
import dev.prescale.forecast.ScenarioPaths;
import dev.prescale.series.RateSeries;
import dev.prescale.series.Step;
import dev.prescale.series.TrafficCalendar;
import dev.prescale.testing.InMemoryModelStore;
import dev.prescale.testing.Snapshots;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Planning keeps up with a history of one-minute steps, step by ten-minute step, and over a restart. */
class EndpointForecastsTest {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private static final Step MINUTE = new Step(60);
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final FitBudget PLENTY = new FitBudget(Integer.MAX_VALUE);
    private static final LeadTimeForecaster NO_DEMAND = (history, calendar, window, levels) -> new TooShort("a test");

    private final CountingForecaster counting = new CountingForecaster();
    private final EndpointSpec shop = anEndpoint("shop");
    private final double[] rates = rates(15 * 1_440);

    private EndpointForecasts forecasts = new EndpointForecasts(counting, NO_DEMAND, shop);

    @Test
    void newStepsAreAppendedAndTheHistoryIsReadInOnce() {
        for (int minute = 120; minute <= 300; minute += 10) {
            refresh(minute);
        }
        assertThat(counting.begun).isEqualTo(1);
        assertThat(counting.appended).isEqualTo(18);
        assertThat(forecasts.planning().origin()).isEqualTo(at(300));
    }

    @Test
    void aFleetWithoutRoomReadsTheHistoryInAnewForEachForecast() {
        forecasts.keepFollowing(false);
        refresh(120);
        refresh(130);
        assertThat(counting.begun).isEqualTo(2);
        assertThat(counting.appended).isZero();

        forecasts.keepFollowing(true);
        refresh(140);
        refresh(150);
        assertThat(counting.begun).isEqualTo(3);
        assertThat(counting.appended).isEqualTo(1);
    }

    @Test
    void aForecastThatHoldsNothingDrawsTheSamePathsWhenAsked() {
        EndpointForecasts lean = new EndpointForecasts(new CombinedForecaster(), NO_DEMAND, shop);
        EndpointForecasts rich = new EndpointForecasts(new CombinedForecaster(), NO_DEMAND, shop);
        lean.keepFollowing(false);
        RateSeries history = history(0, 10_080);
        lean.refresh(history, WINDOW, PLENTY, at(10_080));
        rich.refresh(history, WINDOW, PLENTY, at(10_080));

        Duration from = Duration.ofHours(3);
        double[] peaks = lean.planning().peak(from, from.plusHours(2));
        double[] expected = rich.planning().peak(from, from.plusHours(2));
        int shown = lean.planning().levels().indexOf(0.95);
        assertThat(lean.planning().levels().size()).isEqualTo(5);
        assertThat(peaks[shown]).isEqualTo(expected[rich.planning().levels().indexOf(0.95)]);
        assertThat(lean.planning().rate(7, shown))
                .isEqualTo(rich.planning().rate(7, rich.planning().levels().indexOf(0.95)));
    }

    @Test
    void whoeverComesAfterTheLastFitOfACycleWaitsForTheNext() {
        FitBudget one = new FitBudget(1);
        EndpointForecasts other = new EndpointForecasts(counting, NO_DEMAND, shop);
        forecasts.refresh(history(0, 120), WINDOW, one, at(120)); // the fit of the lead-time demand takes it
        other.refresh(history(0, 120), WINDOW, one, at(120));
        assertThat(counting.begun).isZero();

        one.refill();
        forecasts.refresh(history(0, 120), WINDOW, one, at(120));
        assertThat(counting.begun).isEqualTo(1);
        other.refresh(history(0, 120), WINDOW, one, at(120));
        assertThat(other.planning()).isNull();
    }

    @Test
    void onlyFullStepsAreTakenIn() {
        refresh(125);
        assertThat(forecasts.planning().origin()).isEqualTo(at(120));
        refresh(138);
        assertThat(forecasts.planning().origin()).isEqualTo(at(130));
    }

    @Test
    void aStepThatIsRevisedIsLearntAnew() {
        refresh(120);
        rates[115] = 99; // came late
        refresh(130);
        assertThat(counting.begun).isEqualTo(2);
        assertThat(counting.rates(11)[0]).isCloseTo(mean(110, 120), within(1e-9));
    }

    @Test
    void aGapThatIsFilledIsLearntAnew() {
        for (int t = 110; t < 120; t++) {
            rates[t] = Double.NaN;
        }
        refresh(120);
        for (int t = 110; t < 120; t++) {
            rates[t] = 5;
        }
        refresh(130);
        assertThat(counting.begun).isEqualTo(2);
    }

    @Test
    void anOlderBeginningIsLearntAndALaterOneIsNot() {
        refresh(history(60, 200), at(200));
        refresh(history(73, 210), at(210)); // cut inside of a step
        assertThat(counting.begun).isEqualTo(1);
        refresh(history(0, 220), at(220));
        assertThat(counting.begun).isEqualTo(2);
    }

    @Test
    void aHistoryThatBeginsAfterWhatIsFollowedIsLearntAnew() {
        refresh(history(0, 100), at(100));
        refresh(history(200, 300), at(300));
        assertThat(counting.begun).isEqualTo(2);
    }

    @Test
    void allIsLearntAnewOnceADay() {
        for (int minute = 120; minute <= 120 + 1_440; minute += 10) {
            refresh(minute);
        }
        assertThat(counting.begun).isEqualTo(2);
        assertThat(counting.appended).isBetween(100, 144);
    }

    @Test
    void afterAFaultTheNextForecastIsOfANewReading() {
        refresh(120);
        counting.fault = new IllegalStateException("singular");
        assertThatThrownBy(() -> refresh(130)).hasMessage("singular");
        counting.fault = null;
        refresh(140);
        assertThat(counting.begun).isEqualTo(2);
        assertThat(forecasts.planning().origin()).isEqualTo(at(140));
    }

    @Test
    void theRealForecasterSaysTheSameFollowedAndReadAnewUnlessItsOffsetMoved() {
        EndpointForecasts followed = real();
        for (int minute = 10_000; minute <= 10_100; minute += 10) {
            followed.refresh(history(0, minute), WINDOW, PLENTY, at(minute));
        }
        EndpointForecasts anew = real();
        anew.refresh(history(0, 10_100), WINDOW, PLENTY, at(10_100));
        Forecast a = followed.planning();
        Forecast b = anew.planning();
        assertThat(a.origin()).isEqualTo(b.origin());
        double[] median = new double[2];
        for (int k = 0; k < a.steps(); k++) {
            median[0] += a.rate(k, a.levels().indexOf(0.5)) / a.steps();
            median[1] += b.rate(k, b.levels().indexOf(0.5)) / b.steps();
        }
        assertThat(median[0]).isCloseTo(median[1], within(0.02 * median[1]));
    }

    @Test
    void aRestoredEndpointGoesOnAsIfNeverInterrupted() throws IOException {
        InMemoryModelStore store = new InMemoryModelStore();
        EndpointForecasts before = real();
        for (int minute = 15_000; minute <= 15_050; minute += 10) {
            before.refresh(history(0, minute), WINDOW, PLENTY, at(minute));
        }
        before.save(store);

        EndpointForecasts after = real();
        after.restore(store, at(15_075));
        assertThat(after.takeNews()).isEmpty();
        for (EndpointForecasts one : List.of(before, after)) {
            one.refresh(history(0, 15_075), WINDOW, PLENTY, at(15_075));
        }

        assertThat(after.takeNews()).hasValue("what the forecast had learnt is restored");
        assertThat(after.takeNews()).isEmpty();
        assertSame(before.planning(), after.planning());
        RateSeries history = history(0, 15_075);
        assertThat(after.model(at(15_075)).demandAt(history))
                .isEqualTo(before.model(at(15_075)).demandAt(history));
    }

    @Test
    void aStateThatTheHistoryContradictsIsLearntAnew() throws IOException {
        InMemoryModelStore store = saved();
        rates[14_000] += 100;
        EndpointForecasts after = real();
        after.restore(store, at(15_010));
        after.refresh(history(0, 15_010), WINDOW, PLENTY, at(15_010));

        assertThat(after.takeNews())
                .hasValue(
                        "what the forecast had learnt is not restored but learnt anew, because the history differs at "
                                + at(14_000));
        EndpointForecasts anew = real();
        anew.refresh(history(0, 15_010), WINDOW, PLENTY, at(15_010));
        assertSame(anew.planning(), after.planning());
        assertThat(after.model(at(15_010)).demandAt(history(0, 15_010)))
                .isEqualTo(anew.model(at(15_010)).demandAt(history(0, 15_010)));
    }

    @Test
    void aStateOfYesterdayIsLearntAnew() throws IOException {
        InMemoryModelStore store = saved();
        EndpointForecasts after = real();
        after.restore(store, at(16_500));
        after.refresh(history(0, 16_500), WINDOW, PLENTY, at(16_500));
        assertThat(after.takeNews())
                .hasValue("what the forecast had learnt is not restored but learnt anew, because it is due once a day");
    }

    @Test
    void aStateFromTheFutureIsLearntAnew() throws IOException {
        InMemoryModelStore store = saved();
        EndpointForecasts after = real();
        after.restore(store, at(14_000));
        assertThat(after.takeNews())
                .hasValue(
                        "what the forecast had learnt is not restored but learnt anew, because it is from the future");
        after.refresh(history(0, 14_000), WINDOW, PLENTY, at(14_000));
        assertThat(after.planning()).isNotNull();
    }

    @Test
    void noDamageOfAStateIsAnythingButARebuild() throws IOException {
        InMemoryModelStore store = saved();
        byte[] content = store.contentOf(shop.id());
        byte[] whole = content.clone();
        SplittableRandom random = new SplittableRandom(4);
        for (int trial = 0; trial < 300; trial++) {
            // the store's checksum would find these; here nothing else does
            int k = trial < 150 ? random.nextInt(4_000) : random.nextInt(whole.length);
            content[k] ^= (byte) (1 + random.nextInt(255));
            EndpointForecasts after = real();
            after.restore(store, at(15_010));
            content[k] = whole[k];
        }
    }

    @Test
    void anotherCalendarHorizonOrSourceIsAnotherFingerprint() {
        TrafficCalendar holiday = new TrafficCalendar(
                ZoneOffset.UTC, Set.of(LocalDate.of(2024, 5, 1), LocalDate.of(2024, 1, 1)), List.of());
        assertThat(StateFingerprint.of(shop))
                .isEqualTo(StateFingerprint.of(anEndpoint("shop").withMode(Mode.OBSERVE)))
                .isNotEqualTo(StateFingerprint.of(with(holiday, shop.history())))
                .isNotEqualTo(StateFingerprint.of(with(TrafficCalendar.UTC, Duration.ofDays(14))))
                .isNotEqualTo(StateFingerprint.of(anEndpoint("chat")));
        TrafficCalendar otherOrder = new TrafficCalendar(
                ZoneOffset.UTC, Set.of(LocalDate.of(2024, 1, 1), LocalDate.of(2024, 5, 1)), List.of());
        assertThat(StateFingerprint.of(with(holiday, shop.history())))
                .isEqualTo(StateFingerprint.of(with(otherOrder, shop.history())));
    }

    private EndpointSpec with(TrafficCalendar calendar, Duration history) {
        return new EndpointSpec(
                shop.id(),
                shop.mode(),
                shop.scaleTargetRef(),
                shop.policy(),
                calendar,
                shop.traffic(),
                history,
                shop.metricSources(),
                shop.pausing());
    }

    private InMemoryModelStore saved() throws IOException {
        InMemoryModelStore store = new InMemoryModelStore();
        EndpointForecasts before = real();
        before.refresh(history(0, 15_000), WINDOW, PLENTY, at(15_000));
        before.save(store);
        return store;
    }

    private EndpointForecasts real() {
        return new EndpointForecasts(new CombinedForecaster(), new DirectLeadTimeForecaster(), shop);
    }

    private static void assertSame(Forecast expected, Forecast actual) {
        assertThat(actual.origin()).isEqualTo(expected.origin());
        for (int k = 0; k < expected.steps(); k++) {
            assertThat(actual.rates(k)).as("step %d", k).containsExactly(expected.rates(k));
        }
        assertThat(actual.provenance()).isEqualTo(expected.provenance());
    }

    private void refresh(int minute) {
        refresh(history(0, minute), at(minute));
    }

    private void refresh(RateSeries history, Instant now) {
        forecasts.refresh(history, WINDOW, PLENTY, now);
    }

    private RateSeries history(int from, int to) {
        return RateSeries.of(at(from), MINUTE, Arrays.copyOfRange(rates, from, to));
    }

    private double mean(int from, int to) {
        return Arrays.stream(rates, from, to).sum() / (to - from);
    }

    private static Instant at(int minute) {
        return START.plusSeconds(60L * minute);
    }

    private static double[] rates(int minutes) {
        SplittableRandom random = new SplittableRandom(3);
        double[] rates = new double[minutes];
        for (int t = 0; t < minutes; t++) {
            rates[t] = (30 + 20 * Math.sin(2 * Math.PI * t / 1_440)) * (0.8 + 0.4 * random.nextDouble());
        }
        return rates;
    }

    /** Says the last rate for ever, and counts what it is asked. */
    private static final class CountingForecaster implements Forecaster {
        private int begun;
        private int appended;
        private RuntimeException fault;
        private RateSeries last;

        double[] rates(int from) {
            return last.slice(from, last.size()).rates();
        }

        @Override
        public FollowedSeries follow(RateSeries history, TrafficCalendar calendar, int horizonSteps) {
            begun++;
            last = history;
            return new FollowedSeries() {
                private int size = history.size();

                @Override
                public void append(double rate) {
                    appended++;
                    size++;
                }

                @Override
                public int size() {
                    return size;
                }

                @Override
                public Instant end() {
                    return history.instantAt(size);
                }

                @Override
                public Forecast forecast(QuantileLevels levels) {
                    if (fault != null) {
                        throw fault;
                    }
                    double[][] flat = new double[horizonSteps][levels.size()];
                    return new Forecast(
                            end(),
                            history.step(),
                            levels,
                            flat,
                            new ScenarioPaths(new double[1][horizonSteps]),
                            Snapshots.aForecast(START, 1).provenance());
                }
            };
        }
    }
}
