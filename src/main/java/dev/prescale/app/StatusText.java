package dev.prescale.app;

import dev.prescale.adapter.cli.Terminal;
import dev.prescale.adapter.client.DecisionText;
import dev.prescale.adapter.client.ToldEndpoint;
import dev.prescale.config.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi.Style;

/** Endpoints for a person at a terminal: a table of all, or one in detail. */
final class StatusText {
    private static final DateTimeFormatter SHORT =
            DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int FEWEST_FOR_A_SENTENCE = 20;
    private static final List<String> TITLES =
            List.of("endpoint", "mode", "data", "rate", "now", "ready", "asked", "next peak", "gate", "last decision");
    private static final int DATA = 2;
    private static final int PEAK = 7;
    private static final int GATE = 8;
    private static final int SENTENCE = 9;

    /** What gives way first where a terminal is narrow. */
    private static final List<Integer> DISPENSABLE = List.of(SENTENCE, PEAK, 1, DATA);

    private final Terminal terminal;

    StatusText(Terminal terminal) {
        this.terminal = terminal;
    }

    /** @param faults of specifications that are not in force */
    String table(List<ToldEndpoint> endpoints, List<String> faults) {
        StringBuilder text = new StringBuilder();
        if (endpoints.isEmpty()) {
            text.append("No endpoint to show.%n".formatted());
        } else {
            List<List<String>> rows = new ArrayList<>(List.of(TITLES));
            endpoints.forEach(endpoint -> rows.add(cells(endpoint)));
            int[] widths = widths(rows);
            text.append(terminal.painted(Style.bold, row(TITLES, widths))).append(System.lineSeparator());
            for (int i = 0; i < endpoints.size(); i++) {
                text.append(row(rows.get(i + 1), widths)).append(System.lineSeparator());
                notes(endpoints.get(i)).forEach(note -> text.append(warning(note)));
            }
        }
        faults.forEach(fault -> text.append(warning("not in force: " + safe(fault))));
        return text.toString();
    }

    private List<String> cells(ToldEndpoint endpoint) {
        ToldEndpoint.Peak peak = endpoint.nextPeak();
        ToldEndpoint.Last last = endpoint.lastDecision();
        return List.of(
                safe(endpoint.id()),
                safe(endpoint.mode()),
                safe(endpoint.history().state()),
                load(endpoint.requestRate(), endpoint.loadUnit()),
                known(endpoint.currentReplicas()),
                known(endpoint.readyReplicas()),
                known(endpoint.recommendedReplicas()),
                peak == null
                        ? "-"
                        : "%s  %s".formatted(SHORT.format(peak.at()), load(peak.rate(), endpoint.loadUnit())),
                safe(endpoint.gate().state()),
                last == null ? "-" : safe(last.message()));
    }

