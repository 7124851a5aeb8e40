package dev.prescale.app;

import java.util.Arrays;

/** Values as a line of blocks; a gap, which is NaN, is a space. */
final class Sparkline {
    private static final String BLOCKS = "▁▂▃▄▅▆▇█";

    private final double[] values;
    private final int width;

    /** @param width in characters, at most; each shows the largest of what it covers */
    Sparkline(double[] values, int width) {
        this.values = values.clone();
        this.width = Math.min(width, values.length);
    }

    /** Where the value of this index is drawn. */
    int columnOf(int index) {
        return (int) ((long) index * width / values.length);
    }

    String text() {
        double[] largest = new double[width];
        Arrays.fill(largest, Double.NaN);
        double most = 0;
        for (int k = 0; k < values.length; k++) {
            int column = columnOf(k);
            if (!Double.isNaN(values[k])) {
                largest[column] = Double.isNaN(largest[column]) ? values[k] : Math.max(largest[column], values[k]);
                most = Math.max(most, values[k]);
            }
        }
        StringBuilder text = new StringBuilder();
        for (double value : largest) {
            int block =
                    most == 0 ? 0 : (int) Math.min(BLOCKS.length() - 1L, Math.floor(value / most * BLOCKS.length()));
            text.append(Double.isNaN(value) ? ' ' : BLOCKS.charAt(block));
        }
        return text.toString();
    }
}
