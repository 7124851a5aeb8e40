package dev.prescale.adapter.report;

import dev.prescale.answer.ForecastAnswer;
import dev.prescale.config.ForecastRequestReader.Ready;
import dev.prescale.config.RateUnit;
import dev.prescale.series.RateSeries;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** A forecast as SVG: the end of the past, now, and the fan of quantiles, in local time. Readable on dark and light. */
public final class ForecastChart {
    private static final int WIDTH = 960;
    private static final int HEIGHT = 420;
    private static final int LEFT = 64;
    private static final int RIGHT = 24;
    private static final int TOP = 74;
    private static final int BOTTOM = 46;
    private static final int GRID_LINES = 4;
    private static final int MOST_TICKS = 12;
    private static final Duration SHORTEST_PAST = Duration.ofDays(1);
    private static final int[] TICK_HOURS = {1, 2, 3, 6, 12, 24, 48, 168, 336, 672};
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d MMM", Locale.ROOT);
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("EEE d MMM uuuu HH:mm", Locale.ROOT);

    private static final String STYLE = """
            <style>
            .paper { fill: #ffffff } .ink { fill: #1f2937 } .quiet { fill: #4b5563 } .line { stroke: #d1d5db }
            .past { stroke: #374151 } .median { stroke: #1d4ed8 } .band { fill: #3b82f6 } .now { stroke: #b45309 } .now-text { fill: #92400e }
            @media (prefers-color-scheme: dark) {
            .paper { fill: #111827 } .ink { fill: #f3f4f6 } .quiet { fill: #c3c9d2 } .line { stroke: #374151 }
            .past { stroke: #d1d5db } .median { stroke: #93c5fd } .band { fill: #3b82f6 } .now { stroke: #fbbf24 } .now-text { fill: #fcd34d }
            }
            </style>
            """;

    private final String name;
    private final ForecastAnswer answer;
    private final String unit;
    private final ZoneId zone;
    private final double[] past;
    private final List<Integer> ascending;
    private final int median;
    private final double most;
    private final StringBuilder svg = new StringBuilder();

    private ForecastChart(String name, Ready asked, ForecastAnswer answer) {
        this.name = name;
        this.answer = answer;
        boolean isCount = asked.unit() == RateUnit.COUNT;
        this.unit = isCount ? "requests per step" : "requests per second";
        this.zone = asked.request().calendar().zone();
        this.past = tail(asked.request().history(), isCount ? answer.step().toSeconds() : 1);
        List<Double> levels = answer.quantiles();
        this.ascending = IntStream.range(0, levels.size())
                .boxed()
                .sorted((a, b) -> Double.compare(levels.get(a), levels.get(b)))
                .toList();
        this.median = ascending.stream()
                .min((a, b) -> Double.compare(Math.abs(levels.get(a) - 0.5), Math.abs(levels.get(b) - 0.5)))
                .orElseThrow();
        double largest = 0;
        for (double value : past) {
            largest = Double.isNaN(value) ? largest : Math.max(largest, value);
        }
        for (List<Double> row : answer.rates()) {
            largest = Math.max(largest, row.get(ascending.getLast()));
        }
        this.most = ValueAxis.roundedUp(largest);
    }

    /**
     * @param name of the series
     * @param asked with the past that is drawn as far as the future is, a day at least
     */
    public static ForecastChart of(String name, Ready asked, ForecastAnswer answer) {
        return new ForecastChart(name, asked, answer);
    }

    private double[] tail(RateSeries history, double perRate) {
        long ahead = answer.rates().size();
        long day = SHORTEST_PAST.dividedBy(answer.step());
        int shown = (int) Math.min(history.size(), Math.max(ahead, day));
        double[] values = new double[shown];
        for (int k = 0; k < shown; k++) {
            values[k] = history.rateAt(history.size() - shown + k) * perRate;
        }
        return values;
    }

