package dev.prescale.app;

import java.io.PrintStream;
import java.time.Duration;

/**
 * How far long work is: a bar that is drawn again in place on a terminal, a line every tenth elsewhere. Safe to call from any
 * thread.
 */
final class ProgressLine {
    private static final Duration REDRAW_EVERY = Duration.ofMillis(200);
    private static final int WIDTH = 30;
    private static final int TENTHS = 10;

    private final String what;
    private final PrintStream out;
    private final boolean isTerminal;
    private long drawnNanos = Long.MIN_VALUE / 2;
    private int told;
    private boolean isDrawn;

    /** @param what is done, for example {@code replaying shop-web} */
    ProgressLine(String what, PrintStream out, boolean isTerminal) {
        this.what = what;
        this.out = out;
        this.isTerminal = isTerminal;
    }

    /**
     * @param share that is done, 0 to 1
     * @param nanos a clock that does not go back
     */
    synchronized void show(double share, long nanos) {
        if (isTerminal) {
            if (nanos - drawnNanos >= REDRAW_EVERY.toNanos()) {
                drawnNanos = nanos;
                draw(share);
            }
            return;
        }
        int tenth = (int) Math.floor(share * TENTHS + 1e-9);
        if (tenth > told) {
            told = tenth;
            out.printf("%s: %d %%%n", what, tenth * 100 / TENTHS);
        }
    }

    private void draw(double share) {
        int full = (int) (share * WIDTH);
        out.printf("\r%s [%s%s] %3d %%\033[K", what, "#".repeat(full), " ".repeat(WIDTH - full), (int) (100 * share));
        out.flush();
        isDrawn = true;
    }

    /** Takes away a bar that is drawn, for what is printed next. */
    synchronized void clear() {
        if (isDrawn) {
            out.print("\r\033[K");
            out.flush();
            isDrawn = false;
        }
    }
}
