package dev.prescale.backtest;

import dev.prescale.control.EndpointSpec;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * A value for each key that is tuned.
 *
 * @param values in the unit of the knob
 */
public record TuningSettings(Map<TuningKnob, Double> values) {
    public TuningSettings {
        EnumMap<TuningKnob, Double> inOrder = new EnumMap<>(TuningKnob.class);
        inOrder.putAll(values);
        values = Collections.unmodifiableMap(inOrder);
    }

    /** The specification with these settings, everything else as it is. */
    public EndpointSpec in(EndpointSpec spec) {
        EndpointSpec changed = spec;
        for (Map.Entry<TuningKnob, Double> entry : values.entrySet()) {
            // what has the value already is left alone: a least lead time that is written moves the other bounds
            if (entry.getKey().of(changed) != entry.getValue()) {
                changed = entry.getKey().with(changed, entry.getValue());
            }
        }
        return changed;
    }

    TuningSettings with(TuningKnob knob, double value) {
        EnumMap<TuningKnob, Double> other = new EnumMap<>(TuningKnob.class);
        other.putAll(values);
        other.put(knob, value);
        return new TuningSettings(other);
    }

    /** Keys in which two settings differ. */
    int differencesTo(TuningSettings other) {
        return (int) values.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(other.values.get(entry.getKey())))
                .count();
    }
}
