package dev.prescale.adapter.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Where a command reads and writes.
 *
 * @param in standard input, read where a file is called {@code -}
 * @param out results and nothing else
 * @param err progress and messages
 */
public record Streams(InputStream in, PrintStream out, PrintStream err, Terminal terminal) {
    /** What the standard input is called in a fault. */
    public static final String STDIN = "stdin";

    /** Those of the process. In UTF-8 whatever the locale: what is read as JSON or CSV elsewhere has one encoding. */
    public static Streams ofProcess(Terminal terminal) {
        return new Streams(System.in, utf8(FileDescriptor.out), utf8(FileDescriptor.err), terminal);
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(descriptor)), true, StandardCharsets.UTF_8);
    }

    /** Whether a file is meant to be the standard input. */
    public static boolean isStdin(Path file) {
        return file.toString().equals("-");
    }

    /** What a fault calls the file. */
    public static String nameOf(Path file) {
        return isStdin(file) ? STDIN : file.toString();
    }
}
