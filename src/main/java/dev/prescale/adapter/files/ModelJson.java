package dev.prescale.adapter.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prescale.forecast.ColdStartTrees;
import dev.prescale.forecast.FeatureSet;
import dev.prescale.forecast.ModelProvenance;
import dev.prescale.forecast.PeakTrees;
import dev.prescale.forecast.SharedModel;
import dev.prescale.forecast.TreeEnsemble;
import dev.prescale.series.Require;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A shared model as JSON: {@code format, version, provenance, peaks, coldStart}. */
final class ModelJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ModelJson() {}

    static String of(SharedModel model, ModelProvenance provenance) {
        ObjectNode json = JSON.createObjectNode();
        json.put("format", ModelFile.FORMAT).put("version", ModelFile.VERSION);
        writeProvenance(json.putObject("provenance"), provenance);
        model.peaks().ifPresent(peaks -> {
            ObjectNode node = json.putObject("peaks");
            writeFeatures(node.putObject("features"), PeakTrees.features());
            ArrayNode levels = node.putArray("levels");
            peaks.levels().forEach(levels::add);
            ArrayNode ensembles = node.putArray("ensembles");
            peaks.ensembles().forEach(ensemble -> writeEnsemble(ensembles.addObject(), ensemble));
        });
        model.coldStart().ifPresent(coldStart -> {
            ObjectNode node = json.putObject("coldStart");
            writeFeatures(node.putObject("features"), ColdStartTrees.features());
            writeEnsemble(node.putObject("ensemble"), coldStart.ensemble());
        });
        try {
            return JSON.writeValueAsString(json) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of JSON can always be written", impossible);
        }
    }

    private static void writeProvenance(ObjectNode json, ModelProvenance provenance) {
        json.put("name", provenance.name())
                .put("dataHash", provenance.dataHash())
                .put("codeVersion", provenance.codeVersion())
                .put("libraries", provenance.libraries())
                .put("seed", provenance.seed());
        ArrayNode settings = json.putArray("settings");
        provenance.settings().forEach(settings::add);
        ArrayNode scores = json.putArray("scores");
        provenance.scores().forEach(score -> {
            ObjectNode node = scores.addObject()
                    .put("measure", score.measure())
                    .put("rows", score.rows())
                    .put("model", score.model());
            ArrayNode naives = node.putArray("naives");
            score.naives()
                    .forEach(naive ->
                            naives.addObject().put("name", naive.name()).put("loss", naive.loss()));
        });
        ArrayNode series = json.putArray("series");
        provenance.series().forEach(series::add);
    }

    private static void writeFeatures(ObjectNode json, FeatureSet features) {
        json.put("name", features.name()).put("count", features.count()).put("fingerprint", features.fingerprint());
    }

    private static void writeEnsemble(ObjectNode json, TreeEnsemble ensemble) {
        json.put("features", ensemble.featureCount()).put("intercept", ensemble.intercept());
        ArrayNode trees = json.putArray("trees");
        ensemble.trees().forEach(tree -> {
            ObjectNode node = trees.addObject();
            ArrayNode features = node.putArray("features");
            tree.features().forEach(features::add);
            ArrayNode values = node.putArray("values");
            tree.values().forEach(values::add);
        });
    }

    /** @throws IllegalArgumentException saying what is wrong */
    static SharedModel model(JsonNode json) {
        Optional<PeakTrees> peaks = json.has("peaks") ? Optional.of(peaks(json.get("peaks"))) : Optional.empty();
        Optional<ColdStartTrees> coldStart =
                json.has("coldStart") ? Optional.of(coldStart(json.get("coldStart"))) : Optional.empty();
        Require.that(peaks.isPresent() || coldStart.isPresent(), "it has neither peaks nor coldStart");
        return new SharedModel(peaks, coldStart);
    }

    private static PeakTrees peaks(JsonNode json) {
        requireFeatures(json.path("features"), PeakTrees.features());
        return new PeakTrees(
                list(json.path("levels"), "peaks.levels", ModelJson::number),
                list(json.path("ensembles"), "peaks.ensembles", ModelJson::ensemble));
    }

    private static ColdStartTrees coldStart(JsonNode json) {
        requireFeatures(json.path("features"), ColdStartTrees.features());
        return new ColdStartTrees(ensemble(json.path("ensemble")));
    }

    private static void requireFeatures(JsonNode json, FeatureSet known) {
        FeatureSet read = new FeatureSet(
                json.path("name").asText(),
                json.path("count").asInt(),
                json.path("fingerprint").asText());
        Require.that(read.equals(known), "%s", ModelFile.otherFeatures(read, known));
    }

    private static TreeEnsemble ensemble(JsonNode json) {
        return TreeEnsemble.of(
                whole(json.path("features")),
                number(json.path("intercept")),
                list(
                        json.path("trees"),
                        "trees",
                        tree -> new TreeEnsemble.Tree(
                                list(tree.path("features"), "features of a tree", ModelJson::whole),
                                list(tree.path("values"), "values of a tree", ModelJson::number))));
    }

    static ModelProvenance provenance(JsonNode root) {
        JsonNode json = root.path("provenance");
        return new ModelProvenance(
                json.path("name").asText(),
                list(json.path("series"), "provenance.series", JsonNode::asText),
                json.path("dataHash").asText(),
                json.path("codeVersion").asText(),
                json.path("libraries").asText(),
                json.path("seed").asLong(),
                list(json.path("settings"), "provenance.settings", JsonNode::asText),
                list(
                        json.path("scores"),
                        "provenance.scores",
                        score -> new ModelProvenance.Score(
                                score.path("measure").asText(),
                                whole(score.path("rows")),
                                number(score.path("model")),
                                list(
                                        score.path("naives"),
                                        "naives of a score",
                                        naive -> new ModelProvenance.Named(
                                                naive.path("name").asText(), number(naive.path("loss")))))));
    }

    private static <T> List<T> list(JsonNode json, String what, Function<JsonNode, T> read) {
        Require.that(json.isArray(), "%s must be a list", what);
        List<T> values = new ArrayList<>();
        json.forEach(element -> values.add(read.apply(element)));
        return values;
    }

    private static double number(JsonNode json) {
        Require.that(json.isNumber(), "a number was expected, was '%s'", json.asText());
        return json.doubleValue();
    }

    private static int whole(JsonNode json) {
        Require.that(json.isInt(), "a whole number was expected, was '%s'", json.asText());
        return json.intValue();
    }
}
