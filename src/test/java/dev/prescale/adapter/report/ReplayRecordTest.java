package dev.prescale.adapter.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.prescale.scaling.Reason;
import dev.prescale.scaling.ReasonCode;
import dev.prescale.scaling.ScalingDecision;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

/** What is kept of a replay for its chart and its report, and how little that is. */
class ReplayRecordTest {
    private static final Instant FROM = ReplayedDay.FROM;

    @Test
    void readyReplicasAreThoseOfTheLastChange() {
        ReadyReplicas ready = new ReadyReplicas();
        for (int minute = 0; minute < 10; minute++) {
            ready.put(minute, minute < 4 ? 3 : 5);
        }
        assertThat(ready.at(0)).isEqualTo(3);
        assertThat(ready.at(3)).isEqualTo(3);
        assertThat(ready.at(4)).isEqualTo(5);
        assertThat(ready.at(100)).isEqualTo(5);
        assertThat(ready.most()).isEqualTo(5);
    }

    @Test
    void aDecisionIsKeptWhenItsReplicasOrReasonsChangeButNotWhenItsNumbersDo() {
        DecisionTrail trail = new DecisionTrail(FROM, FROM.plus(Duration.ofMinutes(30)));
        trail.decided(decision(3, 3, ReasonCode.WITHIN_TOLERANCE, "9.9 req/s"), FROM);
        trail.decided(decision(3, 3, ReasonCode.WITHIN_TOLERANCE, "9.8 req/s"), FROM.plusSeconds(15));
        trail.decided(decision(3, 5, ReasonCode.TARGET_TRACKING, "44 req/s"), FROM.plusSeconds(30));
        trail.decided(decision(5, 5, ReasonCode.TARGET_TRACKING, "44 req/s"), FROM.plusSeconds(45));
        assertThat(trail.entries())
                .extracting(DecisionTrail.Entry::at)
                .containsExactly(FROM, FROM.plusSeconds(30), FROM.plusSeconds(45));
    }

    @Test
    void ofALongReplayTheLastOfEachKindInEachPartIsKept() {
        Duration length = Duration.ofSeconds(60L * DecisionTrail.SLOTS);
        DecisionTrail trail = new DecisionTrail(FROM, FROM.plus(length));
        for (int second = 0; second < length.toSeconds(); second += 15) {
            int replicas = second % 30 == 0 ? 4 : 3;
            trail.decided(
                    decision(3, replicas, ReasonCode.TARGET_TRACKING, second + " req/s"), FROM.plusSeconds(second));
        }
        assertThat(trail.resolution()).isEqualTo(Duration.ofMinutes(1));
        assertThat(trail.entries()).hasSize(2 * DecisionTrail.SLOTS);
        assertThat(trail.entries().subList(0, 2))
                .extracting(DecisionTrail.Entry::at)
                .containsExactly(FROM.plusSeconds(30), FROM.plusSeconds(45));
    }

    private static ScalingDecision decision(int from, int to, ReasonCode code, String message) {
        return new ScalingDecision(
                from, to, to, List.of(), List.of(new Reason(code, "requestRate", from, to, message)));
    }

    @Test
    void aChartOfADayHasEveryMinuteWithItsGaps() {
        ReplayPoints points = new ReplayPoints(ReplayedDay.named("shop").setup());
        ArrayNode demand = JsonNodeFactory.instance.arrayNode();
        points.demand(demand);
        assertThat(points.isEveryMinute()).isTrue();
        assertThat(demand).hasSize(1_440);
        assertThat(demand.get(930).isNull()).isTrue();
        assertThat(demand.get(720).doubleValue()).isEqualTo(330);
    }

    @Test
    void theDayChartIsSoundMarkupWhateverTheTraceIsCalled() throws Exception {
        ReplayedDay day = ReplayedDay.named(ReplayedDay.HOSTILE);
        String svg = DayChart.lastDay(day.setup().endpoints().getFirst(), day.setup(), day.tracks())
                .toSvg();
        Document drawn = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        assertThat(drawn.getElementsByTagName("text").item(0).getTextContent())
                .isEqualTo(ReplayedDay.HOSTILE + ", start time 180 s");
        // demand in two pieces around the hour without samples, and a line per policy
        assertThat(drawn.getElementsByTagName("path").getLength()).isEqualTo(1 + 3);
        assertThat(svg).doesNotContain("NaN");
    }
}