    /** The last column takes what is left of the terminal, or a file's whole line. */
    private static int[] widths(List<List<String>> rows) {
        int[] widths = new int[TITLES.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return widths;
    }

    private String row(List<String> cells, int[] widths) {
        Set<Integer> hidden = hidden(widths);
        StringBuilder row = new StringBuilder();
        int length = 0;
        for (int i = 0; i < cells.size(); i++) {
            if (hidden.contains(i)) {
                continue;
            }
            String gap = i == 0 ? "" : "  ";
            String cell = i == SENTENCE ? cut(cells.get(i), room(length + 2)) : cells.get(i);
            String padding = " ".repeat(i == SENTENCE ? 0 : widths[i] - cell.length());
            boolean isNumber = i > DATA && i < PEAK;
            row.append(gap).append(isNumber ? padding + cell : painted(i, cell) + padding);
            length += gap.length() + widths[i];
        }
        return row.toString().stripTrailing();
    }

    private Set<Integer> hidden(int[] widths) {
        Set<Integer> hidden = new HashSet<>();
        for (int column : DISPENSABLE) {
            int length = 0;
            for (int i = 0; i < widths.length; i++) {
                int width = i == SENTENCE ? Math.min(widths[i], FEWEST_FOR_A_SENTENCE) : widths[i];
                length += hidden.contains(i) ? 0 : width + 2;
            }
            if (length - 2 > room(0)) {
                hidden.add(column);
            }
        }
        return hidden;
    }

    /** What is left of a line of the terminal; a file's lines have no end. */
    private int room(int used) {
        return terminal.isOut() ? Math.max(1, terminal.columns() - used) : Integer.MAX_VALUE;
    }

    private String painted(int column, String cell) {
        boolean isOdd = (column == DATA && !cell.equals("Samples") && !cell.equals("data"))
                || (column == GATE && cell.equals("Distrusted"));
        return isOdd ? terminal.painted(Style.fg_yellow, cell) : cell;
    }

    private static String cut(String text, int room) {
        return text.length() <= room ? text : text.substring(0, room - 1) + "…";
    }

    private String warning(String note) {
        return terminal.painted(Style.fg_yellow, "  ! ") + cut(note, room(4)) + System.lineSeparator();
    }

    private static List<String> notes(ToldEndpoint endpoint) {
        List<String> notes = new ArrayList<>();
        String message = endpoint.history().message();
        if (message != null) {
            notes.add(safe(message));
        }
        endpoint.warnings().forEach(warning -> notes.add(safe(warning)));
        return notes;
    }

    /** One endpoint, a line per fact. */
    String detail(ToldEndpoint endpoint) {
        List<String> lines = new ArrayList<>();
        lines.add(terminal.painted(Style.bold, safe(endpoint.id())) + ", mode " + safe(endpoint.mode()) + ", at "
                + DecisionText.time(endpoint.at()));
        lines.add("rate         " + load(endpoint.requestRate(), endpoint.loadUnit()));
        lines.add("data         " + painted(DATA, safe(endpoint.history().state()))
                + until(endpoint.history().observedUntil()));
        lines.add("replicas     %s now, %s ready, %s recommended, %d to %d allowed"
                .formatted(
                        known(endpoint.currentReplicas()),
                        known(endpoint.readyReplicas()),
                        known(endpoint.recommendedReplicas()),
                        endpoint.minReplicas(),
                        endpoint.maxReplicas()));
        lines.add("lead time    " + Durations.format(endpoint.leadTime()));
        ToldEndpoint.Demand demand = endpoint.leadTimeDemand();
        lines.add("sized for    "
                + (demand == null
                        ? "the present load"
                        : "%s within %s (quantile %s, %s)"
                                .formatted(
                                        load(demand.rate(), endpoint.loadUnit()),
                                        Durations.format(demand.window()),
                                        demand.quantile(),
                                        safe(demand.source()))));
        ToldEndpoint.Peak peak = endpoint.nextPeak();
        lines.add("next peak    " + (peak == null ? "unknown" : peak(peak, endpoint)));
        lines.add("gate         " + gate(endpoint.gate()));
        ToldEndpoint.Last last = endpoint.lastDecision();
        lines.add("decided      "
                + (last == null
                        ? "nothing yet"
                        : "%s, %s: %s (%s)"
                                .formatted(
                                        DecisionText.time(last.at()),
                                        last.replicas() == 1 ? "1 replica" : last.replicas() + " replicas",
                                        safe(last.message()),
                                        last.acted() ? "carried out" : "not carried out")));
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append(System.lineSeparator()));
        notes(endpoint).forEach(note -> text.append(warning(note)));
        text.append("why: prescale explain %s%n".formatted(safe(endpoint.id())));
        return text.toString();
    }

    private static String peak(ToldEndpoint.Peak peak, ToldEndpoint endpoint) {
        Duration ahead = Duration.between(endpoint.at(), peak.at());
        String when = ahead.isNegative() ? "" : ", in %d h %d min".formatted(ahead.toHours(), ahead.toMinutesPart());
        return "%s at %s%s".formatted(load(peak.rate(), endpoint.loadUnit()), DecisionText.time(peak.at()), when);
    }

    private String gate(ToldEndpoint.Gate gate) {
        String since = gate.since() == null ? "" : " since " + DecisionText.time(gate.since());
        String losses = gate.loss() == null || gate.baselineLoss() == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        ", loss %.3g, best baseline %s %.3g",
                        gate.loss(),
                        safe(String.valueOf(gate.bestBaseline())),
                        gate.baselineLoss());
        return painted(GATE, safe(gate.state())) + since + losses;
    }

    private static String until(@Nullable Instant observed) {
        return observed == null ? "" : " until " + DecisionText.time(observed);
    }

    private static String known(@Nullable Integer count) {
        return count == null ? "?" : count.toString();
    }

    private static String load(@Nullable Double load, String unit) {
        if (load == null) {
            return "unknown";
        }
        String number = String.format(Locale.ROOT, load != 0 && load < 1 ? "%.3g" : "%.1f", load);
        return unit.equals("busyReplicas") ? number + " busy" : number + " req/s";
    }

    /** What comes over the network is shown, never obeyed by the terminal. */
    private static String safe(String text) {
        return text.replaceAll("\\p{Cc}", "\uFFFD");
    }
}
