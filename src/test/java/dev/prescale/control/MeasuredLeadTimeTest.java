package dev.prescale.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.control.LeadTime.Source;
import dev.prescale.scaling.ScalingPolicy.LeadTimeBounds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MeasuredLeadTimeTest {
    private static final Instant MONDAY = Instant.parse("2024-01-01T00:00:00Z");

    /** 120 s to begin with, within 15 s and 30 min. */
    private static final LeadTimeBounds BOUNDS = LeadTimeBounds.DEFAULT;

    private final MeasuredLeadTime leadTime = new MeasuredLeadTime(BOUNDS);
    private final List<ReplicaStart> all = new ArrayList<>();

    @Test
    void isAsGivenUntilFiveStartsHaveBeenSeen() {
        starts("v1", 0, 40, 50, 60, 70);
        assertThat(at(1).source()).isEqualTo(Source.INITIAL);
        assertThat(at(1).duration()).hasSeconds(120);
        assertThat(at(1).sentence()).isEqualTo("120 s as given: 4 starts seen so far");

        starts("v1", 1, 80);

        assertThat(at(2).source()).isEqualTo(Source.MEASURED);
        assertThat(at(2).duration()).hasSeconds(80); // the slowest of fewer than ten
        assertThat(at(2).samples()).isEqualTo(5);
    }

    @Test
    void isTheNinthOfTenStarts() {
        starts("v1", 0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100);

        assertThat(at(1).duration()).hasSeconds(90);
    }

    @Test
    void seeingAStartAgainCountsItOnce() {
        starts("v1", 0, 40, 50, 60, 70);

        for (int minute = 10; minute < 20; minute++) {
            assertThat(leadTime.observe(all, MONDAY.plusSeconds(60 * minute))).isEmpty();
        }

        assertThat(at(1).samples()).isEqualTo(4);
    }

    @Test
    void readinessThatComesBackIsNotAStart() {
        starts("v1", 0, 60, 60, 60, 60, 60);
        ReplicaStart first = all.getFirst();

        List<ReplicaStart> news = leadTime.observe(
                List.of(start(first.id(), "v1", first.created(), first.created().plusSeconds(1_000))), hours(2));

        assertThat(news).isEmpty();
        assertThat(at(2).duration()).hasSeconds(60);
    }

    /** The API server's times of creation are whole seconds. */
    @Test
    void ofTemplatesStartedInTheSameSecondTheOneReadyLastIsTheNewest() {
        starts("v1", 0, 60, 60, 60, 60, 60);
        Instant created = all.getFirst().created();

        leadTime.observe(List.of(start("a", "v2", created, created.plusSeconds(200))), hours(2));
        assertThat(at(2).duration()).hasSeconds(200);
    }

    @Test
    void aSlowerImageRaisesItWithItsFirstStart() {
        starts("v1", 0, 60, 60, 60, 60, 60, 60);
        starts("v2", 1, 200);

        assertThat(at(2).duration()).hasSeconds(200);
    }

    @Test
    void aFasterImageChangesNothingBeforeItsFifthStart() {
        starts("v1", 0, 200, 200, 200, 200, 200);
        starts("v2", 1, 40, 40, 40, 40);

        assertThat(at(20).duration()).hasSeconds(200);
    }

    @Test
    void aFasterImageLowersItByHalfOfTheDifferenceEverySixHours() {
        starts("v1", 0, 200, 200, 200, 200, 200);
        starts("v2", 1, 40, 40, 40, 40, 40);
        Instant fifth = hours(1).plusSeconds(40);

        assertThat(leadTime.at(fifth).duration()).hasSeconds(200);
        assertThat(leadTime.at(fifth.plus(Duration.ofHours(6))).duration()).hasSeconds(120); // 40 + 160 / 2
        assertThat(leadTime.at(fifth.plus(Duration.ofHours(12))).duration()).hasSeconds(80); // 40 + 160 / 4
        assertThat(leadTime.at(fifth.plus(Duration.ofDays(4))).duration()).hasSeconds(40);
    }

    @Test
    void aRollbackToAFasterImageIsAsSlowAsAFasterImage() {
        starts("v1", 0, 40, 40, 40, 40, 40);
        starts("v2", 1, 200);
        assertThat(at(2).duration()).hasSeconds(200);

        starts("v1", 2, 40);

        assertThat(at(3).duration().toSeconds()).isBetween(175L, 185L); // 40 + 160 * 2^(-1/6) = 182.5
    }

    @Test
    void manySmallRolloutsAreMeasuredTogether() {
        for (int day = 0; day < 4; day++) {
            starts("v" + day, 24 * day, 60, 90);
        }

        assertThat(at(80).source()).isEqualTo(Source.MEASURED);
        assertThat(at(80).duration()).hasSeconds(90);
        assertThat(at(80).samples()).isEqualTo(8);
    }

    @Test
    void aPodThatWaitedForHoursForANodeIsBoundedByTheMaximum() {
        starts("v1", 0, 60, 60, 60, 60, 5 * 3_600);

        assertThat(at(6).duration()).isEqualTo(BOUNDS.max());
        assertThat(at(6).neverReady()).isEqualTo(1);
    }

    @Test
    void onePodOfTenThatWaitedForHoursIsOutsideOfTheQuantile() {
        starts("v1", 0, 60, 60, 60, 60, 60, 60, 60, 60, 60, 5 * 3_600);

        assertThat(at(6).duration()).hasSeconds(60);
    }

    @Test
    void quickStartsAreBoundedByTheMinimum() {
        starts("v1", 0, 1, 1, 1, 1, 1);

        assertThat(at(1).duration()).isEqualTo(BOUNDS.min());
    }

    @Test
    void aStartThatNeverBecomesReadyDoesNotCountAndIsSeen() {
        starts("v1", 0, 60, 60, 60, 60, 60);
        ReplicaStart stuck = start("stuck", "v1", hours(1), null);

        assertThat(leadTime.observe(List.of(stuck), hours(1).plusSeconds(1_800)))
                .isEmpty();
        assertThat(leadTime.observe(List.of(stuck), hours(1).plusSeconds(1_801)))
                .containsExactly(stuck);

        assertThat(at(2).duration()).hasSeconds(60);
        assertThat(at(2).neverReady()).isEqualTo(1);
        assertThat(at(2).sentence()).endsWith("; 1 start has not become ready in time");
        assertThat(at(24 * 7).neverReady()).isEqualTo(1);
        assertThat(at(24 * 7 + 1).neverReady()).isZero();
    }

    @Test
    void startsCountForSevenDays() {
        starts("v1", 0, 200, 200, 200, 200, 200);
        starts("v1", 24, 60, 60, 60, 60, 60);
        Instant leaves = MONDAY.plus(Duration.ofDays(7)).plusSeconds(200);

        assertThat(leadTime.at(leaves.minusSeconds(1)).duration()).hasSeconds(200);
        assertThat(leadTime.at(leaves.plus(Duration.ofHours(6))).duration()).hasSeconds(130); // 60 + 140 / 2
    }

    @Test
    void aQuietWeekIsNoReasonToForget() {
        starts("v1", 0, 200, 200, 200, 200, 200);

        assertThat(at(24 * 20).source()).isEqualTo(Source.MEASURED);
        assertThat(at(24 * 20).duration()).hasSeconds(200);
    }

    @Test
    void saysWhatIsUsualOfEachPart() {
        for (int k = 1; k <= 5; k++) {
            Instant created = hours(1);
            observe(
                    new ReplicaStart(
                            "pod-" + k,
                            "v1",
                            created,
                            created.plusSeconds(k),
                            created.plusSeconds(11L * k),
                            created.plusSeconds(31L * k)),
                    hours(2));
        }

        assertThat(at(3).scheduling()).hasSeconds(3);
        assertThat(at(3).image()).hasSeconds(30);
        assertThat(at(3).start()).hasSeconds(60);
        assertThat(at(3).sentence())
                .isEqualTo("155 s, the P90 of 5 starts; usually 3 s scheduling, 30 s image, 60 s start");
    }

    @Test
    void aRestartGoesOnWithTheSameNumberWhateverTheOrderOfTheLog() {
        starts("v1", 0, 200, 210, 220, 230, 240);
        starts("v2", 1, 40, 41, 42, 43, 44, 45, 46);
        LeadTime before = at(9);
        List<ReplicaStart> log = new ArrayList<>(all);
        Collections.shuffle(log, new Random(17));

        MeasuredLeadTime restarted = new MeasuredLeadTime(BOUNDS);
        restarted.restore(log, hours(9));

        assertThat(restarted.at(hours(9))).isEqualTo(before);
        assertThat(before.duration().toSeconds()).isBetween(100L, 140L); // on its way down
    }

    @Test
    void remembersTheNewestTwoHundredAndTakesNoneOfTheOthersForNew() {
        for (int k = 0; k < 300; k++) {
            starts("v1", k % 100, k < 100 ? 500 : 60);
        }

        assertThat(at(100).samples()).isEqualTo(MeasuredLeadTime.MOST);
        assertThat(leadTime.observe(all, hours(101))).isEmpty();
    }

    private LeadTime at(int hour) {
        return leadTime.at(hours(hour));
    }

    private static Instant hours(int hour) {
        return MONDAY.plus(Duration.ofHours(hour));
    }

    /** Starts created at that hour that take this many seconds each. */
    private void starts(String template, int hour, int... seconds) {
        for (int took : seconds) {
            Instant created = hours(hour);
            observe(
                    start("pod-" + all.size(), template, created, created.plusSeconds(took)),
                    created.plusSeconds(took));
        }
    }

    private void observe(ReplicaStart start, Instant now) {
        all.add(start);
        assertThat(leadTime.observe(all, now)).containsExactly(start);
    }

    private static ReplicaStart start(String id, String template, Instant created, @Nullable Instant ready) {
        return new ReplicaStart(id, template, created, null, null, ready);
    }
}
