package dev.prescale.adapter.files;

import dev.prescale.forecast.ModelProvenance;
import dev.prescale.forecast.PeakTrees;
import dev.prescale.forecast.SharedModel;
import dev.prescale.forecast.TreeEnsemble;
import java.util.Locale;

/** What a person should know of a shared model, as Markdown. */
final class ModelCard {
    private ModelCard() {}

    static String of(SharedModel model, ModelProvenance provenance, int bytes) {
        StringBuilder card = new StringBuilder();
        card.append("# Shared model ").append(provenance.name()).append("\n\n");
        card.append(
                        "Boosted trees learned across endpoints, for endpoints with little history of their own. Written by\n")
                .append("`prescale fit`, never by hand.\n\n");
        model.peaks().ifPresent(peaks -> card.append(peaksLine(peaks)));
        model.coldStart()
                .ifPresent(coldStart -> card.append("- 48 h forecast of a history under 8 days: ")
                        .append(size(coldStart.ensemble()))
                        .append(".\n"));
        card.append("\n| | |\n|---|---|\n");
        line(card, "file", "%s.json, %,d bytes".formatted(provenance.name(), bytes));
        line(card, "data", "SHA-256 `%s`".formatted(provenance.dataHash()));
        line(card, "code", provenance.codeVersion());
        line(card, "libraries", provenance.libraries());
        line(card, "seed", Long.toString(provenance.seed()));
        provenance.settings().forEach(setting -> {
            int colon = setting.indexOf(':');
            line(
                    card,
                    setting.substring(0, Math.max(0, colon)),
                    setting.substring(colon + 1).strip());
        });
        writeScores(card, provenance);
        card.append("\n## Trained on\n\n")
                .append(provenance.series().size())
                .append(" series: ")
                .append(String.join(", ", provenance.series()))
                .append(".\n");
        return card.toString();
    }

    private static String peaksLine(PeakTrees peaks) {
        int nodes = peaks.ensembles().stream().mapToInt(TreeEnsemble::nodeCount).sum();
        return "- Lead-time demand at the levels %s: %,d nodes.\n".formatted(peaks.levels(), nodes);
    }

    private static String size(TreeEnsemble ensemble) {
        return "%,d nodes over %d features".formatted(ensemble.nodeCount(), ensemble.featureCount());
    }

    private static void line(StringBuilder card, String name, String value) {
        card.append("| ").append(name).append(" | ").append(value).append(" |\n");
    }

    private static void writeScores(StringBuilder card, ModelProvenance provenance) {
        card.append("\n## Scores on series that were held out\n\n")
                .append(
                        "Mean loss of logarithms, lower is better; a model of the other series, the same settings. Naive quantiles\n")
                .append("are calibrated on the rows that the model was trained on.\n\n");
        provenance.scores().forEach(score -> {
            card.append("- %s, %,d rows: **%s**".formatted(score.measure(), score.rows(), digits(score.model())));
            score.naives().forEach(naive -> card.append("; %s %s".formatted(naive.name(), digits(naive.loss()))));
            card.append('\n');
        });
    }

    private static String digits(double loss) {
        return String.format(Locale.ROOT, "%.4f", loss);
    }
}
