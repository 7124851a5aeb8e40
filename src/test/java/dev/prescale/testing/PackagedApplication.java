package dev.prescale.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the packaged application as a user does: a process of its own, its output in files. */
public final class PackagedApplication implements AutoCloseable {
    private static final long LONGEST_RUN_SECONDS = 240;

    private final Process process;
    private final Path out;
    private final Path err;

    private PackagedApplication(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /**
     * @param folder it runs in, for its output and its temporary files too
     * @param environment variables beside those of this process
     */
    public static PackagedApplication start(Path folder, Map<String, String> environment, String... arguments)
            throws IOException {
        Path jar = Path.of(System.getProperty("prescale.artifact", "target/quarkus-app/quarkus-run.jar"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx1g",
                "-Djava.io.tmpdir=" + folder,
                "-jar",
                jar.toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PRESCALE_"));
        builder.environment().putAll(environment);
        return new PackagedApplication(builder.start(), out, err);
    }

    /** A port that was free a moment ago. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Waits for the end and gives the exit code. */
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(LONGEST_RUN_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running after " + LONGEST_RUN_SECONDS + " s");
        }
        return process.exitValue();
    }

    public String out() throws IOException {
        return Files.readString(out);
    }

    public String err() throws IOException {
        return Files.readString(err);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** What Ctrl-C sends. */
    public void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", "" + process.pid()).start().waitFor();
    }

    /** What nobody can be prepared for. */
    public void kill() {
        process.destroyForcibly();
    }

    /** What a container engine sends. */
    public void terminate() {
        process.destroy();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
