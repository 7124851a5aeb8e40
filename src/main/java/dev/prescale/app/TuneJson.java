package dev.prescale.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prescale.backtest.ReplaySetup;
import dev.prescale.backtest.TuningAdvice;
import dev.prescale.backtest.TuningGoal.Objective;
import dev.prescale.backtest.TuningResult;
import dev.prescale.backtest.TuningResult.Candidate;
import dev.prescale.backtest.TuningResult.Fold;
import dev.prescale.backtest.TuningScore;
import dev.prescale.backtest.TuningSettings;
import dev.prescale.control.EndpointSpec;
import org.jspecify.annotations.Nullable;

/** What a tuning found, for programs. */
final class TuneJson {
    private final ObjectMapper mapper = new ObjectMapper();
    private final EndpointSpec spec;

    private TuneJson(EndpointSpec spec) {
        this.spec = spec;
    }

    /** @param specification text of the recommended one, null where there is none */
    static String of(ReplaySetup setup, TuningResult result, @Nullable String specification) {
        return new TuneJson(setup.specs().getFirst())
                .node(setup, result, specification)
                .toString();
    }

    private ObjectNode node(ReplaySetup setup, TuningResult result, @Nullable String specification) {
        boolean isCost = result.goal().objective() == Objective.COST;
        ObjectNode json = mapper.createObjectNode();
        json.put("trace", setup.endpoints().getFirst().trace().name())
                .put("seed", setup.seed())
                .put("from", setup.from().toString())
                .put("to", setup.to().toString())
                .put("objective", isCost ? "cost" : "violations")
                .put(isCost ? "violationMinutesPerDayLimit" : "costPerDayLimit", result.limitPerDay())
                .put("replays", result.replays())
                .put("complete", result.isComplete())
                .put("verdict", result.verdict().wireName());
        json.set("present", candidate(result.present()));
        json.set("recommended", candidate(result.recommended()));
        ObjectNode without = json.putObject("recommendedWithout");
        result.without().forEach((knob, score) -> without.set(knob.path(spec), score(score)));
        ObjectNode heldOut = json.putObject("heldOut");
        heldOut.set("present", score(result.present().score()));
        heldOut.set("tuned", score(result.heldOut()));
        heldOut.set("tunedOn", score(result.tunedOn()));
        result.folds().forEach(fold -> heldOut.withArray("folds").add(fold(fold)));
        result.frontier().forEach(candidate -> json.withArray("frontier").add(candidate(candidate)));
        json.put("advice", String.join(" ", new TuningAdvice(spec, result).sentences()));
        json.put("specification", specification);
        return json;
    }

    private ObjectNode fold(Fold fold) {
        ObjectNode json = mapper.createObjectNode();
        json.put("from", fold.from().toString()).put("to", fold.to().toString());
        json.set("settings", settings(fold.settings()));
        json.set("tunedOn", score(fold.tunedOn()));
        json.set("presentTunedOn", score(fold.presentTunedOn()));
        json.set("tuned", score(fold.heldOut()));
        json.set("present", score(fold.presentHeldOut()));
        return json;
    }

    private ObjectNode candidate(Candidate candidate) {
        ObjectNode json = score(candidate.score());
        json.set("settings", settings(candidate.settings()));
        return json;
    }

    private ObjectNode settings(TuningSettings settings) {
        ObjectNode json = mapper.createObjectNode();
        settings.values().forEach((knob, value) -> json.putPOJO(knob.path(spec), TunedKeys.value(knob, value)));
        return json;
    }

    private ObjectNode score(TuningScore score) {
        return mapper.createObjectNode()
                .put("days", score.days())
                .put("replicaHours", score.replicaHours())
                .put("violationMinutes", score.violationMinutes())
                .put("cost", score.cost());
    }
}
