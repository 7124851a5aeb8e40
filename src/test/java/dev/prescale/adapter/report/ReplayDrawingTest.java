package dev.prescale.adapter.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.prescale.backtest.policy.ReplayPolicies;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

/** What is drawn of a replay. */
class ReplayDrawingTest {
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

    @Test
    void thePageHasTheColorsOfTheDrawings() throws IOException {
        String css = Files.readString(Path.of("src/main/resources/META-INF/resources/css/backtests.css"));
        for (String policy : ReplayPolicies.ALL) {
            PolicyLook look = PolicyLook.of(policy);
            assertThat(css)
                    .contains("[data-policy=\"%s\"] {\n  --own: light-dark(%s, %s);"
                            .formatted(policy, look.color(), look.colorInDark()));
        }
    }
}
