package dev.prescale.app;

import dev.prescale.adapter.cli.PrescaleCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** What a model says of the program that fitted it: the version of the jar, and the commit where it runs from a checkout. */
final class CodeVersion {
    private CodeVersion() {}

    /** @param home folder that the program runs from */
    static String of(Path home) {
        String version = PrescaleCommand.class.getPackage().getImplementationVersion();
        String named = version == null ? "not packaged" : version;
        return Files.exists(home.resolve(".git")) ? named + commit(home) : named;
    }

    /** Empty where git does not tell. */
    private static String commit(Path home) {
        ProcessBuilder describe = new ProcessBuilder("git", "-C", home.toString(), "describe", "--always", "--tags")
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            Process git = describe.start();
            String commit = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            boolean ended = git.waitFor(5, TimeUnit.SECONDS);
            return ended && git.exitValue() == 0 ? ", " + commit : "";
        } catch (IOException absent) {
            return "";
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
