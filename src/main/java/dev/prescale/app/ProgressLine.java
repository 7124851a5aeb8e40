package dev.prescale.app;

import dev.prescale.adapter.cli.Terminal;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicBoolean;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * How far long work is: a bar with the time that is left on a terminal, a line every tenth elsewhere. Safe to call from any
 * thread. Whatever ends the process, the line of the bar is left clean.
 */
final class ProgressLine implements AutoCloseable {
    private static final int REDRAW_MILLIS = 200;
    private static final long PARTS = 1_000;
    private static final long UNKNOWN = -1;
    private static final int TENTHS = 10;
    private static final String CLEAN_LINE = "\r\033[K";

    private final String what;
    private final PrintStream out;
    private final @Nullable ProgressBar bar;
    private final Thread cleaner = new Thread(this::clear, "prescale-clean-terminal");
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private boolean isDrawn;
    private int told;

    /** @param what is done, for example {@code backtest} */
    ProgressLine(String what, PrintStream out, Terminal terminal) {
        this(what, out, terminal, PARTS);
    }

    private ProgressLine(String what, PrintStream out, Terminal terminal, long parts) {
        this.what = what;
        this.out = out;
        this.bar = terminal.isErr() ? bar(terminal, parts) : null;
        if (bar != null) {
            Runtime.getRuntime().addShutdownHook(cleaner);
        }
    }

    /** Of work that does not know how much there is left of it. */
    static ProgressLine ofUnknownLength(String what, PrintStream out, Terminal terminal) {
        return new ProgressLine(what, out, terminal, UNKNOWN);
    }

    private ProgressBar bar(Terminal terminal, long parts) {
        return new ProgressBarBuilder()
                .setTaskName(what)
                .setInitialMax(parts)
                .setUpdateIntervalMillis(REDRAW_MILLIS)
                .setStyle(terminal.isUnicode() ? ProgressBarStyle.UNICODE_BLOCK : ProgressBarStyle.ASCII)
                .setConsumer(new Line(terminal.columns()))
                .build();
    }

    /** @param share that is done, 0 to 1 */
    synchronized void show(double share) {
        if (bar != null) {
            bar.stepTo(Math.round(share * PARTS));
            return;
        }
        int tenth = (int) Math.floor(share * TENTHS + 1e-9);
        if (tenth > told) {
            told = tenth;
            out.printf("%s: %d %%%n", what, tenth * 100 / TENTHS);
        }
    }

    /** @param step that begins now */
    synchronized void say(String step) {
        if (bar != null) {
            bar.setExtraMessage(" " + step);
        } else {
            out.printf("%s: %s%n", what, step);
        }
    }

    /** Takes the bar away, for what is printed next. */
    @Override
    public void close() {
        if (bar == null || isClosed.getAndSet(true)) {
            return;
        }
        bar.close();
        clear();
        try {
            Runtime.getRuntime().removeShutdownHook(cleaner);
        } catch (IllegalStateException alreadyEnding) {
            // the hook finds a clean line
        }
    }

    private void draw(String rendered) {
        synchronized (out) {
            out.print("\r" + rendered + "\033[K");
            out.flush();
            isDrawn = true;
        }
    }

    private void clear() {
        synchronized (out) {
            if (isDrawn) {
                out.print(CLEAN_LINE);
                out.flush();
                isDrawn = false;
            }
        }
    }

    /** The line of the terminal; the library's own one would open a terminal of its own. */
    private final class Line implements ProgressBarConsumer {
        private final int columns;

        Line(int columns) {
            this.columns = columns;
        }

        @Override
        public int getMaxRenderedLength() {
            return columns - 1;
        }

        @Override
        public void accept(String rendered) {
            draw(rendered);
        }

        @Override
        public void clear() {
            ProgressLine.this.clear();
        }

        @Override
        public void close() {
            clear();
        }
    }
}
