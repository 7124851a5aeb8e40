package dev.prescale.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.prescale.series.RateSeries;
import dev.prescale.series.TrafficCalendar;
import dev.prescale.testing.Rates;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Against {@code design()} of the reference {@code lead_time_demand.py}, run with pandas 3.1.1 and numpy 2.4.6 on
 * {@code t = arange(9 * 1440); y = 200 + t * 7919 % 101 + 100 * (t // 60 % 24 >= 8) + t % 1440 // 10} requests per minute and a
 * lead of 3 minutes, a window of 5: {@code x[t], target[t], level[t]}.
 */
class PeakFeaturesReferenceTest {
    private static final int DAY = 1440;
    private static final int MORNING = 12001;
    private static final double[] MORNING_ROW = {
        0.23404715095326162, 0.11907473134896474, 0.05526897782812828, 0.017833176947501268, 0.006423379749759912,
        0.0, -0.01309906062582393, -0.031080309524925513, 0.2631379096617869, 0.23404715095326162,
        0.23404715095326162, 0.3974266372181416, 0.27182345245306355, 0.010130674077467193, 0.2681147387868525,
        0.36542390613196774, 0.23862825314174355, 0.0011430962421259646, 0.2439104009963822, 0.11597955190216336,
        0.057858106305952534, 0.33402777777777776
    };
    private static final int AFTERNOON = 12520;
    private static final double[] AFTERNOON_ROW = {
        0.10268403363182982,
        0.016677177068205516,
        0.015361964252578143,
        0.012066344440123939,
        0.004334062460220895,
        0.0,
        -0.0030674015294809083,
        -0.01679642172610801,
        -0.1441126180588095,
        0.10268403363182982,
        0.10268403363182982,
        0.07413979192653136,
        0.0009276610620911899,
        -0.0007055983952573594,
        0.005967331070722911,
        0.09055041662040374,
        0.008612617231475142,
        -0.006742058950619601,
        0.019688927043110375,
        0.06684368457215017,
        0.047195545705811234,
        0.6944444444444444
    };

    private static final RateSeries SERIES = Rates.of(
            Rates.MINUTE,
            9 * DAY,
            t -> (200 + (long) t * 7919 % 101 + (t / 60 % 24 >= 8 ? 100 : 0) + t % DAY / 10) / 60.0);

    private static void agrees(int t, double[] expected, double level, double target) {
        LearningHistory history = new LearningHistory(SERIES, TrafficCalendar.UTC, 1);
        PeakFeatures features = new PeakFeatures(history, Duration.ofMinutes(5), 0.5 / 60);
        double[] row = new double[PeakFeatures.COUNT];
        features.fill(t, row);
        for (int i = 0; i < expected.length; i++) {
            // the reference leaves the offset c out of the growth, a thousandth here
            boolean isGrowth = i == PeakFeatures.DAY_PEAK + 3 || i == PeakFeatures.WEEK_PEAK + 3;
            assertThat(row[i]).as("feature %s", i).isCloseTo(expected[i], within(isGrowth ? 2e-3 : 1e-9));
        }
        assertThat(60 * features.level(t)).isCloseTo(level, within(1e-9));
        assertThat(PeakSample.target(features, features.peak(t), features.level(t)))
                .isCloseTo(target, within(1e-9));
    }

    @Test
    void aMorningRowAgrees() {
        agrees(MORNING, MORNING_ROW, 298.225, 0.3883870276404165);
    }

    @Test
    void anAfternoonRowAgrees() {
        agrees(AFTERNOON, AFTERNOON_ROW, 448.45, 0.06583237135667527);
    }
}
