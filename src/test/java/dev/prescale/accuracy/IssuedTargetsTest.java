package dev.prescale.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.testing.Rates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IssuedTargetsTest {
    private static final JudgedHorizons HORIZONS = new JudgedHorizons(Rates.TEN_MINUTES, 288);

    private final IssuedTargets targets = new IssuedTargets(HORIZONS, 1);

    private static Instant minute(long minute) {
        return Rates.START.plusSeconds(60 * minute);
    }

    @Test
    void horizonsAreTenMinutesToTwoDaysInWholeSteps() {
        assertThat(List.of(1, 3, 6, 12, 24, 36, 72, 144, 216, 288)).isEqualTo(stepsAhead(HORIZONS));
        assertThat(stepsAhead(new JudgedHorizons(Rates.HOUR, 48))).containsExactly(1, 2, 4, 6, 12, 24, 36, 48);
        assertThat(stepsAhead(new JudgedHorizons(Rates.HOUR, 6))).containsExactly(1, 2, 4, 6);
        assertThat(HORIZONS.bucket(2)).isEqualTo(HorizonBucket.WITHIN_1H);
        assertThat(HORIZONS.bucket(3)).isEqualTo(HorizonBucket.FROM_1H_TO_6H);
        assertThat(HORIZONS.bucket(9)).isEqualTo(HorizonBucket.FROM_24H_TO_48H);
    }

    private static List<Integer> stepsAhead(JudgedHorizons horizons) {
        List<Integer> steps = new ArrayList<>();
        for (int horizon = 0; horizon < horizons.count(); horizon++) {
            steps.add(horizons.stepsAhead(horizon));
        }
        return steps;
    }

    @Test
    void theTargetIsTheStepThatEndsAtTheHorizon() {
        targets.remember(2, minute(0), new float[] {7});

        assertThat(targets.target(2)).isEqualTo(minute(50)); // 00:50 to 01:00
        assertThat(targets.isOver(2, minute(59))).isFalse();
        assertThat(targets.isOver(2, minute(60))).isTrue();
        assertThat(targets.isOver(1, minute(60))).isFalse(); // another horizon
    }

    @Test
    void whatIsTakenOutIsGone() {
        targets.remember(0, minute(0), new float[] {7});
        targets.remember(0, minute(20), new float[] {8});
        float[] issued = new float[1];
        targets.take(0, issued);

        assertThat(issued).containsExactly(7);
        assertThat(targets.target(0)).isEqualTo(minute(20));
        targets.take(0, issued);
        assertThat(targets.isOver(0, minute(1_000_000))).isFalse();
    }

    @Test
    void aFullRingLosesItsOldest() {
        for (int k = 0; k <= JudgedHorizons.MOST_OPEN; k++) {
            targets.remember(0, minute(20L * k), new float[] {k});
        }
        assertThat(targets.target(0)).isEqualTo(minute(20));
    }

    @ParameterizedTest(name = "horizon {0}")
    @ValueSource(ints = {0, 2, 5, 9})
    void theRingIsLongEnoughForAForecastEveryTenMinutes(int horizon) {
        float[] issued = new float[1];
        int remembered = 0;
        int settled = 0;
        for (long minute = 0; minute < 20 * 1440; minute += 10) {
            while (targets.isOver(horizon, minute(minute).minus(JudgedHorizons.SETTLED_AFTER))) {
                targets.take(horizon, issued);
                assertThat(issued[0]).isEqualTo(settled); // in order, none lost
                settled++;
            }
            if (targets.isDue(horizon, minute(minute))) {
                targets.remember(horizon, minute(minute), new float[] {remembered});
                remembered++;
            }
        }
        assertThat(remembered - settled).isBetween(1, JudgedHorizons.MOST_OPEN);
        assertThat(settled).isGreaterThan(90);
    }
}
