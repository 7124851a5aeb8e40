package dev.prescale.adapter.externalmetrics;

import dev.prescale.control.SignalKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** {@code prescale_demand} and {@code prescale_replicas}: a cluster has one server of external metrics, so names tell the maker. */
final class MetricNames {
    private static final String PREFIX = "prescale_";

    private MetricNames() {}

    static List<String> all() {
        return Arrays.stream(SignalKind.values()).map(MetricNames::of).toList();
    }

    static String of(SignalKind kind) {
        return PREFIX + kind.wireName();
    }

    static Optional<SignalKind> kindOf(String name) {
        return name.startsWith(PREFIX) ? SignalKind.ofWireName(name.substring(PREFIX.length())) : Optional.empty();
    }
}
