package dev.prescale.adapter.report;

import dev.prescale.backtest.ReplayPolicy;
import dev.prescale.backtest.ReplaySetup;
import dev.prescale.backtest.ReplayTrack;
import dev.prescale.capacity.CapacityModel;
import dev.prescale.series.RateSeries;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The last day of a replay as SVG: demand, and what the ready replicas of some policies sustain. */
public final class DayChart {
    private static final int WIDTH = 960;
    private static final int PLOT_HEIGHT = 264;
    private static final int LEFT = 52;
    private static final int RIGHT = 24;
    private static final int LEGEND_TOP = 27;
    private static final int LEGEND_LINE = 17;
    private static final int BOTTOM = 32;
    private static final int GRID_LINES = 4;
    private static final Duration SHOWN = Duration.ofDays(1);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final String title;
    private final CapacityModel capacity;
    private final RateSeries demand;
    private final List<ReplayTrack> tracks;
    private final int firstMinute;
    private final double most;
    private final Legend legend;

    private DayChart(String title, CapacityModel capacity, RateSeries demand, List<ReplayTrack> tracks) {
        this.title = title;
        this.capacity = capacity;
        this.demand = demand;
        this.tracks = tracks;
        this.firstMinute = tracks.isEmpty()
                ? 0
                : Math.toIntExact(Duration.between(tracks.getFirst().from(), demand.start())
                        .toMinutes());
        this.most = ValueAxis.roundedUp(largest());
        this.legend = new Legend(tracks);
    }

    /**
     * The last day of what was replayed, all of it where that is less.
     *
     * @param tracks of policies, drawn in their order
     */
    public static DayChart lastDay(ReplaySetup.Endpoint endpoint, ReplaySetup setup, List<ReplayTrack> tracks) {
        Instant dayBefore = setup.to().minus(SHOWN);
        Instant from = dayBefore.isBefore(setup.from()) ? setup.from() : dayBefore;
        RateSeries demand = endpoint.trace().minutes().until(setup.to()).from(from);
        String title = "%s, start time %d s"
                .formatted(endpoint.trace().name(), endpoint.startTime().p90().toSeconds());
        return new DayChart(title, endpoint.spec().policy().capacity(), demand, tracks);
    }

    private double largest() {
        double largest = 0;
        for (int k = 0; k < demand.size(); k++) {
            largest = demand.isGap(k) ? largest : Math.max(largest, demand.rateAt(k));
            for (ReplayTrack track : tracks) {
                largest = Math.max(largest, sustained(track, k));
            }
        }
        return largest;
    }

    private double sustained(ReplayTrack track, int minute) {
        return capacity.sustainedBy(track.readyAt(firstMinute + minute));
    }

    /** The drawing; what a user named is escaped. */
    public String toSvg() {
        StringBuilder svg = new StringBuilder();
        svg.append("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="system-ui, sans-serif" font-size="12">
                <rect width="100%%" height="100%%" fill="#ffffff"/>
                <text x="%d" y="18" font-size="14" font-weight="600" fill="#1f2937">%s</text>
                """.formatted(WIDTH, height(), LEFT, Markup.escaped(title)));
        svg.append(legend.svg);
        grid(svg);
        svg.append("<path d=\"%s\" fill=\"#cbd5e1\"/>%n".formatted(areas()));
        for (ReplayTrack track : tracks) {
            boolean isOurs = track.policy().equals(ReplayPolicy.PRESCALE);
            svg.append(Markup.decimal(
                    "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%.1f\"/>%n",
                    steps(track), PolicyLook.of(track.policy()).color(), isOurs ? 1.8 : 1.4));
        }
        return svg.append("</svg>\n").toString();
    }

    /** Names with their colors, in as many lines as they need. */
    private static final class Legend {
        private final String svg;
        private final int lines;

        Legend(List<ReplayTrack> tracks) {
            StringBuilder drawn = new StringBuilder();
            int x = LEFT;
            int line = 0;
            for (int k = -1; k < tracks.size(); k++) {
                String policy = k < 0 ? "" : tracks.get(k).policy();
                String text =
                        k < 0 ? "demand" : "capacity, " + PolicyLook.of(policy).title();
                int width = 40 + 6 * text.length();
                if (x + width > WIDTH - RIGHT) {
                    x = LEFT;
                    line++;
                }
                int y = LEGEND_TOP + line * LEGEND_LINE;
                drawn.append("<rect x=\"%d\" y=\"%d\" width=\"14\" height=\"6\" fill=\"%s\"/>"
                        .formatted(
                                x, y, k < 0 ? "#cbd5e1" : PolicyLook.of(policy).color()));
                drawn.append("<text x=\"%d\" y=\"%d\" fill=\"#374151\">%s</text>%n"
                        .formatted(x + 19, y + 7, Markup.escaped(text)));
                x += width;
            }
            this.svg = drawn.toString();
            this.lines = line + 1;
        }
    }

    private void grid(StringBuilder svg) {
        for (int line = 0; line <= GRID_LINES; line++) {
            double rate = most * line / GRID_LINES;
            svg.append(Markup.decimal(
                    "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#e5e7eb\"/>",
                    LEFT, WIDTH - RIGHT, y(rate), y(rate)));
            svg.append(Markup.decimal(
                    "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\" fill=\"#6b7280\">%s</text>%n",
                    LEFT - 6, y(rate) + 4, ValueAxis.label(rate)));
        }
        for (int minute = 0; minute <= demand.size(); minute += Math.max(1, demand.size() / 6)) {
            svg.append(Markup.decimal(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" fill=\"#6b7280\">%s</text>%n",
                    x(minute), height() - 12, CLOCK.format(demand.instantAt(minute))));
        }
        svg.append("<text x=\"6\" y=\"%d\" fill=\"#6b7280\">req/s</text>%n".formatted(top() - 4));
    }

    /** One per piece without a gap. */
    private String areas() {
        StringBuilder path = new StringBuilder();
        for (int k = 0; k < demand.size(); k++) {
            if (demand.isGap(k)) {
                continue;
            }
            if (k == 0 || demand.isGap(k - 1)) {
                path.append(Markup.decimal("M%.1f %.1f", x(k), y(0)));
            }
            path.append(Markup.decimal("L%.1f %.1f", x(k), y(demand.rateAt(k))));
            if (k + 1 == demand.size() || demand.isGap(k + 1)) {
                path.append(Markup.decimal("L%.1f %.1fZ", x(k + 1), y(0)));
            }
        }
        return path.toString();
    }

    /** Only where the number changes, to keep the file small. */
    private String steps(ReplayTrack track) {
        StringBuilder path = new StringBuilder(Markup.decimal("M%.1f %.1f", x(0), y(sustained(track, 0))));
        for (int k = 1; k < demand.size(); k++) {
            if (track.readyAt(firstMinute + k) != track.readyAt(firstMinute + k - 1)) {
                path.append(Markup.decimal("H%.1fV%.1f", x(k), y(sustained(track, k))));
            }
        }
        return path.append(Markup.decimal("H%.1f", x(demand.size()))).toString();
    }

    private double x(int minute) {
        return LEFT + (double) minute / demand.size() * (WIDTH - LEFT - RIGHT);
    }

    private double y(double rate) {
        return top() + (1 - rate / most) * PLOT_HEIGHT;
    }

    private int top() {
        return LEGEND_TOP + legend.lines * LEGEND_LINE;
    }

    private int height() {
        return top() + PLOT_HEIGHT + BOTTOM;
    }
}
