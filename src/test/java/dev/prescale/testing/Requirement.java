package dev.prescale.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** What a test needs that a checkout does not have. */
public final class Requirement {
    private Requirement() {}

    /** What {@code e2e/servers/NAME} prints; empty where it has nothing. */
    public static Optional<Path> cached(String name) {
        try {
            Process look = new ProcessBuilder("e2e/servers/" + name)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String printed = new String(look.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return look.waitFor() == 0 ? Optional.of(Path.of(printed.strip())) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /**
     * What a test throws that cannot run: it is aborted, or it fails where {@code PRESCALE_REQUIRE} names the requirement.
     */
    public static RuntimeException missing(String requirement) {
        String required = Optional.ofNullable(System.getenv("PRESCALE_REQUIRE")).orElse("");
        if (Arrays.asList(required.split("\\s*,\\s*")).contains(requirement)) {
            throw new AssertionFailedError("PRESCALE_REQUIRE names " + requirement + ", and there is none");
        }
        return new TestAbortedException("no " + requirement);
    }
}
