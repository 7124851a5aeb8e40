package dev.prescale.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.prescale.forecast.Forecast;
import dev.prescale.forecast.QuantileLevels;
import dev.prescale.forecast.ScenarioPaths;
import dev.prescale.series.RateSeries;
import dev.prescale.series.SeriesQuality;
import dev.prescale.testing.Rates;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** A planning forecast every ten minutes, over traffic that is known exactly. */
class ForecastScoresTest {
    private static final int DAY = 144;
    private static final int FIRST = 15 * DAY;
    private static final QuantileLevels SHOWN = QuantileLevels.of(0.1, 0.5, 0.9, 0.95, 0.99);

    private final ForecastScores scores = new ForecastScores(ZoneOffset.UTC);

    /** A day that rises from 100 to 243 req/s, and 1 req/s more every day. */
    private static double drifting(int t) {
        return 100 + t % DAY + t / DAY;
    }

    /** Issues forecasts from {@code from} until {@code to}, each with all levels at the rate of its steps. */
    private void issue(int from, int to, IntToDoubleFunction traffic, IntToDoubleFunction issued) {
        for (int origin = from; origin < to; origin++) {
            scores.observe(Rates.of(Rates.TEN_MINUTES, origin, traffic), forecast(origin, issued));
        }
    }

    private static Forecast forecast(int origin, IntToDoubleFunction issued) {
        double[][] rates = new double[288][SHOWN.size()];
        double[][] path = new double[1][288];
        for (int h = 0; h < rates.length; h++) {
            Arrays.fill(rates[h], issued.applyAsDouble(origin + h));
        }
        Forecast.Provenance provenance = new Forecast.Provenance(
                List.of(),
                List.of(),
                new SeriesQuality(origin, 0, 0),
                new Forecast.Skill(Double.NaN, "", Double.NaN),
                List.of());
        return new Forecast(
                Rates.START.plusSeconds(600L * origin),
                Rates.TEN_MINUTES,
                SHOWN,
                rates,
                new ScenarioPaths(path),
                provenance);
    }

