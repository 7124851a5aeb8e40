package dev.prescale.testing;

import dev.prescale.adapter.cli.Streams;
import dev.prescale.adapter.cli.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Streams of a command that a test reads afterwards. */
public final class CapturedStreams {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** For no terminal and an empty input. */
    public Streams streams() {
        return streams(Terminal.NONE, new byte[0]);
    }

    public Streams streams(Terminal terminal, byte[] stdin) {
        return new Streams(
                new ByteArrayInputStream(stdin),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                terminal);
    }

    public String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    public String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** Forgets what was written. */
    public void clear() {
        out.reset();
        err.reset();
    }
}
