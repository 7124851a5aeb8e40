package dev.prescale.adapter.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Lines of UTF-8 text, none kept longer than a bound, so that a file without line ends does not fill the memory. */
final class BoundedLines {
    static final int LONGEST = 1_000;

    /** What is so long is no text, and may never end. */
    private static final long MOST_SKIPPED = 10_000_000;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Reader reader;
    private final char[] buffer = new char[1 << 13];
    private final StringBuilder line = new StringBuilder();
    private int filled;
    private int position;
    private int number;

    BoundedLines(InputStream text) {
        reader = new InputStreamReader(text, StandardCharsets.UTF_8);
    }

    /** Number of the line read last, from 1. */
    int number() {
        return number;
    }

    /** The next line without its end, of a long one the first {@link #LONGEST} + 1 characters; null after the last. */
    @Nullable
    String next() throws IOException {
        line.setLength(0);
        number++;
        int character = read();
        if (character < 0) {
            return null;
        }
        long length = 0;
        for (; character >= 0 && character != '\n'; character = read()) {
            if (++length > MOST_SKIPPED) {
                throw new IOException("a line has no end within %d characters".formatted(MOST_SKIPPED));
            }
            boolean isMark = number == 1 && line.isEmpty() && character == BYTE_ORDER_MARK;
            if (line.length() <= LONGEST && !isMark) {
                line.append((char) character);
            }
        }
        int last = line.length() - 1;
        if (last >= 0 && line.charAt(last) == '\r') {
            line.setLength(last);
        }
        return line.toString();
    }

    private int read() throws IOException {
        if (position == filled) {
            filled = reader.read(buffer);
            position = 0;
            if (filled <= 0) {
                filled = 0;
                return -1;
            }
        }
        return buffer[position++];
    }
}
