package dev.prescale.app;

import dev.prescale.adapter.cli.CommandFault;
import dev.prescale.config.ReadResult;
import dev.prescale.config.Settings;
import dev.prescale.config.Violation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is checked before anything starts, so that a user reads one line instead of a stack trace. */
final class StartUp {
    private StartUp() {}

    /** The settings of this process; a fault names each key, its bad value and what is allowed. */
    static Settings settings() {
        return settings(Settings::ofProcess);
    }

    static Settings settings(Function<String, @Nullable String> lookup) {
        return switch (Settings.read(lookup)) {
            case ReadResult.Valid<Settings> valid -> valid.value();
            case ReadResult.Invalid<Settings> invalid ->
                throw CommandFault.badInput("the settings cannot be used:%n  %s"
                        .formatted(invalid.violations().stream()
                                .map(StartUp::sentence)
                                .collect(Collectors.joining(System.lineSeparator() + "  "))));
        };
    }

    private static String sentence(Violation violation) {
        return "%s (%s) %s"
                .formatted(violation.path(), Settings.environmentName(violation.path()), violation.message());
    }

    /** That its ports are free and its certificates can be used. */
    static void requireServable(Settings settings) {
        settings.tls().ifPresent(TlsFiles::check);
        requireFreePort(settings.httpPort(), "PRESCALE_HTTP_PORT");
        settings.grpcPort().ifPresent(port -> requireFreePort(port, "PRESCALE_GRPC_PORT"));
        settings.tls().ifPresent(tls -> requireFreePort(tls.port(), "PRESCALE_TLS_PORT"));
    }

    private static void requireFreePort(int port, String setting) {
        if (port == 0) {
            return;
        }
        try (ServerSocket probe = new ServerSocket()) {
            // As the HTTP server binds: a port in TIME_WAIT is free.
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress((InetAddress) null, port));
        } catch (IOException taken) {
            throw CommandFault.failed("port %d is in use. Set %s to a free one.".formatted(port, setting));
        }
    }

    /** Who may read external metrics is said by an API server, and told by its certificates. */
    static void requireExternalMetrics(Settings settings, Function<String, @Nullable String> environment) {
        settings.externalMetrics().ifPresent(external -> {
            TlsFiles.check(external);
            requireFreePort(external.port(), "PRESCALE_EXTERNAL_METRICS_PORT");
            if (!ServiceCluster.isUsed(settings.kubernetes().use(), environment)) {
                throw CommandFault.badInput(
                        "PRESCALE_EXTERNAL_METRICS_PORT is set, and there is no Kubernetes API server"
                                + " that could ask. Run it in a cluster, or set KUBECONFIG.");
            }
        });
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
