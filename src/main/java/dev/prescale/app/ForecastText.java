package dev.prescale.app;

import dev.prescale.adapter.cli.Terminal;
import dev.prescale.answer.ForecastAnswer;
import dev.prescale.answer.ForecastMember;
import dev.prescale.config.Durations;
import dev.prescale.config.ForecastRequestReader.Ready;
import dev.prescale.config.RateUnit;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi.Style;

/** A forecast for a person at a terminal. */
final class ForecastText {
    private static final int MOST_ROWS = 24;
    private static final int MOST_MEMBERS = 4;
    private static final Duration SPARKLINE_PAST = Duration.ofDays(1);
    private static final long[] ROW_SECONDS = {
        60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800
    };
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm", Locale.ROOT);

    private final String name;
    private final Ready asked;
    private final ForecastAnswer answer;
    private final Terminal terminal;
    private final ZoneId zone;
    private final int digits;
    private final StringBuilder text = new StringBuilder();

    ForecastText(String name, Ready asked, ForecastAnswer answer, Terminal terminal) {
        this.name = name;
        this.asked = asked;
        this.answer = answer;
        this.terminal = terminal;
        this.digits = digits(answer.rates());
        this.zone = asked.request().calendar().zone();
    }

    String text() {
        Duration horizon = answer.step().multipliedBy(answer.rates().size());
        line("%s, %s from %s (%s) in steps of %s, %s"
                .formatted(
                        terminal.painted(Style.bold, name),
                        Durations.format(horizon),
                        time(answer.origin()),
                        zone.equals(ZoneOffset.UTC) ? "UTC" : zone,
                        Durations.format(answer.step()),
                        asked.unit() == RateUnit.COUNT ? "requests per step" : "requests per second"));
        if (terminal.isOut() && terminal.isUnicode()) {
            sparkline();
        }
        gate();
        members();
        line("values   %d, %d gaps, %d outliers%s"
                .formatted(
                        answer.quality().samples(),
                        answer.quality().gaps(),
                        answer.quality().outliers(),
                        answer.seasons().isEmpty()
                                ? ", no season"
                                : ", seasons " + String.join(" ", answer.seasons())));
        peak();
        answer.peaks().forEach(this::window);
        answer.warnings().forEach(warning -> line(terminal.painted(Style.fg_yellow, "warning  ") + warning));
        text.append(System.lineSeparator());
        table();
        return text.toString();
    }

    private void line(String line) {
        text.append(line).append(System.lineSeparator());
    }

    private String time(Instant at) {
        return TIME.format(at.atZone(zone));
    }

    private void gate() {
        ForecastAnswer.SkillGate gate = answer.gate();
        boolean isTrusted = gate.state().equals("Trusted");
        String state = terminal.painted(isTrusted ? Style.fg_green : Style.fg_yellow, gate.state());
        line("gate     %s%s"
                .formatted(
                        state,
                        gate.loss() == null || gate.baselineLoss() == null
                                ? ": the past is too short to tell"
                                : ": loss %s, best baseline %s %s"
                                        .formatted(
                                                number(gate.loss()),
                                                gate.bestBaseline(),
                                                number(gate.baselineLoss()))));
    }

    private void members() {
        List<ForecastMember> heaviest = answer.members().stream()
                .sorted(Comparator.comparingDouble(ForecastMember::weight).reversed())
                .limit(MOST_MEMBERS)
                .toList();
        int others = answer.members().size() - heaviest.size();
        line("members  "
                + heaviest.stream()
                        .map(member -> "%s %.0f %%".formatted(member.name(), 100 * member.weight()))
                        .collect(Collectors.joining(", "))
                + (others == 0 ? "" : " and %d more".formatted(others)));
    }

    /** Of the highest level that was asked for, and when the one nearest to the median is largest. */
    private void peak() {
        int middle = nearestTo(0.5);
        int best = 0;
        for (int k = 1; k < answer.rates().size(); k++) {
            best = answer.rates().get(k).get(middle) > answer.rates().get(best).get(middle) ? k : best;
        }
        Instant at = answer.origin().plus(answer.step().multipliedBy(best));
        line("peak     %s, in %s: %s"
                .formatted(
                        time(at),
                        ahead(Duration.between(answer.origin(), at)),
                        levels(answer.rates().get(best))));
    }

