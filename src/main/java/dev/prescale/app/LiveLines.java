package dev.prescale.app;

import dev.prescale.control.DecisionRecord;
import dev.prescale.control.EndpointSnapshot;
import dev.prescale.control.WorkloadScale;
import dev.prescale.scaling.RateReading;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** One line per endpoint: redrawn in place on a terminal, every few simulated hours elsewhere. */
final class LiveLines {
    private static final Duration REDRAW_EVERY = Duration.ofMillis(250);
    private static final Duration LOG_EVERY = Duration.ofHours(6);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final PrintStream out;
    private final boolean isTerminal;
    private int drawn;
    private long redrawnNanos = Long.MIN_VALUE / 2;
    private Instant loggedAt = Instant.MIN;

    LiveLines(PrintStream out, boolean isTerminal) {
        this.out = out;
        this.isTerminal = isTerminal;
    }

    /**
     * @param now simulated time
     * @param nanos a clock that does not go back, for the pace of redrawing
     */
    void show(Instant now, List<EndpointSnapshot> snapshots, long nanos) {
        boolean due = isTerminal
                ? nanos - redrawnNanos >= REDRAW_EVERY.toNanos()
                : loggedAt.equals(Instant.MIN) || !now.isBefore(loggedAt.plus(LOG_EVERY));
        if (!due) {
            return;
        }
        redrawnNanos = nanos;
        loggedAt = now;
        if (drawn > 0) {
            out.printf("\033[%dA", drawn);
        }
        for (EndpointSnapshot snapshot : snapshots) {
            out.println(isTerminal ? line(snapshot) + "\033[K" : line(snapshot));
        }
        out.flush();
        drawn = isTerminal ? snapshots.size() : 0;
    }

    /** Leaves what is drawn and goes on below it. */
    void release() {
        drawn = 0;
    }

    private static String line(EndpointSnapshot snapshot) {
        String rate = snapshot.requestRate() instanceof RateReading.Known known
                ? "%7.1f req/s".formatted(known.value())
                : "   no data   ";
        String replicas = snapshot.workload() instanceof WorkloadScale.Replicas replica
                ? "%3d of %3d ready".formatted(replica.readyReplicas(), replica.currentReplicas())
                : "unknown";
        return "%s  %-12s %s  %s  %s"
                .formatted(CLOCK.format(snapshot.at()), snapshot.spec().id().name(), rate, replicas, why(snapshot));
    }

    private static String why(EndpointSnapshot snapshot) {
        DecisionRecord latest = snapshot.latest();
        if (latest == null || latest.decision().trail().isEmpty()) {
            return "";
        }
        String message = latest.decision().trail().getLast().message();
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE - 1) + "…";
    }

    private static final int LONGEST_MESSAGE = 72;
}
