package dev.prescale.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Violation minutes as a function of the headroom; replica-hours are 100 times the headroom. */
class HeadroomSearchTest {
    private final List<Double> tried = new ArrayList<>();

    @Test
    void findsTheHeadroomWhoseViolationMinutesAreWanted() {
        // 1000 exp(-3 f): 20 at f = 1.304
        var found = search(20, f -> Math.rint(1000 * Math.exp(-3 * f)));
        assertThat(found.violationMinutes()).isEqualTo(20);
        assertThat(found.replicaHours()).isCloseTo(130.4, within(1.0));
        assertThat(tried).hasSizeLessThanOrEqualTo(6);
    }

    @Test
    void goesDownToo() {
        var found = search(400, f -> Math.rint(1000 * Math.exp(-3 * f)));
        assertThat(found.replicaHours()).isCloseTo(30.5, within(0.5));
    }

    @Test
    void noViolationsAreReachedByTheLeastHeadroomThatHasNone() {
        var found = search(0, f -> Math.max(0, Math.rint(30 - 10 * f)));
        // 30 - 10 f rounds to 0 from 2.95 on
        assertThat(found.replicaHours()).isCloseTo(295, within(6.0));
    }

    @Test
    void lessHeadroomIsTriedWhereThereIsNoViolationAnyway() {
        var found = search(0, f -> f < 0.5 ? 5 : 0);
        assertThat(found.replicaHours()).isCloseTo(50, within(1.0));
    }

    @Test
    void whatNoHeadroomReachesIsNotInvented() {
        var found = search(3, f -> 7);
        assertThat(found.violationMinutes()).isEqualTo(7);
        assertThat(found.replicaHours()).isNull();
    }

    @Test
    void nothingIsTriedWhereTheyAreEqualAsTheyAre() {
        var found = search(7, f -> 7);
        assertThat(found.replicaHours()).isEqualTo(100);
        assertThat(tried).isEmpty();
    }

    @Test
    void aStoppedSearchFindsNothing() {
        assertThat(new HeadroomSearch(1, f -> null).from(score(1, 5))).isEmpty();
    }

    private BacktestResult.EqualService search(double wanted, DoubleUnaryOperator violations) {
        var search = new HeadroomSearch(wanted, headroom -> {
            tried.add(headroom);
            return score(headroom, violations.applyAsDouble(headroom));
        });
        return search.from(score(1, violations.applyAsDouble(1))).orElseThrow();
    }

    private static Scorecard.Score score(double headroom, double violations) {
        return new Scorecard.Score("some", 100 * headroom, violations, 0, 0, 0, 0, 0, 100 * headroom, null);
    }
}