    /** The drawing; what a user named is escaped. */
    public String toSvg() {
        svg.append(Markup.decimal(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"title desc\""
                        + " font-family=\"system-ui, sans-serif\" font-size=\"12\">%n",
                WIDTH, HEIGHT));
        svg.append("<title id=\"title\">%s</title>%n<desc id=\"desc\">%s</desc>%n"
                .formatted(Markup.escaped(title()), Markup.escaped(description())));
        svg.append(STYLE);
        svg.append("<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n");
        text(LEFT, 22, "ink", "start", " font-size=\"15\" font-weight=\"600\"", title());
        legend();
        grid();
        bands();
        line("past", pastPath());
        line("median", edge(median, false));
        now();
        return svg.append("</svg>\n").toString();
    }

    private String title() {
        return "%s: forecast from %s (%s)"
                .formatted(
                        name, MOMENT.format(answer.origin().atZone(zone)), zone.equals(ZoneOffset.UTC) ? "UTC" : zone);
    }

    private String description() {
        int best = 0;
        for (int k = 1; k < answer.rates().size(); k++) {
            best = answer.rates().get(k).get(median) > answer.rates().get(best).get(median) ? k : best;
        }
        return "The past %d steps and the next %d of %s, in %s. The largest median is %s at %s. The health gate says %s."
                .formatted(
                        past.length,
                        answer.rates().size(),
                        answer.step(),
                        unit,
                        ValueAxis.label(answer.rates().get(best).get(median)),
                        MOMENT.format(at(past.length + best)),
                        answer.gate().state());
    }

    private ZonedDateTime at(int step) {
        return answer.origin()
                .plus(answer.step().multipliedBy((long) step - past.length))
                .atZone(zone);
    }

    private void legend() {
        int x = swatch(LEFT, "<path class=\"past\" d=\"M%d %dh16\" fill=\"none\" stroke-width=\"1.6\"/>", "observed");
        x = swatch(
                x,
                "<path class=\"median\" d=\"M%d %dh16\" fill=\"none\" stroke-width=\"2\"/>",
                "quantile " + level(median));
        for (int i = 0; i + 1 < ascending.size(); i++) {
            String band =
                    "<path class=\"band\" d=\"M%%d %%dm0 -5h16v10h-16z\" fill-opacity=\"%s\"/>".formatted(opacity(i));
            x = swatch(x, band, level(ascending.get(i)) + " to " + level(ascending.get(i + 1)));
        }
    }

    private String level(int index) {
        return ValueAxis.label(answer.quantiles().get(index));
    }

    private int swatch(int x, String mark, String label) {
        int width = 36 + 7 * label.length();
        if (x + width > WIDTH - RIGHT) {
            return x;
        }
        svg.append(Markup.decimal(mark, x, 44)).append('\n');
        text(x + 22, 48, "ink", "start", "", label);
        return x + width;
    }

    /** Bands farther from the median are paler. */
    private String opacity(int band) {
        int distance = Math.abs(2 * band + 1 - 2 * ascending.indexOf(median)) / 2;
        return Markup.decimal("%.2f", Math.max(0.12, 0.5 / (1 + distance * 0.8)));
    }

    private void grid() {
        text(LEFT - 56, TOP - 12, "quiet", "start", "", unit);
        for (int line = 0; line <= GRID_LINES; line++) {
            double value = most * line / GRID_LINES;
            svg.append(Markup.decimal("<path class=\"line\" d=\"M%d %.1fH%d\"/>%n", LEFT, y(value), WIDTH - RIGHT));
            text(LEFT - 8, y(value) + 4, "quiet", "end", "", ValueAxis.label(value));
        }
        for (ZonedDateTime tick : ticks()) {
            double x = x(stepsUntil(tick.toInstant()));
            svg.append(Markup.decimal("<path class=\"line\" d=\"M%.1f %dv5\"/>%n", x, HEIGHT - BOTTOM));
            text(x, HEIGHT - BOTTOM + 19, "quiet", "middle", "", CLOCK.format(tick));
            if (tick.toLocalTime().toSecondOfDay() == 0) {
                text(x, HEIGHT - BOTTOM + 35, "ink", "middle", "", DAY.format(tick));
            }
        }
    }

