package dev.prescale.adapter.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Arguments of every command that asks a running service. */
final class ServiceArguments {
    private static final String DEFAULT_URL = "http://localhost:8080";

    @ArgGroup(validate = false, exclusive = false, heading = "%nThe service:%n", order = 90)
    Service service = new Service();

    static final class Service {
        @Option(
                names = "--url",
                description = "Where the service is (default: PRESCALE_URL, else " + DEFAULT_URL + ")",
                defaultValue = "${env:PRESCALE_URL:-" + DEFAULT_URL + "}")
        String url = DEFAULT_URL;

        @Option(
                names = "--token-file",
                paramLabel = "FILE",
                description =
                        "File of a bearer token (default: PRESCALE_TOKEN_FILE, else the token in PRESCALE_TOKEN); "
                                + "on the command line itself any user of the machine could read it",
                defaultValue = "${env:PRESCALE_TOKEN_FILE}")
        @Nullable
        Path tokenFile;

        @Option(
                names = "--ca",
                paramLabel = "FILE.pem",
                description = "Authorities that the service's certificate may be of (default: those of the JDK)")
        @Nullable
        Path authorities;

        @Option(
                names = "--cert",
                paramLabel = "FILE.pem",
                description = "Client certificate, where the service asks for one")
        @Nullable
        Path certificate;

        @Option(names = "--key", paramLabel = "FILE.pem", description = "Its private key, without a password")
        @Nullable
        Path key;
    }

    ServiceAccess read(ArgumentReader reader) {
        if ((service.certificate == null) != (service.key == null)) {
            reader.fault("--cert and --key must be given together");
        }
        URI address = address(reader);
        boolean isTls = service.authorities != null || service.certificate != null;
        if (isTls && "http".equalsIgnoreCase(address.getScheme())) {
            reader.fault("--ca, --cert and --key are for https://, was '%s'".formatted(address));
        }
        return new ServiceAccess(
                address,
                Optional.ofNullable(service.tokenFile)
                        .filter(file -> !file.toString().isBlank()),
                Optional.ofNullable(service.authorities),
                Optional.ofNullable(service.certificate),
                Optional.ofNullable(service.key));
    }

    private URI address(ArgumentReader reader) {
        try {
            URI address = new URI(service.url.isBlank() ? DEFAULT_URL : service.url.strip());
            boolean isHttp =
                    "http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme());
            boolean isPlain =
                    address.getUserInfo() == null && address.getQuery() == null && address.getFragment() == null;
            if (isHttp && address.getHost() != null && isPlain) {
                return address;
            }
        } catch (URISyntaxException wrong) {
            // named below, as an address of another kind is
        }
        reader.fault(
                "--url (PRESCALE_URL) must be http:// or https:// with a host such as http://localhost:8080, was '%s'"
                        .formatted(service.url));
        return URI.create("http://localhost");
    }
}
