package dev.prescale.adapter.externalmetrics;

import dev.prescale.adapter.externalmetrics.ApiDocuments.MetricValue;
import dev.prescale.adapter.externalmetrics.ApiDocuments.MetricValueList;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.FleetView;
import dev.prescale.control.Signal;
import dev.prescale.control.SignalBoard;
import dev.prescale.control.SignalKind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The values of a metric in a namespace: an item for each endpoint that the selector matches. Asks no store. */
final class MetricLists {
    /** Sentences in a fault; an HPA shows them in a condition. */
    private static final int MOST_SENTENCES = 3;

    private final FleetView fleet;
    private final SignalBoard board;

    MetricLists(FleetView fleet, SignalBoard board) {
        this.fleet = fleet;
        this.board = board;
    }

    /**
     * Nobody knows the namespace or metric: an empty list, as this API has it.
     *
     * @throws ApiFault where one of the numbers is not known. An HPA adds items up: without that one its sum would be too small,
     *     and it would take replicas away
     */
    MetricValueList list(String namespace, String metric, LabelSelector selector, Instant now) {
        Optional<SignalKind> kind = MetricNames.kindOf(metric);
        if (kind.isEmpty()) {
            return ApiDocuments.values(List.of());
        }
        List<MetricValue> items = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (EndpointSpec spec : fleet.specs()) {
            Map<String, String> labels = labelsOf(spec);
            if (spec.id().namespace().equals(namespace) && selector.matches(labels)) {
                switch (board.at(spec.id(), kind.get(), now)) {
                    case Signal.Known known -> items.add(item(metric, labels, known));
                    case Signal.Unknown why -> unknown.add("%s: %s".formatted(spec.id(), why.reason()));
                }
            }
        }
        if (!unknown.isEmpty()) {
            throw ApiFault.ofUnavailable(sentence(metric, unknown));
        }
        return ApiDocuments.values(items);
    }

    /** What a selector can ask for. */
    static Map<String, String> labelsOf(EndpointSpec spec) {
        return Map.of(
                "endpoint",
                spec.id().name(),
                "target_kind",
                spec.scaleTargetRef().kind(),
                "target_name",
                spec.scaleTargetRef().name());
    }

    private static MetricValue item(String metric, Map<String, String> labels, Signal.Known known) {
        String timestamp = known.at().truncatedTo(ChronoUnit.SECONDS).toString();
        return new MetricValue(metric, labels, timestamp, MilliQuantity.of(known.value()));
    }

    private static String sentence(String metric, List<String> unknown) {
        String first = String.join(" ", unknown.subList(0, Math.min(MOST_SENTENCES, unknown.size())));
        int more = unknown.size() - MOST_SENTENCES;
        return "%s is not known of %s%s"
                .formatted(metric, first, more > 0 ? " (and of %d other endpoints)".formatted(more) : "");
    }
}