    /** On whole local hours, so that a day begins at its midnight on the day the clocks change too. */
    private List<ZonedDateTime> ticks() {
        long hours = answer.step().multipliedBy(steps()).toHours();
        int every = TICK_HOURS[TICK_HOURS.length - 1];
        for (int candidate : TICK_HOURS) {
            if (hours / candidate <= MOST_TICKS) {
                every = candidate;
                break;
            }
        }
        List<ZonedDateTime> ticks = new ArrayList<>();
        ZonedDateTime day = at(0).truncatedTo(ChronoUnit.DAYS);
        ZonedDateTime end = at(steps());
        while (!day.isAfter(end)) {
            for (int hour = 0; hour < 24; hour += Math.min(every, 24)) {
                ZonedDateTime tick = day.toLocalDate().atTime(hour, 0).atZone(zone);
                if (!tick.isBefore(at(0)) && !tick.isAfter(end)) {
                    ticks.add(tick);
                }
            }
            day = day.plusDays(Math.max(1, every / 24));
        }
        return ticks;
    }

    private double stepsUntil(Instant instant) {
        return (double) Duration.between(at(0).toInstant(), instant).toMillis()
                / answer.step().toMillis();
    }

    private void bands() {
        for (int i = 0; i + 1 < ascending.size(); i++) {
            svg.append("<path class=\"band\" fill-opacity=\"%s\" d=\"%s%sZ\"/>%n"
                    .formatted(
                            opacity(i),
                            edge(ascending.get(i), false),
                            edge(ascending.get(i + 1), true).replaceFirst("M", "L")));
        }
    }

    private void line(String kind, String path) {
        svg.append("<path class=\"%s\" fill=\"none\" stroke-width=\"%s\" stroke-linejoin=\"round\" d=\"%s\"/>%n"
                .formatted(kind, kind.equals("median") ? "2" : "1.6", path));
    }

    /** In the middle of each step; a gap breaks the line. */
    private String pastPath() {
        StringBuilder path = new StringBuilder();
        boolean isPenDown = false;
        for (int k = 0; k < past.length; k++) {
            if (Double.isNaN(past[k])) {
                isPenDown = false;
                continue;
            }
            path.append(Markup.decimal("%s%.1f %.1f", isPenDown ? "L" : "M", x(k + 0.5), y(past[k])));
            isPenDown = true;
        }
        return path.toString();
    }

    private String edge(int level, boolean isBackwards) {
        StringBuilder path = new StringBuilder();
        int size = answer.rates().size();
        for (int i = 0; i < size; i++) {
            int k = isBackwards ? size - 1 - i : i;
            double value = answer.rates().get(k).get(level);
            path.append(Markup.decimal("%s%.1f %.1f", i == 0 ? "M" : "L", x(past.length + k + 0.5), y(value)));
        }
        return path.toString();
    }

    private void now() {
        double x = x(past.length);
        svg.append(Markup.decimal(
                "<path class=\"now\" stroke-width=\"1.5\" stroke-dasharray=\"4 3\" d=\"M%.1f %dV%d\"/>%n",
                x, TOP - 6, HEIGHT - BOTTOM));
        text(x, TOP - 10, "now-text", "middle", "", "now " + CLOCK.format(at(past.length)));
    }

    private void text(double x, double y, String kind, String anchor, String attributes, String text) {
        svg.append(Markup.decimal(
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\"%s>%s</text>%n",
                kind, x, y, anchor, attributes, Markup.escaped(text)));
    }

    private int steps() {
        return past.length + answer.rates().size();
    }

    private double x(double step) {
        return LEFT + step / steps() * (WIDTH - LEFT - RIGHT);
    }

    private double y(double value) {
        return TOP + (1 - value / most) * (HEIGHT - TOP - BOTTOM);
    }
}
