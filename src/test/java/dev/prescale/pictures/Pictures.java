package dev.prescale.pictures;

import dev.prescale.series.LocalSlots;
import dev.prescale.series.RateSeries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.format.TextStyle;
import java.util.Locale;

/**
 * Draws the pictures of {@code docs/forecasting.md} into {@code docs/images}, the same bytes every time:
 *
 * <pre>make pictures</pre>
 */
public final class Pictures {
    private static final Path FOLDER = Path.of("docs", "images");
    private static final int PER_DAY = BundledTrace.TEN_MINUTES.perDay();
    /** A Tuesday at 06:00 in Berlin, five weeks into the trace. */
    private static final Instant TUESDAY = Instant.parse("2024-04-09T04:00:00Z");

    private Pictures() {}

    public static void main(String[] arguments) throws IOException {
        write("forecast-48h.svg", fan());
        write("forecast-cold-start.svg", coldStart());
        write("lead-time-demand.svg", new MorningRamp(BundledTrace.shopWeb()).draw());
        write(
                "forecast-coverage.svg",
                CoverageByHorizon.of(BundledTrace.withTraffic()).draw());
    }

    private static void write(String name, Picture picture) throws IOException {
        Files.writeString(FOLDER.resolve(name), picture.toSvg());
        System.out.println(FOLDER.resolve(name));
    }

    private static Picture fan() {
        BundledTrace shop = BundledTrace.shopWeb();
        RateSeries series = shop.tenMinutes();
        Fan fan = Fan.of(series, shop.calendar(), series.indexOf(TUESDAY), 28 * PER_DAY, PER_DAY);
        Picture picture = Fan.legend(new Picture("shop-web: 48 hours ahead on Tuesday, 06:00, from 28 days", 360));
        Panel panel = Panel.ofRates(picture, 62, 264, fan.shownSteps(), fan.largest());
        fan.draw(panel);
        hours(panel, shop, fan);
        return picture;
    }

    private static Picture coldStart() {
        BundledTrace shop = BundledTrace.shopWeb();
        RateSeries series = shop.tenMinutes();
        Picture picture = Fan.legend(new Picture("shop-web: the same two days ahead, from more and more history", 640));
        int[] days = {1, 4, 14};
        Fan[] fans = new Fan[days.length];
        double largest = 0;
        for (int k = 0; k < days.length; k++) {
            fans[k] = Fan.of(series, shop.calendar(), series.indexOf(TUESDAY), days[k] * PER_DAY, PER_DAY);
            largest = Math.max(largest, fans[k].largest());
        }
        for (int k = 0; k < days.length; k++) {
            Panel panel = Panel.ofRates(picture, 66 + 190 * k, 144, fans[k].shownSteps(), largest);
            fans[k].draw(panel);
            panel.caption(0, "%d day%s of history".formatted(days[k], days[k] == 1 ? "" : "s"));
            hours(panel, shop, fans[k]);
        }
        return picture;
    }

    /** Local hours below a panel, the weekday at midnight. */
    private static void hours(Panel panel, BundledTrace trace, Fan fan) {
        LocalSlots slots = LocalSlots.of(
                fan.before().start(),
                BundledTrace.TEN_MINUTES,
                fan.shownSteps(),
                trace.calendar().zone());
        for (int t = 0; t < fan.shownSteps(); t++) {
            int slot = slots.slotOfDay(t);
            if (slot == 0) {
                panel.upright("grid", t);
                panel.xLabel(t, DayOfWeek.of(slots.weekday(t) + 1).getDisplayName(TextStyle.SHORT, Locale.ENGLISH));
            } else if (slot % (PER_DAY / 4) == 0) {
                panel.xLabel(t, "%02d:00".formatted(slot * 24 / PER_DAY));
            }
        }
    }
}
