package dev.prescale.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.prescale.series.RateSeries;
import dev.prescale.testing.Specs;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** All of the traffic is 100 req/s; minute by minute. */
class InheritedHistoryTest {
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private static final TrafficSource SOURCE = Specs.countsOf("chat").withTag("version", "v2");
    private static final Inheritance INHERITANCE = new Inheritance(new EndpointId("test", "chat-v1"), "version");

    private final InheritedHistory inherited = new InheritedHistory(INHERITANCE, SOURCE, Duration.ofDays(28), 10);

    @Test
    void allOfTheTrafficIsAskedFor() {
        RateHistory.Query query = inherited.nextQuery(minute(100));

        assertThat(query.source()).isEqualTo(Specs.countsOf("chat"));
        assertThat(query.to()).isEqualTo(minute(100));
    }

    @Test
    void theShareScalesWhatWasBeforeTheWindow() {
        whole(1_000);
        RateSeries joined = inherited.joinedTo(own(960, 1_000, 10), minute(1_000));

        assertThat(joined.start()).isEqualTo(START);
        assertThat(joined.size()).isEqualTo(1_000);
        assertThat(joined.rates()).containsOnly(new double[] {10}, within(1e-9));
        assertThat(inherited.takeRewritten()).isTrue();
        assertThat(inherited.takeRewritten()).isFalse();
        assertThat(inherited.warnings())
                .containsExactly(
                        "The history before 2024-01-01T16:10:00Z is inherited: that of test/chat-v1 and all others that the tag version tells apart, times 0.100, the measured share.");
    }

    @Test
    void aNewSplitRewritesWhatCameBefore() {
        whole(1_000);
        inherited.joinedTo(own(900, 960, 10), minute(960));
        inherited.takeRewritten();
        RateSeries both = own(900, 960, 10).overlaidBy(own(960, 1_000, 50));

        RateSeries joined = inherited.joinedTo(both, minute(1_000));

        // the last 30 minutes are of the new split only
        assertThat(inherited.takeRewritten()).isTrue();
        assertThat(joined.rates()).containsOnly(new double[] {50}, within(1e-9));
    }

    @Test
    void theNoiseOfASplitRewritesNothing() {
        whole(1_000);
        inherited.joinedTo(own(900, 960, 10), minute(960));
        inherited.takeRewritten();

        RateSeries joined = inherited.joinedTo(own(900, 960, 10).overlaidBy(own(960, 990, 10.4)), minute(990));

        assertThat(inherited.takeRewritten()).isFalse();
        assertThat(joined.rateAt(0)).isCloseTo(10, within(1e-9));
        assertThat(joined.rateAt(989)).isEqualTo(10.4);
    }

    @Test
    void aDifferenceThatStaysIsTakenUpAfterAnHour() {
        whole(1_100);
        inherited.joinedTo(own(900, 960, 10), minute(960));

        RateSeries joined = inherited.joinedTo(own(900, 960, 10).overlaidBy(own(960, 1_060, 11)), minute(1_060));

        assertThat(joined.rates()).containsOnly(new double[] {11}, within(1e-9));
    }

    @Test
    void aQuietNightKeepsTheShare() {
        whole(960);
        inherited.joinedTo(own(900, 960, 10), minute(960));

        RateSeries quiet = own(900, 960, 10).overlaidBy(own(960, 1_000, 0));
        inherited.accept(new RateHistory.Samples(series(960, 1_000, 0)), minute(1_000));

        assertThat(inherited.joinedTo(quiet, minute(1_000)).rateAt(0)).isCloseTo(10, within(1e-9));
    }

    @Test
    void tooFewRequestsTellNoShare() {
        whole(1_000);
        RateSeries own = own(990, 1_000, 0.1);

        assertThat(inherited.joinedTo(own, minute(1_000))).isSameAs(own);
        assertThat(inherited.warnings())
                .containsExactly(
                        "Nothing is inherited from test/chat-v1 yet: it had 60 requests in 10 steps of the last 30 minutes, and 100 in 3 are needed.");
    }

    @Test
    void whatIsNoPartOfTheWholeInheritsNothing() {
        whole(1_000);
        RateSeries own = own(900, 1_000, 150);

        assertThat(inherited.joinedTo(own, minute(1_000))).isSameAs(own);
        assertThat(inherited.warnings().getFirst()).contains("1.50 times that of all: it is no part of it");
    }

    @Test
    void withoutOwnTrafficOrAnyAtAllNothingIsInherited() {
        RateSeries none = RateSeries.empty(minute(1_000), Specs.MINUTE);
        assertThat(inherited.joinedTo(none, minute(1_000))).isSameAs(none);
        assertThat(inherited.warnings().getFirst()).endsWith("the traffic of all has not been read yet.");

        whole(1_000);
        assertThat(inherited.joinedTo(none, minute(1_000))).isSameAs(none);
        assertThat(inherited.warnings().getFirst()).endsWith("it has no traffic of its own yet.");
    }

    @Test
    void theSameHistoryIsJoinedOnce() {
        whole(1_000);
        RateSeries own = own(900, 1_000, 10);

        assertThat(inherited.joinedTo(own, minute(1_000))).isSameAs(inherited.joinedTo(own, minute(1_001)));
    }

    @Test
    void anEndpointWithOtherTrafficIsNotInheritedFrom() {
        whole(1_000);
        RateSeries own = own(900, 1_000, 10);
        EndpointSpec chat = spec(SOURCE, INHERITANCE);
        EndpointId other = INHERITANCE.from();
        EndpointSpec before = spec(Specs.countsOf("chat").withTag("version", "v1"), null);

        assertThat(Inheritance.whyNot(chat, Map.of())).isEmpty();
        assertThat(Inheritance.whyNot(chat, Map.of(other, before))).isEmpty();
        assertThat(Inheritance.whyNot(before, Map.of(other, chat))).isEmpty();
        String why = Inheritance.whyNot(chat, Map.of(other, spec(Specs.countsOf("search"), null)));
        inherited.refuse(why);

        assertThat(inherited.joinedTo(own, minute(1_000))).isSameAs(own);
        assertThat(inherited.warnings())
                .containsExactly(
                        "Nothing is inherited from test/chat-v1: its traffic differs in more than the tag version.");
    }

    private static EndpointSpec spec(TrafficSource source, Inheritance inheritance) {
        EndpointSpec plain = Specs.anEndpoint("chat");
        return new EndpointSpec(
                plain.id(),
                plain.mode(),
                plain.scaleTargetRef(),
                plain.policy(),
                plain.calendar(),
                source,
                plain.load(),
                plain.history(),
                inheritance,
                Map.of(),
                plain.pausing());
    }

    private void whole(int minutes) {
        inherited.accept(new RateHistory.Samples(series(0, minutes, 100)), minute(minutes));
    }

    private static RateSeries own(int from, int to, double rate) {
        return series(from, to, rate);
    }

    private static RateSeries series(int from, int to, double rate) {
        double[] rates = new double[to - from];
        Arrays.fill(rates, rate);
        return RateSeries.of(minute(from), Specs.MINUTE, rates);
    }

    private static Instant minute(int minute) {
        return START.plusSeconds(60L * minute);
    }
}
