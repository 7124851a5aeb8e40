package dev.prescale.packaging;

import dev.prescale.testing.PackagedApplication;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The command of the image as a container engine would start it: the image's tree is its whole file system and cannot be
 * written, but for one folder of data and one of temporary files; its user is the image's and has no privileges. This needs
 * to be root.
 */
final class ImageProcess implements AutoCloseable {
    /** The bind mounts are seen by this process alone and end with it. */
    private static final String ENTER = """
            mount --bind "$1" "$1"
            mount -o remount,bind,ro "$1"
            mount --rbind /proc "$1/proc"
            mount --rbind /dev "$1/dev"
            mount --bind "$2/data" "$1/data"
            mount --bind "$2/tmp" "$1/tmp"
            tree=$1 user=$3
            shift 3
            exec setpriv --no-new-privs chroot --userspec="$user" --groups= "$tree" "$@"
            """;

    private final Process process;
    private final Path log;
    private final int port;

    /**
     * @param tree the image
     * @param work where data, temporary files and the log go
     * @param environment beside that of the image
     */
    ImageProcess(Path tree, Path work, Map<String, String> environment) throws IOException, InterruptedException {
        Containerfile image = Containerfile.read();
        for (String name : List.of("data", "tmp")) {
            run("install", "-d", "-o", uid(image), work.resolve(name).toString());
        }
        port = PackagedApplication.freePort();
        log = work.resolve("log");
        List<String> command = new ArrayList<>(List.of(
                "unshare",
                "--mount",
                "--propagation",
                "private",
                "sh",
                "-euc",
                ENTER,
                "enter",
                tree.toString(),
                work.toString(),
                image.one("USER")));
        command.addAll(image.commandLine());
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        Map<String, String> variables = new HashMap<>(environment);
        variables.putAll(image.environment());
        variables.put("PRESCALE_HTTP_PORT", "" + port);
        variables.put("PATH", System.getenv("PATH"));
        builder.environment().clear();
        builder.environment().putAll(variables);
        process = builder.start();
    }

    private static String uid(Containerfile image) {
        return image.one("USER").split(":", 2)[0];
    }

    static void run(String... command) throws IOException, InterruptedException {
        Process run = new ProcessBuilder(command).inheritIO().start();
        if (run.waitFor() != 0) {
            throw new IOException("%s: exit %d".formatted(String.join(" ", command), run.exitValue()));
        }
    }

    int port() {
        return port;
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /** What the kernel says of it. */
    List<String> status() throws IOException {
        return Files.readAllLines(Path.of("/proc", "" + process.pid(), "status"));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void terminate() {
        process.destroy();
    }

    /** Waits for the end; it is killed where it takes longer, as a cluster does. */
    int exitCode(long mostSeconds) throws InterruptedException {
        if (!process.waitFor(mostSeconds, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running after " + mostSeconds + " s");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
