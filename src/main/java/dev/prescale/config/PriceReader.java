package dev.prescale.config;

import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.prescale.backtest.CapacityMix.Prices;
import java.math.BigDecimal;

/** Reads prices of capacity: {@code onDemand=1,reserved=0.6,spot=0.3,interruptionRate=0.05}, or an object with these keys. */
public final class PriceReader {
    private static final ValueType<Double> PRICE = ValueTypes.numberAbove(0, Prices.MOST);
    private static final Key<Double> ON_DEMAND =
            Key.required("onDemand", PRICE, "Of a replica-hour that is bought when it is used.");
    private static final Key<Double> RESERVED = Key.optional(
            "reserved", PRICE, "Of a replica-hour that is paid whether it is used or not; at most onDemand.");
    private static final Key<Double> SPOT =
            Key.optional("spot", PRICE, "Of a replica-hour that may be taken away; at most onDemand.");
    private static final Key<Double> INTERRUPTION_RATE = Key.withDefault(
            "interruptionRate",
            ValueTypes.number(0, Prices.MOST_INTERRUPTIONS_PER_HOUR),
            Prices.DEFAULT_INTERRUPTIONS_PER_HOUR,
            "Interruptions of spot replicas an hour.");
    private static final ObjectSchema PRICES = ObjectSchema.of(ON_DEMAND, RESERVED, SPOT, INTERRUPTION_RATE);

    private PriceReader() {}

    /** Reads {@code name=number} with commas between them. Every fault is named with a path below {@code prices}. */
    public static ReadResult<Prices> readText(String text) {
        Violations violations = new Violations();
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (String part : text.strip().split("\\s*,\\s*", -1)) {
            String[] pair = part.split("\\s*=\\s*", -1);
            if (pair.length != 2 || pair[0].isEmpty()) {
                violations.add(
                        "prices",
                        JsonNodeFactory.instance.textNode(part),
                        "must be name=number with commas between them, such as onDemand=1,reserved=0.6,spot=0.3");
            } else if (object.has(pair[0])) {
                violations.add("prices." + pair[0], null, "stands twice");
            } else {
                put(object, pair[0], pair[1]);
            }
        }
        return violations.isEmpty() ? read(object) : new ReadResult.Invalid<>(violations.all());
    }

    /** What is no number stays text, to be refused with the range that is allowed. */
    private static void put(ObjectNode object, String name, String value) {
        try {
            object.set(name, DecimalNode.valueOf(new BigDecimal(value)));
        } catch (NumberFormatException noNumber) {
            object.put(name, value);
        }
    }

    private static ReadResult<Prices> read(ObjectNode object) {
        Violations violations = new Violations();
        ObjectReader reader = ObjectReader.of(object, PRICES, "prices", violations);
        double onDemand = reader.get(ON_DEMAND);
        Double reserved = reader.find(RESERVED);
        Double spot = reader.find(SPOT);
        double interruptions = reader.get(INTERRUPTION_RATE);
        if (violations.isEmpty()) {
            refuseAbove(reader, RESERVED, reserved == null ? onDemand : reserved, onDemand);
            refuseAbove(reader, SPOT, spot == null ? onDemand : spot, onDemand);
            if (reserved == null && spot == null) {
                reader.refuse(
                        "must have reserved, spot or both beside onDemand: with one price there is nothing to mix");
            }
            if (spot == null && reader.has(INTERRUPTION_RATE)) {
                reader.refuse(INTERRUPTION_RATE, "is of spot replicas and needs spot");
            }
        }
        return ReadResult.of(
                violations,
                () -> new Prices(
                        onDemand,
                        reserved == null ? onDemand : reserved,
                        spot == null ? onDemand : spot,
                        interruptions));
    }

    private static void refuseAbove(ObjectReader reader, Key<Double> key, double price, double onDemand) {
        if (price > onDemand) {
            reader.refuse(key, "must be at most onDemand, which is " + onDemand);
        }
    }
}
