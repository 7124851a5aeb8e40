package dev.prescale.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prescale.adapter.files.DecisionRows;
import dev.prescale.adapter.files.OutputFile;
import dev.prescale.adapter.rest.Replayed;
import dev.prescale.backtest.Backtest;
import dev.prescale.backtest.BacktestResult;
import dev.prescale.backtest.BacktestWatch;
import dev.prescale.backtest.MinuteRow;
import dev.prescale.backtest.Parallel;
import dev.prescale.backtest.Replay;
import dev.prescale.backtest.ReplayTrack;
import dev.prescale.config.BacktestRequest;
import dev.prescale.config.BacktestRequestReader;
import dev.prescale.config.ReadResult;
import dev.prescale.config.StrictJson;
import dev.prescale.control.EndpointId;
import dev.prescale.control.Fleet;
import dev.prescale.forecast.SharedModel;
import dev.prescale.testing.NoTraces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backtests of the service beside those of the command. */
class ServiceBacktestsTest {
    private static final SharedModel SHARED = ModelSource.of(StartUp.settings(name -> null));

    @TempDir
    private Path folder;

    @Test
    void itsResultAndItsMinutesAreThoseOfTheCommand() throws IOException {
        BacktestRequest request = request();
        ServiceBacktests engine = new ServiceBacktests(SHARED);
        Replayed replayed = engine.run(request, BacktestWatch.NONE).orElseThrow();
        engine.close();

        OutputFile file = OutputFile.open(folder.resolve("decisions.csv"));
        BacktestResult result;
        try (DecisionRows rows = new DecisionRows(file)) {
            Map<String, DecisionRows.Rows> byPolicy = new HashMap<>();
            for (String policy : request.policies()) {
                byPolicy.put(policy, rows.next());
            }
            Fleet.Brain brain = Brains.production(SHARED);
            result = new Backtest(
                            request.setup(),
                            BacktestPolicies.of(request.policies(), brain),
                            Parallel.IN_TURN,
                            BacktestWatch.NONE)
                    .run(policy -> new Replay.Listener() {
                        @Override
                        public void minuteScored(EndpointId endpoint, MinuteRow row) {
                            byPolicy.get(policy).add(row);
                        }
                    })
                    .orElseThrow();
            rows.finish();
            file.commit();
        }

        assertThat(replayed.result()).isEqualTo(result);
        assertThat(replayed.tracks()).extracting(ReplayTrack::policy).isEqualTo(request.policies());
        assertThat(minutesOf(replayed)).isEqualTo(Files.readAllLines(folder.resolve("decisions.csv")));
        assertThat(trailLengths(replayed)).satisfies(lengths -> {
            assertThat(lengths.getFirst()).as("hpa").isZero();
            assertThat(lengths.getLast()).as("prescale").isPositive();
        });
    }

    /** As the call {@code decisions} writes them, whose code is out of sight here. */
    private static List<String> minutesOf(Replayed replayed) {
        var endpoint = replayed.setup().endpoints().getFirst();
        var demand = endpoint.trace().minutes().from(replayed.setup().from());
        List<String> lines = new ArrayList<>(List.of(MinuteRow.CSV_HEADER));
        for (ReplayTrack track : replayed.tracks()) {
            for (int minute = 0; minute < demand.size(); minute++) {
                if (!demand.isGap(minute)) {
                    lines.add(new MinuteRow(
                                    demand.instantAt(minute),
                                    track.policy(),
                                    demand.rateAt(minute),
                                    track.desiredAt(minute),
                                    track.readyAt(minute))
                            .toCsv());
                }
            }
        }
        return lines;
    }

    private static List<Integer> trailLengths(Replayed replayed) {
        return replayed.tracks().stream()
                .map(track -> track.trail().entries().size())
                .toList();
    }

    /** Three hours that swing, with a hole. */
    private static BacktestRequest request() {
        StringBuilder values = new StringBuilder();
        for (int minute = 0; minute < 360; minute++) {
            values.append(minute == 0 ? "" : ",")
                    .append(minute >= 300 && minute < 305 ? "null" : 20 + 15 * (minute % 40));
        }
        String body = """
                {"trace": {"name": "swing", "start": "2024-01-01T00:00:00Z", "step": "PT1M", "values": [%s]},
                 "policies": ["hpa", "prescale"], "simulation": {"warmUp": "3h"}}""".formatted(values);
        BacktestRequestReader reader = new BacktestRequestReader(new NoTraces(), new NoTraces());
        JsonNode json = ((ReadResult.Valid<JsonNode>) StrictJson.parse(body)).value();
        return ((ReadResult.Valid<BacktestRequest>) reader.read(json)).value();
    }
}
