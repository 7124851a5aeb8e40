package dev.prescale.app;

import dev.prescale.backtest.MinuteRow;
import dev.prescale.backtest.ReplayPolicy;
import dev.prescale.capacity.CapacityModel;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The last simulated day of a trace as SVG: demand, and what the ready replicas of two policies sustain. */
final class DayChart {
    private static final int WIDTH = 960;
    private static final int HEIGHT = 340;
    private static final int LEFT = 52;
    private static final int RIGHT = 24;
    private static final int TOP = 44;
    private static final int BOTTOM = 32;
    private static final int GRID_LINES = 4;
    private static final Duration SHOWN = Duration.ofDays(1);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final String title;
    private final CapacityModel capacity;
    private final List<MinuteRow> hpa;
    private final List<MinuteRow> prescale;
    private final Instant from;
    private final Instant to;
    private final double top;

    /**
     * @param rows of all policies and minutes
     * @param capacity what ready replicas sustain, in req/s
     */
    DayChart(String title, List<MinuteRow> rows, CapacityModel capacity) {
        this.title = title;
        this.capacity = capacity;
        this.to = rows.getLast().at().plus(Duration.ofMinutes(1));
        this.from = to.minus(SHOWN);
        this.hpa = shown(rows, ReplayPolicy.HPA);
        this.prescale = shown(rows, ReplayPolicy.PRESCALE);
        double most = Math.max(largest(hpa, this::sustained), largest(prescale, this::sustained));
        this.top = roundedUp(Math.max(most, largest(prescale, MinuteRow::demand)));
    }

    private List<MinuteRow> shown(List<MinuteRow> rows, String policy) {
        return rows.stream()
                .filter(row -> row.policy().equals(policy) && !row.at().isBefore(from))
                .toList();
    }

    private double sustained(MinuteRow row) {
        return capacity.sustainedBy(row.ready());
    }

    private static double largest(List<MinuteRow> rows, ToDoubleFunction<MinuteRow> value) {
        return rows.stream().mapToDouble(value).max().orElse(0);
    }

    /** The next 1, 2 or 5 times a power of ten above, so that grid lines are round numbers. */
    private static double roundedUp(double value) {
        double unit = Math.pow(10, Math.floor(Math.log10(Math.max(value, 1e-9))));
        for (double factor : new double[] {1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8}) {
            if (factor * unit >= value) {
                return factor * unit;
            }
        }
        return 10 * unit;
    }

    String toSvg() {
        StringBuilder svg = new StringBuilder();
        svg.append("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="system-ui, sans-serif" font-size="12">
                <rect width="100%%" height="100%%" fill="#ffffff"/>
                <text x="%d" y="18" font-size="14" font-weight="600" fill="#1f2937">%s</text>
                """.formatted(WIDTH, HEIGHT, LEFT, title));
        legend(svg);
        grid(svg);
        svg.append("<path d=\"%s\" fill=\"#cbd5e1\"/>%n".formatted(area()));
        svg.append("<path d=\"%s\" fill=\"none\" stroke=\"#b45309\" stroke-width=\"1.4\"/>%n".formatted(steps(hpa)));
        svg.append(
                "<path d=\"%s\" fill=\"none\" stroke=\"#0f766e\" stroke-width=\"1.8\"/>%n".formatted(steps(prescale)));
        return svg.append("</svg>\n").toString();
    }

    private static void legend(StringBuilder svg) {
        String[][] entries = {
            {"#cbd5e1", "demand"}, {"#b45309", "capacity, target tracking alone"}, {"#0f766e", "capacity, Prescale"}
        };
        int x = LEFT;
        for (String[] entry : entries) {
            svg.append("<rect x=\"%d\" y=\"27\" width=\"14\" height=\"6\" fill=\"%s\"/>".formatted(x, entry[0]));
            svg.append("<text x=\"%d\" y=\"34\" fill=\"#374151\">%s</text>%n".formatted(x + 19, entry[1]));
            x += 40 + 6 * entry[1].length();
        }
    }

    private void grid(StringBuilder svg) {
        for (int line = 0; line <= GRID_LINES; line++) {
            double rate = top * line / GRID_LINES;
            svg.append("<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#e5e7eb\"/>"
                    .formatted(LEFT, WIDTH - RIGHT, y(rate), y(rate)));
            svg.append("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\" fill=\"#6b7280\">%s</text>%n"
                    .formatted(
                            LEFT - 6,
                            y(rate) + 4,
                            new BigDecimal(rate, new MathContext(3))
                                    .stripTrailingZeros()
                                    .toPlainString()));
        }
        for (Instant hour = from; !hour.isAfter(to); hour = hour.plus(Duration.ofHours(4))) {
            svg.append("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" fill=\"#6b7280\">%s</text>%n"
                    .formatted(x(hour), HEIGHT - 12, CLOCK.format(hour)));
        }
        svg.append("<text x=\"6\" y=\"%d\" fill=\"#6b7280\">req/s</text>%n".formatted(TOP - 4));
    }

    private String area() {
        StringBuilder path = new StringBuilder("M%.1f %.1f".formatted(x(from), y(0)));
        prescale.forEach(row -> path.append("L%.1f %.1f".formatted(x(row.at()), y(row.demand()))));
        return path.append("L%.1f %.1fZ".formatted(x(to), y(0))).toString();
    }

    /** Only where the number changes, to keep the file small. */
    private String steps(List<MinuteRow> rows) {
        StringBuilder path = new StringBuilder();
        int before = -1;
        for (MinuteRow row : rows) {
            if (before < 0) {
                path.append("M%.1f %.1f".formatted(x(row.at()), y(sustained(row))));
            } else if (row.ready() != before) {
                path.append("H%.1fV%.1f".formatted(x(row.at()), y(sustained(row))));
            }
            before = row.ready();
        }
        return path.append("H%.1f".formatted(x(to))).toString();
    }

    private double x(Instant at) {
        double share = (double) Duration.between(from, at).toSeconds() / SHOWN.toSeconds();
        return LEFT + share * (WIDTH - LEFT - RIGHT);
    }

    private double y(double rate) {
        return HEIGHT - BOTTOM - rate / top * (HEIGHT - TOP - BOTTOM);
    }
}
