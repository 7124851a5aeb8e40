package dev.prescale.adapter.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a running service is reached.
 *
 * @param tokenFile of a bearer token; empty for the one of the environment, or none
 * @param authorities PEM; empty for those of the JDK
 * @param certificate of the client in PEM; empty for none
 * @param key of that certificate in PEM
 */
public record ServiceAccess(
        URI address,
        Optional<Path> tokenFile,
        Optional<Path> authorities,
        Optional<Path> certificate,
        Optional<Path> key) {
    /** Without a token and with what the JDK trusts. */
    public static ServiceAccess of(URI address) {
        return new ServiceAccess(address, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