    private void window(ForecastAnswer.PeakRates peak) {
        line("largest  from %s to %s after the end: %s"
                .formatted(Durations.format(peak.from()), Durations.format(peak.to()), levels(peak.rates())));
    }

    private String levels(List<Double> rates) {
        List<String> levels = new ArrayList<>();
        for (int i = 0; i < rates.size(); i++) {
            levels.add("%s (%s)"
                    .formatted(number(rates.get(i)), plain(answer.quantiles().get(i))));
        }
        return String.join(", ", levels);
    }

    private int nearestTo(double level) {
        int nearest = 0;
        for (int i = 1; i < answer.quantiles().size(); i++) {
            nearest = Math.abs(answer.quantiles().get(i) - level)
                            < Math.abs(answer.quantiles().get(nearest) - level)
                    ? i
                    : nearest;
        }
        return nearest;
    }

    /** The largest step of each row's time, per level: a row must not hide a spike. */
    private void table() {
        int stride = stride();
        List<List<String>> rows = new ArrayList<>();
        List<String> titles = new ArrayList<>(List.of(
                stride == 1
                        ? "from"
                        : "largest within " + Durations.format(answer.step().multipliedBy(stride))));
        answer.quantiles().forEach(level -> titles.add(plain(level)));
        rows.add(titles);
        for (int from = 0; from < answer.rates().size(); from += stride) {
            List<String> row = new ArrayList<>(
                    List.of(time(answer.origin().plus(answer.step().multipliedBy(from)))));
            for (int i = 0; i < answer.quantiles().size(); i++) {
                double largest = 0;
                for (int k = from; k < Math.min(from + stride, answer.rates().size()); k++) {
                    largest = Math.max(largest, answer.rates().get(k).get(i));
                }
                row.add(number(largest));
            }
            rows.add(row);
        }
        new TextTable(rows).lines().forEach(this::line);
    }

    private int stride() {
        long step = answer.step().toSeconds();
        long length = step * answer.rates().size();
        for (long seconds : ROW_SECONDS) {
            if (seconds % step == 0 && Math.ceilDiv(length, seconds) <= MOST_ROWS) {
                return (int) (seconds / step);
            }
        }
        return Math.ceilDiv(answer.rates().size(), MOST_ROWS);
    }

    /** The last day and what follows, in the widths that they have in time. */
    private void sparkline() {
        int middle = nearestTo(0.5);
        double perRate = asked.unit() == RateUnit.COUNT ? answer.step().toSeconds() : 1;
        var history = asked.request().history();
        int past = (int) Math.min(history.size(), SPARKLINE_PAST.dividedBy(answer.step()));
        double[] values = new double[past + answer.rates().size()];
        for (int k = 0; k < past; k++) {
            values[k] = history.rateAt(history.size() - past + k) * perRate;
        }
        for (int k = 0; k < answer.rates().size(); k++) {
            values[past + k] = answer.rates().get(k).get(middle);
        }
        Sparkline drawn = new Sparkline(values, Math.min(terminal.columns() - 2, 120));
        int now = drawn.columnOf(past);
        String line = drawn.text();
        line(line.substring(0, now) + terminal.painted(Style.fg_cyan, "│" + line.substring(now)));
    }

    private static String ahead(Duration time) {
        return time.toHours() == 0
                ? "%d min".formatted(time.toMinutes())
                : "%d h %d min".formatted(time.toHours(), time.toMinutesPart());
    }

    private static String plain(double level) {
        return BigDecimal.valueOf(level).stripTrailingZeros().toPlainString();
    }

    /** With as many digits for all, so that they can be compared at a glance. */
    private String number(double value) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    /** Four digits are what a forecast has at most. */
    private static int digits(List<List<Double>> rates) {
        double largest = rates.stream()
                .flatMap(List::stream)
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        return largest >= 1_000 ? 0 : largest >= 100 ? 1 : largest >= 10 ? 2 : 3;
    }
}
