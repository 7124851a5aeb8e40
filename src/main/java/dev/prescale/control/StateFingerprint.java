package dev.prescale.control;

import dev.prescale.series.TrafficCalendar;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeSet;

/**
 * What the learnt state of an endpoint depends on: where its history comes from, how far back and ahead it looks, the level that
 * sizes replicas, its calendar. A state is of no use to a specification with another fingerprint. Bounds, capacities and
 * reactive rules have no part in it.
 */
final class StateFingerprint {
    private StateFingerprint() {}

    /** SHA-256 in hexadecimal digits. */
    static String of(EndpointSpec spec) {
        TrafficCalendar calendar = spec.calendar();
        // a set is sorted: its own order is another one in every process
        String text = String.join(
                "\n",
                spec.id().toString(),
                spec.traffic().toString(),
                spec.history() + (spec.inheritance() == null ? "" : " " + spec.inheritance()),
                spec.policy().predictive().horizon().toString(),
                Double.toString(spec.policy().predictive().quantile()),
                calendar.zone().getId(),
                new TreeSet<>(calendar.holidays()).toString(),
                calendar.events().toString());
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
