package dev.prescale.app;

import dev.prescale.backtest.TuningKnob;
import dev.prescale.config.Durations;
import dev.prescale.control.EndpointSpec;
import dev.prescale.scaling.ScalingPolicy.LeadTimeBounds;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Values of tuned keys as a specification has them. */
final class TunedKeys {
    private TunedKeys() {}

    /** A number or the text of a duration. */
    static Object value(TuningKnob knob, double value) {
        return switch (knob.unit()) {
            case FRACTION -> value;
            case SECONDS -> Durations.format(Duration.ofMillis(Math.round(1000 * value)));
            case REPLICAS -> (int) value;
        };
    }

    static String text(TuningKnob knob, double value) {
        return value(knob, value) instanceof Double fraction
                ? BigDecimal.valueOf(fraction).stripTrailingZeros().toPlainString()
                : value(knob, value).toString();
    }

    /** What is to be changed in a document: values by path. */
    static Map<String, Object> changes(EndpointSpec from, EndpointSpec to) {
        Map<String, Object> changes = new LinkedHashMap<>();
        for (TuningKnob knob : TuningKnob.values()) {
            if (knob.of(from) != knob.of(to)) {
                changes.put("spec." + knob.path(from), value(knob, knob.of(to)));
            }
        }
        LeadTimeBounds was = from.policy().predictive().leadTime();
        LeadTimeBounds is = to.policy().predictive().leadTime();
        if (!was.initial().equals(is.initial())) {
            changes.put("spec.predictive.leadTime.initial", Durations.format(is.initial()));
        }
        if (!was.max().equals(is.max())) {
            changes.put("spec.predictive.leadTime.max", Durations.format(is.max()));
        }
        return changes;
    }
}