    private HorizonScore bucket(HorizonBucket bucket) {
        return scores.status().stream()
                .filter(score -> score.bucket() == bucket)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aPerfectForecastHasNoLossAndIsTrusted() {
        issue(FIRST, FIRST + 4 * DAY, ForecastScoresTest::drifting, ForecastScoresTest::drifting);

        assertThat(scores.status()).extracting(HorizonScore::bucket).containsExactly(HorizonBucket.values());
        assertThat(scores.status()).allSatisfy(score -> {
            assertThat(score.meanAbsoluteError()).isZero();
            assertThat(score.coverage()).isEqualTo(1);
            assertThat(score.gate()).isNotNull().matches(GateStatus::isTrusted);
        });
    }

    @Test
    void theDriftIsTheErrorOfTheNaives() {
        issue(FIRST, FIRST + 4 * DAY, ForecastScoresTest::drifting, t -> drifting(t) + 2);

        HorizonScore day = bucket(HorizonBucket.FROM_6H_TO_24H);
        assertThat(day.meanAbsoluteError()).isEqualTo(2, within(1e-5));
        HorizonScore.Rival dayNaive = day.rivals().get(1);
        assertThat(dayNaive.name()).isEqualTo("dayNaive");
        assertThat(dayNaive.meanAbsoluteError()).isEqualTo(1, within(1e-5));
        assertThat(dayNaive.relativeAbsoluteError()).isEqualTo(2, within(1e-4));
        // its own errors are always the same, so that with their quantile it is perfect
        assertThat(dayNaive.pinball()).allSatisfy(loss -> assertThat(loss).isEqualTo(0, within(1e-5)));
        assertThat(day.rivals().get(2).meanAbsoluteError()).isEqualTo(7, within(1e-5));
        assertThat(day.gate()).isNotNull().matches(gate -> !gate.isTrusted());
    }

    @Test
    void anOutcomeIsSettledTwoHoursAfterItsStep() {
        issue(FIRST, FIRST + 13, ForecastScoresTest::drifting, ForecastScoresTest::drifting);
        assertThat(bucket(HorizonBucket.WITHIN_1H).outcomes()).isZero();

        issue(FIRST + 13, FIRST + 14, ForecastScoresTest::drifting, ForecastScoresTest::drifting);
        assertThat(bucket(HorizonBucket.WITHIN_1H).outcomes()).isEqualTo(1);
        assertThat(bucket(HorizonBucket.FROM_24H_TO_48H).meanAbsoluteError()).isNaN();
    }

    @Test
    void gapsAndOutagesJudgeNobody() {
        int failed = FIRST + 2 * DAY;
        IntToDoubleFunction outage = t -> t >= failed && t < failed + 30 ? 0 : drifting(t);
        issue(FIRST, FIRST + 3 * DAY, outage, ForecastScoresTest::drifting);
        assertThat(scores.status())
                .allSatisfy(score -> assertThat(score.meanAbsoluteError()).isZero());
        int judged = bucket(HorizonBucket.WITHIN_1H).outcomes();

        ForecastScores without = new ForecastScores(ZoneOffset.UTC);
        for (int origin = FIRST; origin < FIRST + 3 * DAY; origin++) {
            IntToDoubleFunction gap = t -> t >= failed && t < failed + 30 ? Double.NaN : drifting(t);
            without.observe(Rates.of(Rates.TEN_MINUTES, origin, gap), forecast(origin, ForecastScoresTest::drifting));
        }
        assertThat(without.status().getFirst().meanAbsoluteError()).isZero();
        assertThat(without.status().getFirst().outcomes()).isGreaterThan(judged); // an outage has an hour around it
    }

    @Test
    void theSameOriginCountsOnce() {
        issue(FIRST, FIRST + 40, ForecastScoresTest::drifting, ForecastScoresTest::drifting);
        List<HorizonScore> before = scores.status();
        RateSeries series = Rates.of(Rates.TEN_MINUTES, FIRST + 39, ForecastScoresTest::drifting);
        scores.observe(series, forecast(FIRST + 39, t -> 0));

        assertThat(scores.status()).isSameAs(before);
    }

    @Test
    void whatABaselineSaidIsNotChangedByWhatCameAfter() {
        // flat, then ten times as much from one step on: persistence of before the jump is 900 off, day naive too
        int jump = FIRST + 2 * DAY;
        IntToDoubleFunction traffic = t -> t < jump ? 100 : 1000;
        issue(FIRST, jump + 12, traffic, t -> 100);
        double before = bucket(HorizonBucket.WITHIN_1H).rivals().get(0).meanAbsoluteError();
        assertThat(before).isZero();

        issue(jump + 12, jump + 14, traffic, t -> 1000);
        HorizonScore.Rival persistence =
                bucket(HorizonBucket.WITHIN_1H).rivals().get(0);
        assertThat(persistence.meanAbsoluteError()).isPositive();
        assertThat(persistence.relativeAbsoluteError()).isEqualTo(1, within(1e-9)); // ours was 900 off as well
    }

    @Test
    void aForecastFromAfterTheEndOfTheSeriesIsJudgedByWhatWasKnown() {
        for (int origin = FIRST; origin < FIRST + DAY; origin++) {
            scores.observe(
                    Rates.of(Rates.TEN_MINUTES, origin - 1, ForecastScoresTest::drifting),
                    forecast(origin, ForecastScoresTest::drifting));
        }
        HorizonScore nextHour = bucket(HorizonBucket.WITHIN_1H);
        assertThat(nextHour.meanAbsoluteError()).isZero();
        assertThat(nextHour.rivals().get(1).meanAbsoluteError()).isEqualTo(1, within(1e-5));
    }

    @Test
    void aBaselineLooksNoFurtherThanTheOriginWhereTheSeriesDoes() {
        for (int origin = FIRST + 10; origin < FIRST + 100; origin++) {
            scores.observe(
                    Rates.of(Rates.TEN_MINUTES, origin + 5, ForecastScoresTest::drifting),
                    forecast(origin, ForecastScoresTest::drifting));
        }
        // one step ahead the last value is 1 too low, three steps 3, six steps 6; of the last a few are not settled yet
        assertThat(bucket(HorizonBucket.WITHIN_1H).rivals().get(0).meanAbsoluteError())
                .isBetween(3.1, 10.0 / 3);
    }

    @Test
    void aForecastWithoutTheLevelsIsNotJudged() {
        double[][] rates = new double[288][1];
        Forecast median = new Forecast(
                Rates.START.plusSeconds(600L * FIRST),
                Rates.TEN_MINUTES,
                QuantileLevels.of(0.5),
                rates,
                new ScenarioPaths(new double[1][288]),
                forecast(FIRST, t -> 0).provenance());
        scores.observe(Rates.of(Rates.TEN_MINUTES, FIRST, t -> 1), median);

        assertThat(scores.status())
                .allSatisfy(score -> assertThat(score.outcomes()).isZero());
    }
}
