package dev.prescale.testing;

import dev.prescale.testing.InfluxServer.Version;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds a real InfluxDB, first hit wins: {@code PRESCALE_TEST_INFLUX_URL} (with {@code _TOKEN} and {@code _ORG}), a
 * container engine, {@code influxd} on the {@code PATH}, the cache of {@code e2e/servers}. One per version and JVM.
 */
public final class InfluxServers {
    private static final Map<Version, Optional<InfluxServer>> FOUND = new EnumMap<>(Version.class);

    private InfluxServers() {}

    /**
     * A server of this version. Where there is none the test is aborted with a printed line, or fails where
     * {@code PRESCALE_REQUIRE} names it.
     */
    public static synchronized InfluxServer get(Version version) {
        return FOUND.computeIfAbsent(version, InfluxServers::find)
                .orElseThrow(() -> Requirement.missing(version.requirement));
    }

    private static Optional<InfluxServer> find(Version version) {
        Stream<Supplier<Optional<InfluxServer>>> places = Stream.of(
                () -> given(version),
                () -> InfluxContainer.isPossible() ? Optional.of(InfluxContainer.start(version)) : Optional.empty(),
                () -> onPath(version).map(binary -> InfluxProcess.start(version, binary)),
                () -> cached(version).map(binary -> InfluxProcess.start(version, binary)));
        Optional<InfluxServer> found =
                places.flatMap(place -> place.get().stream()).findFirst();
        if (found.isEmpty()) {
            System.out.printf("no %s here: tests that need it are not run, see e2e/README.md%n", version.requirement);
        }
        return found;
    }

    private static Optional<InfluxServer> given(Version version) {
        String url = System.getenv("PRESCALE_TEST_INFLUX_URL");
        if (url == null || url.isBlank()) {
            return Optional.empty();
        }
        try {
            HttpRequest ping = HttpRequest.newBuilder(URI.create(url + "/ping")).build();
            HttpResponse<Void> answer = HttpClient.newHttpClient().send(ping, BodyHandlers.discarding());
            String served = answer.headers().firstValue("X-Influxdb-Version").orElse("");
            return served.replaceFirst("^v", "").startsWith(version.prefix)
                    ? Optional.of(new InfluxServer(
                            version,
                            url,
                            environment("PRESCALE_TEST_INFLUX_TOKEN"),
                            environment("PRESCALE_TEST_INFLUX_ORG")))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("PRESCALE_TEST_INFLUX_URL does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static String environment(String name) {
        return Optional.ofNullable(System.getenv(name)).orElse("");
    }

    private static Optional<Path> onPath(Version version) {
        Pattern reported = Pattern.compile("InfluxDB v?" + Pattern.quote(version.prefix));
        return Arrays.stream(environment("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "influxd"))
                .filter(Files::isExecutable)
                .filter(binary -> reported.matcher(
                                output(List.of(binary.toString(), "version")).orElse(""))
                        .find())
                .findFirst();
    }

    private static Optional<Path> cached(Version version) {
        String script = version == Version.V1 ? "e2e/servers/influxd1" : "e2e/servers/influxd2";
        return output(List.of(script)).map(String::strip).map(Path::of);
    }

    /** What a program prints, empty where it fails. */
    private static Optional<String> output(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.of(printed) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
