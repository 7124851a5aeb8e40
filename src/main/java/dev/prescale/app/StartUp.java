package dev.prescale.app;

import dev.prescale.adapter.cli.CommandFault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is checked before anything starts, so that a user reads one line instead of a stack trace. */
final class StartUp {
    private static final int DEFAULT_PORT = 8080;

    private StartUp() {}

    /** The port of {@code PRESCALE_HTTP_PORT} or of {@code -Dquarkus.http.port}. */
    static int httpPort() {
        String text = System.getProperty("quarkus.http.port", environment("PRESCALE_HTTP_PORT", "" + DEFAULT_PORT));
        try {
            int port = Integer.parseInt(text.strip());
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            // said below
        }
        throw CommandFault.badInput("PRESCALE_HTTP_PORT must be a port from 0 to 65535, was '" + text + "'");
    }

    static Path dataFolder() {
        return Path.of(System.getProperty("prescale.data", environment("PRESCALE_DATA", "data")));
    }

    private static String environment(String name, String otherwise) {
        String value = System.getenv(name);
        return value == null || value.isBlank() ? otherwise : value;
    }

    static void requireFreePort(int port) {
        if (port == 0) {
            return;
        }
        try (ServerSocket probe = new ServerSocket()) {
            // As the HTTP server binds: a port in TIME_WAIT is free.
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress((InetAddress) null, port));
        } catch (IOException taken) {
            throw CommandFault.failed("port %d is in use. Set PRESCALE_HTTP_PORT to a free one.".formatted(port));
        }
    }

    static void requireWritable(Path folder) {
        try {
            Files.createDirectories(folder);
            Path probe = Files.createTempFile(folder, "write-", ".probe");
            Files.delete(probe);
        } catch (IOException | SecurityException fault) {
            throw CommandFault.failed("the data folder %s cannot be written. Set PRESCALE_DATA to one that can."
                    .formatted(folder.toAbsolutePath()));
        }
    }
}
