package dev.prescale.adapter.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Small files of text, or the standard input, read whole and no further than a bound. */
public final class TextFile {
    /** More than any specification has. */
    static final int MOST_BYTES = 4 << 20;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private TextFile() {}

    /**
     * The text, without a byte order mark.
     *
     * @param file {@code -} for the standard input
     * @throws CommandFault {@code FILE: what is wrong with it}
     */
    public static String read(Path file, InputStream stdin) {
        String name = Streams.nameOf(file);
        try {
            byte[] bytes = bytes(file, stdin);
            if (bytes.length > MOST_BYTES) {
                throw CommandFault.badInput("%s: must have at most %d bytes".formatted(name, MOST_BYTES));
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException other) {
            throw CommandFault.badInput("%s: must be text in UTF-8".formatted(name));
        } catch (IOException unreadable) {
            throw CommandFault.badInput("%s: %s".formatted(name, why(file, unreadable)));
        }
    }

    private static byte[] bytes(Path file, InputStream stdin) throws IOException {
        if (Streams.isStdin(file)) {
            return stdin.readNBytes(MOST_BYTES + 1);
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MOST_BYTES + 1);
        }
    }

    /** The exceptions of the JDK mostly say no more than the name of the file. */
    private static String why(Path file, IOException unreadable) {
        if (unreadable instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (unreadable instanceof AccessDeniedException) {
            return "may not be read by you";
        }
        return Files.isDirectory(file) ? "is a folder" : "cannot be read: " + unreadable.getMessage();
    }
}
