package dev.prescale.adapter.influx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.adapter.influx.ReadPlan.NothingYet;
import dev.prescale.adapter.influx.ReadPlan.Refused;
import dev.prescale.control.RateHistory.Query;
import dev.prescale.control.TrafficSource;
import dev.prescale.series.SampleGrid;
import dev.prescale.series.SampleKind;
import dev.prescale.series.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReadPlanTest {
    @Test
    void thousandEndpointsOfOneSourceAreFiveRequests() {
        List<Query> queries =
                IntStream.range(0, 1000).mapToObj(k -> Sources.counts("s" + k)).toList();
        assertThat(plan(queries).batches())
                .hasSize(5)
                .allSatisfy(batch -> assertThat(batch.tagSets()).hasSize(200));
    }

    @Test
    void whatIsAskedTwiceIsReadOnce() {
        ReadPlan plan = plan(List.of(Sources.counts("a"), Sources.counts("b"), Sources.counts("a")));
        assertThat(plan.batches())
                .singleElement()
                .satisfies(batch -> assertThat(batch.tagSets()).containsExactly(List.of("a"), List.of("b")));
        assertThat(plan.questions().get(2)).isEqualTo(plan.questions().get(0));
    }

    @Test
    void anotherKindFieldStepRangeOrSetOfTagKeysIsAnotherRequest() {
        Map<String, String> tags = Map.of("service", "a");
        Step tenSeconds = new Step(10);
        List<Query> queries = List.of(
                Sources.counts("a"),
                Sources.query(Sources.source(SampleKind.RATE, tags)),
                Sources.query(new TrafficSource("traffic", "m", "other", tags, SampleKind.COUNT, Sources.MINUTE, null)),
                Sources.query(new TrafficSource("traffic", "m", "count", tags, SampleKind.COUNT, tenSeconds, null)),
                new Query(Sources.source(SampleKind.COUNT, tags), Sources.START.plusSeconds(60), Sources.TEN_PAST),
                Sources.query(Sources.source(SampleKind.COUNT, Map.of("zone", "a"))));
        assertThat(plan(queries).batches()).hasSize(6);
    }

    @Test
    void aRangeWithoutACompleteStepAsksNothing() {
        ReadPlan plan = ReadPlan.of(List.of(Sources.counts("a")), Sources.START.plusSeconds(59), new FluxText());
        assertThat(plan.batches()).isEmpty();
        assertThat(plan.questions()).containsExactly(new NothingYet());
    }

    @Test
    void whatCannotBeAskedIsRefusedAndSpoilsNothing() {
        ReadPlan plan = plan(List.of(
                Sources.query(Sources.source(SampleKind.COUNT, Map.of("service", ""))),
                Sources.query(Sources.own(SampleKind.COUNTER, "v.timeRangeStart v.timeRangeStop")),
                Sources.query(new TrafficSource(" ", "m", "f", Map.of(), SampleKind.COUNT, Sources.MINUTE, null)),
                new Query(
                        Sources.source(SampleKind.COUNT, Map.of()),
                        Sources.START.minus(Duration.ofDays(3650)),
                        Sources.TEN_PAST),
                Sources.counts("a")));
        assertThat(plan.questions().subList(0, 3))
                .containsExactly(
                        new Refused("the tag 'service' has no value: InfluxDB has no empty tags"),
                        new Refused(
                                "a query of your own must give counts or rates: difference the counter in the query"),
                        new Refused("the bucket must be given"));
        assertThat(plan.questions().get(3)).isInstanceOf(Refused.class);
        assertThat(plan.batches()).hasSize(1);
    }

    @Test
    void aLongRangeIsReadDayByDay() {
        Query query = new Query(
                Sources.source(SampleKind.COUNT, Map.of()), Sources.START, Sources.START.plus(Duration.ofHours(60)));
        SourceBatch batch = ReadPlan.of(List.of(query), query.to(), new FluxText())
                .batches()
                .getFirst();
        assertThat(batch.chunks(300_000)).extracting(SampleGrid::size).containsExactly(1440, 1440, 720);
        assertThat(batch.chunks(1_000)).extracting(SampleGrid::size).containsExactly(1000, 1000, 1000, 600);
    }

    private static ReadPlan plan(List<Query> queries) {
        return ReadPlan.of(queries, Sources.TEN_PAST, new FluxText());
    }
}
