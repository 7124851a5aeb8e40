package dev.prescale.adapter.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prescale.backtest.BacktestResult;
import dev.prescale.backtest.DecisionTrail;
import dev.prescale.backtest.ReplayPolicy;
import dev.prescale.backtest.ReplaySetup;
import dev.prescale.backtest.ReplayTrack;
import dev.prescale.backtest.Scorecard;
import dev.prescale.backtest.StartTime;
import dev.prescale.capacity.CapacityModel;
import dev.prescale.config.Durations;
import dev.prescale.control.EndpointSpec;
import dev.prescale.scaling.Proposal;
import dev.prescale.scaling.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the scripts of a report draw, as JSON. Policies are told by their place in the score sheet, sentences by theirs in a list. */
final class ReportData {
    /** So many policies are drawn at first; of more, those that matter most. */
    private static final int MOST_DRAWN = 5;

    private static final List<String> DRAWN = List.of(ReplayPolicy.PRESCALE, ReplayPolicy.HPA, ReplayPolicy.ORACLE);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final ReplaySetup setup;
    private final BacktestResult result;
    private final List<ReplayTrack> tracks;
    private final ReportPage.Origin origin;
    private final Map<String, Integer> texts = new LinkedHashMap<>();

    ReportData(ReplaySetup setup, BacktestResult result, List<ReplayTrack> tracks, ReportPage.Origin origin) {
        this.setup = setup;
        this.result = result;
        this.tracks = tracks;
        this.origin = origin;
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("trace", result.scorecard().trace()).put("command", origin.command());
        facts(json.putArray("facts"));
        origin.notes().forEach(json.putArray("notes")::add);
        json.put("specText", origin.specification().orElse(null));
        policies(json.putArray("policies"));
        scores(json);
        result.advice().forEach(json.putArray("advice")::add);
        replay(json);
        trails(json.putArray("trails"));
        texts.keySet().forEach(json.putArray("texts")::add);
        return json;
    }

    private void facts(ArrayNode facts) {
        Scorecard card = result.scorecard();
        fact(facts, "Replayed", "%s to %s".formatted(TIME.format(card.from()), TIME.format(card.to())));
        fact(facts, "Start time", startTime(setup.endpoints().getFirst().startTime()));
        fact(facts, "Seed", Long.toString(card.seed()));
        fact(facts, "Cycle", Durations.format(setup.cycle()));
        fact(facts, "Specification", specification(setup.endpoints().getFirst().spec()));
    }

    private static void fact(ArrayNode facts, String name, String value) {
        facts.addArray().add(name).add(value);
    }

    private static String startTime(StartTime startTime) {
        return startTime.isConstant()
                ? Durations.format(startTime.median())
                : "%s (median), %s (90 %%)"
                        .formatted(Durations.format(startTime.median()), Durations.format(startTime.p90()));
    }

    private static String specification(EndpointSpec spec) {
        CapacityModel capacity = spec.policy().capacity();
        return String.format(
                Locale.ROOT,
                "%s, %d to %d replicas, one sustains %.4g req/s, target utilization %.0f %%",
                spec.id(),
                spec.policy().bounds().minReplicas(),
                spec.policy().bounds().maxReplicas(),
                capacity.sustainedBy(1),
                100 * capacity.targetUtilization());
    }

    private void policies(ArrayNode policies) {
        List<Scorecard.Score> scores = result.scorecard().scores();
        for (Scorecard.Score score : scores) {
            PolicyLook look = PolicyLook.of(score.policy());
            policies.addObject()
                    .put("name", score.policy())
                    .put("title", look.title())
                    .put("shown", scores.size() <= MOST_DRAWN || DRAWN.contains(score.policy()));
        }
    }

    private int place(String policy) {
        return result.scorecard().scores().stream()
                .map(Scorecard.Score::policy)
                .toList()
                .indexOf(policy);
    }

    private void scores(ObjectNode json) {
        ArrayNode sheet = json.putArray("scorecard");
        for (Scorecard.Score score : result.scorecard().scores()) {
            sheet.addObject()
                    .put("replicaHours", score.replicaHours())
                    .put("violationMinutes", score.violationMinutes())
                    .put("unservedShare", score.unservedShare())
                    .put("waitP95", score.waitP95())
                    .put("scaleActions", score.scaleActions())
                    .put("peakReplicas", score.peakReplicas())
                    .put("cost", score.cost())
                    .put("regret", score.regret());
        }
        ArrayNode equal = json.putArray("equalService");
        result.equalService()
                .forEach(row -> equal.addArray()
                        .add(place(row.policy()))
                        .add(row.violationMinutes())
                        .add(row.replicaHours()));
        ArrayNode frontier = json.putArray("frontier");
        result.frontier()
                .forEach(point -> frontier.addArray()
                        .add(place(point.policy()))
                        .add(point.headroom())
                        .add(point.replicaHours())
                        .add(point.violationMinutes()));
    }

    private void replay(ObjectNode json) {
        ReplayPoints points = new ReplayPoints(setup);
        json.put("from", setup.from().getEpochSecond()).put("step", points.stepSeconds());
        json.put(
                "resolution",
                points.isEveryMinute()
                        ? null
                        : "The replay is long: of every %d minutes the least and the largest are drawn."
                                .formatted(points.piece()));
        points.demand(json.putArray("demand"));
        ArrayNode ready = json.putArray("ready");
        tracks.forEach(track -> points.ready(track, ready.addArray()));
        CapacityModel capacity = setup.endpoints().getFirst().spec().policy().capacity();
        ArrayNode sustained = json.putArray("sustained");
        int most = tracks.stream().mapToInt(ReplayTrack::mostReady).max().orElse(0);
        for (int replicas = 0; replicas <= most; replicas++) {
            sustained.add(Rounding.toFourDigits(capacity.sustainedBy(replicas)));
        }
    }

    private void trails(ArrayNode trails) {
        for (ReplayTrack track : tracks) {
            List<DecisionTrail.Entry> entries = track.trail().entries();
            if (!entries.isEmpty()) {
                ObjectNode trail = trails.addObject()
                        .put("policy", place(track.policy()))
                        .put("resolution", track.trail().resolution().toSeconds());
                ArrayNode told = trail.putArray("entries");
                entries.forEach(entry -> entry(entry, told.addArray()));
            }
        }
    }

    private void entry(DecisionTrail.Entry entry, ArrayNode told) {
        var decision = entry.decision();
        told.add(secondsIn(entry.at()))
                .add(decision.currentReplicas())
                .add(decision.replicas())
                .add(decision.recommended());
        ArrayNode proposals = told.addArray();
        for (Proposal proposal : decision.proposals()) {
            String reason = proposal.reason() == null ? "" : proposal.reason();
            proposals
                    .addArray()
                    .add(text(proposal.rule()))
                    .add(proposal.replicas())
                    .add(text(reason));
        }
        ArrayNode trail = told.addArray();
        for (Reason reason : decision.trail()) {
            trail.addArray()
                    .add(text(reason.code().wireName()))
                    .add(reason.from())
                    .add(reason.to())
                    .add(text(reason.message()));
        }
    }

    private long secondsIn(Instant at) {
        return Duration.between(setup.from(), at).toSeconds();
    }

    private int text(String text) {
        return texts.computeIfAbsent(text, unseen -> texts.size());
    }
}
