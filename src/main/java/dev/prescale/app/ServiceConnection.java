package dev.prescale.app;

import dev.prescale.adapter.cli.CommandFault;
import dev.prescale.adapter.cli.ServiceAccess;
import dev.prescale.adapter.cli.TextFile;
import dev.prescale.adapter.client.RunningService;
import dev.prescale.adapter.client.ServiceFault;
import dev.prescale.config.NearestName;
import dev.prescale.control.EndpointId;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** How commands come to a running service: with the token and the certificates that they were given. */
final class ServiceConnection {
    static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int MOST_NAMED = 5;
    private static final int LONGEST_TOKEN = 16_384;

    private final UnaryOperator<@Nullable String> environment;
    private final PrintStream err;
    private final Duration patience;

    /**
     * @param environment {@code PRESCALE_TOKEN} counts where there is no file of a token
     * @param err is warned of a token that others can read on its way
     * @param patience from a question to the last byte of its answer
     */
    ServiceConnection(UnaryOperator<@Nullable String> environment, PrintStream err, Duration patience) {
        this.environment = environment;
        this.err = err;
        this.patience = patience;
    }

    /** The caller closes it. */
    RunningService open(ServiceAccess access) {
        Optional<String> token = token(access);
        if (token.isPresent() && isReadableOnItsWay(access.address())) {
            err.println("prescale: the token goes over plain http to %s, where others can read it"
                    .formatted(access.address().getHost()));
        }
        return new RunningService(access.address(), patience, token, tls(access));
    }

    private Optional<String> token(ServiceAccess access) {
        if (access.tokenFile().isPresent()) {
            Path file = access.tokenFile().get();
            return Optional.of(sound(
                    TextFile.read(file, InputStream.nullInputStream()), "the file %s of the token".formatted(file)));
        }
        String given = environment.apply("PRESCALE_TOKEN");
        return given == null || given.isBlank() ? Optional.empty() : Optional.of(sound(given, "PRESCALE_TOKEN"));
    }

    /** What may stand in a header. The token itself is in no message. */
    private static String sound(String text, String where) {
        String token = text.strip();
        if (token.isEmpty() || token.length() > LONGEST_TOKEN || !token.matches("[!-~]+")) {
            throw CommandFault.badInput(
                    "%s must hold one token, without spaces and line ends within it".formatted(where));
        }
        return token;
    }

    private static boolean isReadableOnItsWay(URI address) {
        try {
            return "http".equalsIgnoreCase(address.getScheme())
                    && !InetAddress.getByName(address.getHost()).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    private static Optional<SSLContext> tls(ServiceAccess access) {
        if (access.authorities().isEmpty() && access.certificate().isEmpty()) {
            return Optional.empty();
        }
        KeyManager[] keys = access.certificate().isEmpty()
                ? null
                : new KeyManager[] {
                    TlsFiles.pair(
                            "--cert",
                            access.certificate().get(),
                            "--key",
                            access.key().orElseThrow())
                };
        TrustManager[] trusted =
                access.authorities().map(ServiceConnection::trusting).orElse(null);
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trusted, null);
            return Optional.of(context);
        } catch (GeneralSecurityException fault) {
            throw CommandFault.failed("the certificates cannot be used: " + fault.getMessage());
        }
    }

    private static TrustManager[] trusting(Path file) {
        List<X509Certificate> authorities = TlsFiles.certificates("--ca", file, TlsFiles.read("--ca", file));
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int i = 0; i < authorities.size(); i++) {
                store.setCertificateEntry("ca-" + i, authorities.get(i));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException | IOException fault) {
            throw CommandFault.failed("--ca %s cannot be used: %s".formatted(file, fault.getMessage()));
        }
    }

    /** What a user can do about it is said where the service itself has not. */
    static CommandFault failed(ServiceFault fault) {
        String hint = fault.isOfAccess() ? "" : " --url or PRESCALE_URL say where the service is.";
        return CommandFault.failed(fault.getMessage() + hint);
    }

    /** Which endpoints were perhaps meant. */
    static String hint(EndpointId wanted, List<String> known) {
        if (known.isEmpty()) {
            return ": no endpoint has been through a control cycle there";
        }
        List<String> near = NearestName.allOf(wanted.toString(), known, MOST_NAMED);
        if (!near.isEmpty()) {
            return "; did you mean %s?".formatted(String.join(" or ", near));
        }
        List<String> some = known.subList(0, Math.min(MOST_NAMED, known.size()));
        String more = known.size() > some.size() ? " and %d more".formatted(known.size() - some.size()) : "";
        return "; there are %s%s".formatted(String.join(", ", some), more);
    }
}
