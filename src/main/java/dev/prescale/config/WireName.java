package dev.prescale.config;

import java.util.Locale;

/** Names of enumeration constants as they are written in specifications. */
final class WireName {
    private WireName() {}

    /** {@code ADD_ONLY} is written {@code AddOnly}. */
    static String of(Enum<?> constant) {
        StringBuilder text = new StringBuilder();
        for (String word : constant.name().split("_", -1)) {
            text.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return text.toString();
    }
}
