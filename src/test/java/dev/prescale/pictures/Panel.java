package dev.prescale.pictures;

import java.math.BigDecimal;
import java.math.MathContext;

/** A system of coordinates inside a {@link Picture}: {@code x} from 0 to a width in units of its own, {@code y} likewise. */
final class Panel {
    static final int LEFT = 56;
    private static final int RIGHT = 24;
    private static final int GRID_LINES = 4;
    private static final double[] ROUND = {1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10};

    private final Picture picture;
    private final int topPixel;
    private final int heightPixels;
    private final double xMost;
    private final double yLeast;
    private final double yMost;

    private Panel(Picture picture, int topPixel, int heightPixels, double xMost, double... yRange) {
        this.picture = picture;
        this.topPixel = topPixel;
        this.heightPixels = heightPixels;
        this.xMost = xMost;
        this.yLeast = yRange[0];
        this.yMost = yRange[1];
    }

    /** A panel whose {@code y} begins at 0 and ends at a round number, with lines and numbers across. */
    static Panel ofRates(Picture picture, int topPixel, int heightPixels, double xMost, double largest) {
        Panel panel = new Panel(picture, topPixel, heightPixels, xMost, 0, roundedUp(largest));
        for (int k = 0; k <= GRID_LINES; k++) {
            double y = panel.yMost * k / GRID_LINES;
            panel.level("grid", y);
            panel.yLabel(
                    y,
                    new BigDecimal(y, new MathContext(3)).stripTrailingZeros().toPlainString());
        }
        picture.add(Picture.format("<text class=\"soft\" x=\"6\" y=\"%d\">req/s</text>%n", topPixel - 12));
        return panel;
    }

    static Panel of(Picture picture, int topPixel, int heightPixels, double xMost, double yLeast, double yMost) {
        return new Panel(picture, topPixel, heightPixels, xMost, yLeast, yMost);
    }

    /** The next number above of which a quarter is round. */
    private static double roundedUp(double value) {
        double unit = Math.pow(10, Math.floor(Math.log10(Math.max(value, 1e-9))));
        int k = 0;
        while (ROUND[k] * unit < value) {
            k++;
        }
        return ROUND[k] * unit;
    }

    private double pixelX(double x) {
        return LEFT + x / xMost * (Picture.WIDTH - LEFT - RIGHT);
    }

    private double pixelY(double y) {
        return topPixel + heightPixels * (1 - (Math.clamp(y, yLeast, yMost) - yLeast) / (yMost - yLeast));
    }

    void yLabel(double y, String label) {
        picture.add(Picture.format(
                "<text class=\"soft\" x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n",
                LEFT - 6, pixelY(y) + 4, label));
    }

    void xLabel(double x, String label) {
        picture.add(Picture.format(
                "<text class=\"soft\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>%n",
                pixelX(x), topPixel + heightPixels + 16, label));
    }

    void caption(double x, String text) {
        picture.add(Picture.format(
                "<text class=\"text\" x=\"%.1f\" y=\"%d\">%s</text>%n", pixelX(x) + 6, topPixel + 12, text));
    }

    /** A line across. */
    void level(String styles, double y) {
        picture.add(Picture.format(
                "<line class=\"%s\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>%n",
                styles, LEFT, Picture.WIDTH - RIGHT, pixelY(y), pixelY(y)));
    }

    void upright(String styles, double x) {
        picture.add(Picture.format(
                "<line class=\"%s\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>%n",
                styles, pixelX(x), pixelX(x), topPixel, topPixel + heightPixels));
    }

    /** A line through {@code (from + k, values[k])}, broken at {@code NaN}. */
    void line(String styles, double from, double[] values) {
        double[] xs = new double[values.length];
        for (int k = 0; k < xs.length; k++) {
            xs[k] = from + k;
        }
        line(styles, xs, values);
    }

    void line(String styles, double[] xs, double[] values) {
        StringBuilder path = new StringBuilder();
        boolean pen = false;
        for (int k = 0; k < values.length; k++) {
            if (!Double.isNaN(values[k])) {
                path.append(Picture.format("%s%.1f %.1f", pen ? "L" : "M", pixelX(xs[k]), pixelY(values[k])));
            }
            pen = !Double.isNaN(values[k]);
        }
        picture.add(Picture.format("<path class=\"line %s\" d=\"%s\"/>%n", styles, path));
    }

    /** The area between two lines through {@code (from + k, low[k])} and {@code (from + k, high[k])}. */
    void band(String styles, double from, double[] low, double[] high) {
        StringBuilder path = new StringBuilder();
        for (int k = 0; k < high.length; k++) {
            path.append(Picture.format("%s%.1f %.1f", k == 0 ? "M" : "L", pixelX(from + k), pixelY(high[k])));
        }
        for (int k = low.length - 1; k >= 0; k--) {
            path.append(Picture.format("L%.1f %.1f", pixelX(from + k), pixelY(low[k])));
        }
        picture.add(Picture.format("<path class=\"%s\" d=\"%sZ\"/>%n", styles, path));
    }
}
