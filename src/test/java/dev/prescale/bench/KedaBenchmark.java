package dev.prescale.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What KEDA waits for: pairs of {@code GetMetrics} and {@code IsActive} by a fixed schedule, on loopback, beside a running fleet, whose
 * history is switched off in the middle. The server with its fleet has one processor, the client another ({@code taskset}; where there is
 * none, or one processor only, both share what there is, and the table says so).
 *
 * <pre>
 * make bench-keda                        # 1,000 endpoints, 2,000 pairs per second
 * make bench-keda ENDPOINTS=500 PAIRS=4000
 * </pre>
 */
public final class KedaBenchmark {
    private static final int WARM_UP_SECONDS = 15;
    /** Beside the warm-up less than the eight cycles for which numbers outlive their history. */
    private static final int SECONDS = 45;

    /** As the image has it: on one processor the JVM would take a collector that stops for longer. */
    private static final List<String> SERVER = List.of("-XX:+UseG1GC");

    /** What is measured must not be the client's own stops. */
    private static final List<String> CLIENT = List.of("-XX:+UseSerialGC", "-Xmn768m");

    private static final Pattern READY = Pattern.compile("port (\\d+) distrusted ([^ ]*)");

    private final boolean isPinned = canPin();
    private final StringBuilder report = new StringBuilder();

    private KedaBenchmark() {}

    /** @param arguments number of endpoints and pairs per second; none for 1,000 and 2,000 */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int endpoints = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000;
        int pairs = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2_000;
        KedaBenchmark benchmark = new KedaBenchmark();
        benchmark.run(endpoints, pairs);
        String store = System.getProperty("prescale.bench.store", "");
        if (!store.isEmpty()) {
            Benchmarks.StoredText.replace(Path.of(store), "keda", benchmark.report.toString());
        }
    }

    private void run(int endpoints, int pairs) throws IOException, InterruptedException {
        Process server = start(0, SERVER, KedaServer.class, "" + endpoints).start();
        try (BufferedReader fleet = reader(server);
                PrintWriter commands = writer(server)) {
            String line = fleet.readLine();
            Matcher ready = READY.matcher(line == null ? "" : line);
            if (!ready.matches()) {
                throw new IllegalStateException("the server said " + line);
            }
            String distrusted = ready.group(2);
            print(Machine.line() + "\n");
            print("%,d endpoints, %d of them with a distrusted forecast; %,d pairs per second; %s.\n"
                    .formatted(
                            endpoints,
                            distrusted.isEmpty() ? 0 : distrusted.split(",").length,
                            pairs,
                            isPinned
                                    ? "the server with its fleet on one processor, the client on another"
                                    : "not pinned to processors, so that server and client share what there is"));
            List<String> arguments = new ArrayList<>(List.of(ready.group(1), "" + endpoints, "" + pairs));
            if (!distrusted.isEmpty()) {
                arguments.add(distrusted);
            }
            load(
                    fleet,
                    commands,
                    start(1, CLIENT, KedaLoad.class, arguments.toArray(String[]::new))
                            .start());
            commands.println("end");
        } finally {
            server.destroy();
        }
    }

    private void load(BufferedReader fleet, PrintWriter commands, Process client) throws IOException {
        try (BufferedReader told = reader(client);
                PrintWriter seconds = writer(client)) {
            print(
                    "| history | pairs/s | p50 ms | p99 ms | p99.9 ms | most ms | failures | server: cycles, failed reads, processors in use |");
            print("|---|--:|--:|--:|--:|--:|---|---|");
            ask(told, seconds, "" + WARM_UP_SECONDS);
            ask(fleet, commands, "report");
            String on = ask(told, seconds, "" + SECONDS);
            print("| there | %s | %s |".formatted(on, ask(fleet, commands, "report")));
            ask(fleet, commands, "off");
            String off = ask(told, seconds, "" + SECONDS);
            print("| switched off | %s | %s |".formatted(off, ask(fleet, commands, "report")));
        } finally {
            client.destroy();
        }
    }

    private static String ask(BufferedReader answers, PrintWriter commands, String command) throws IOException {
        commands.println(command);
        String answer = answers.readLine();
        if (answer == null) {
            throw new IllegalStateException("no answer to " + command);
        }
        return answer;
    }

    private ProcessBuilder start(int processor, List<String> jvm, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        if (isPinned) {
            command.addAll(List.of("taskset", "-c", "" + processor));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(List.of(
                "-Xms1g",
                "-Xmx1g",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.util.logging.config.file=/dev/null",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    private static boolean canPin() {
        if (Runtime.getRuntime().availableProcessors() < 2) {
            return false;
        }
        try {
            return new ProcessBuilder("taskset", "-c", "0,1", "true").start().waitFor() == 0;
        } catch (IOException none) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static PrintWriter writer(Process process) {
        return new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private void print(String line) {
        System.out.println(line);
        report.append(line).append('\n');
    }
}
