package dev.prescale.adapter.client;

import dev.prescale.adapter.client.ToldDecision.Asked;
import dev.prescale.adapter.client.ToldDecision.Cause;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A decision in words, for somebody at 3 a.m.: what came of it, what each rule asked for, what made the number. */
public final class DecisionText {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** Why a rule gives no number; a reason of a newer service is shown as it is. */
    private static final Map<String, String> SILENCES = Map.of(
            "Disabled", "the specification turns it off",
            "ForecastTrusted", "a trusted forecast is the headroom",
            "ForecastDistrusted", "the health gate does not trust the forecast",
            "ForecastUnavailable", "there is no forecast to act on",
            "NotBreached", "its metric is outside of its intervals",
            "NotSustained", "its metric has not been inside for long enough",
            "NoData", "there are no data",
            "StaleData", "the newest data are too old",
            "HistoryFailed", "the data could not be read");

    /** Said of the forecast before any rule speaks. */
    private static final Set<String> NOTICES = Set.of("ForecastMissed", "ForecastDistrusted", "ForecastUnavailable");

    private DecisionText() {}

    /** {@code 2026-11-25 14:02:15 UTC}. */
    public static String time(Instant at) {
        return TIME.format(at);
    }

    /** Several lines, each ended. */
    public static String of(ToldDecision decision) {
        StringBuilder text = new StringBuilder();
        text.append("%s  %s  %s%n".formatted(time(decision.at()), decision.endpoint(), outcome(decision)));
        text.append("  seen: %s, %d of %s ready%n"
                .formatted(load(decision), decision.readyReplicas(), replicas(decision.currentReplicas())));
        Asked winner = winner(decision);
        for (Asked asked : decision.proposals()) {
            text.append("  %s%n".formatted(sentence(asked, asked == winner)));
        }
        if (decision.recommended() != decision.replicas()) {
            text.append("  the rules recommend %s, %d after limits%n"
                    .formatted(replicas(decision.recommended()), decision.replicas()));
        }
        int number = 1;
        for (Cause cause : decision.trail()) {
            text.append("  %d. %s  %s: %s [%s]%n"
                    .formatted(number++, step(cause), cause.rule(), cause.message(), cause.code()));
        }
        return text.toString();
    }

    private static String outcome(ToldDecision decision) {
        if (decision.replicas() == decision.currentReplicas()) {
            return "%s, no change".formatted(replicas(decision.replicas()));
        }
        String carriedOut = decision.acted() ? "carried out" : "not carried out: " + decision.notActedReason();
        return "%d -> %s (%s)".formatted(decision.currentReplicas(), replicas(decision.replicas()), carriedOut);
    }

    private static String load(ToldDecision decision) {
        Double load = decision.requestRate();
        if (load == null) {
            return "request rate unknown";
        }
        String number = String.format(Locale.ROOT, load != 0 && load < 1 ? "%.3g" : "%.1f", load);
        return "busyReplicas".equals(decision.loadUnit())
                ? "requests for " + number + " busy replicas"
                : number + " req/s";
    }

    private static String sentence(Asked asked, boolean wins) {
        if (asked.replicas() == null) {
            String reason = String.valueOf(asked.reason());
            String sentence = asked.message() == null ? SILENCES.getOrDefault(reason, reason) : asked.message();
            return "%s gives no number: %s".formatted(asked.rule(), sentence);
        }
        String why = asked.message() == null || wins ? "" : ": " + asked.message();
        return "%s asks for %s%s%s"
                .formatted(asked.rule(), replicas(asked.replicas()), wins ? ", which wins" : "", why);
    }

    /** The rule whose number the trail takes up first. */
    private static @Nullable Asked winner(ToldDecision decision) {
        for (Cause cause : decision.trail()) {
            if (NOTICES.contains(cause.code())) {
                continue;
            }
            for (Asked asked : decision.proposals()) {
                if (asked.rule().equals(cause.rule())
                        && asked.replicas() != null
                        && asked.replicas() == cause.to()
                        && cause.from() == decision.currentReplicas()) {
                    return asked;
                }
            }
        }
        return null;
    }

    private static String step(Cause cause) {
        return cause.from() == cause.to() ? "stays " + cause.to() : cause.from() + " -> " + cause.to();
    }

    private static String replicas(int count) {
        return count == 1 ? "1 replica" : count + " replicas";
    }
}
