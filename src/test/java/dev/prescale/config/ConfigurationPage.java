package dev.prescale.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes {@code docs/configuration.md} from the schemas that inputs are read with. */
final class ConfigurationPage {
    private static final String SPEC_HEAD = "| key | type and range | default | meaning |\n|---|---|---|---|\n";
    private static final String SETTINGS_HEAD = SPEC_HEAD.replace("| key |", "| variable |");

    private static final String ACCESS = "Access";

    /** By how the names of variables begin; the longest that fits. */
    private static final Map<String, String> SUBJECTS = subjects();

    private static final List<String> EXAMPLE = linesOf(Path.of("k8s/examples/chat.yaml"));

    private final StringBuilder page = new StringBuilder();

    private static Map<String, String> subjects() {
        Map<String, String> subjects = new LinkedHashMap<>();
        subjects.put("PRESCALE_", "The service itself");
        subjects.put("PRESCALE_INFLUX_", "InfluxDB");
        subjects.put("PRESCALE_OIDC", ACCESS);
        subjects.put("PRESCALE_READ_TOKEN", ACCESS);
        subjects.put("PRESCALE_OPERATOR_TOKEN", ACCESS);
        subjects.put("PRESCALE_RATE_LIMIT", ACCESS);
        subjects.put("PRESCALE_TRUSTED_", ACCESS);
        subjects.put("PRESCALE_ALLOWED_", ACCESS);
        subjects.put("PRESCALE_TLS_", "TLS");
        subjects.put("PRESCALE_KUBERNETES", "Kubernetes");
        subjects.put("PRESCALE_EXTERNAL_METRICS_", "External metrics");
        subjects.put("PRESCALE_CLOCK_", "Simulated time");
        return subjects;
    }

    private static List<String> linesOf(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    static String text() {
        ConfigurationPage writer = new ConfigurationPage();
        writer.write();
        return writer.page.toString();
    }

    private void write() {
        page.append("""
                # Configuration

                Generated from the code; a test fails when this page is stale. Write it anew with
                `mvn test -Dtest=ConfigurationPageTest -Dprescale.docs.write=true`.

                ## Settings of the service

                Environment variables, or system properties `prescale.*`. They are checked at the start; every fault is named. A
                first start with InfluxDB 2.x:

                    PRESCALE_ENDPOINTS=endpoints PRESCALE_INFLUX_URL=http://influxdb:8086 PRESCALE_INFLUX_ORG=my-org PRESCALE_INFLUX_TOKEN_FILE=token

                """);
        settings();
        page.append("""

                ## An endpoint's specification

                A YAML (or JSON) document in the folder `PRESCALE_ENDPOINTS`; a file may hold several, separated by `---`. Files are read
                again when they change. A document with a fault is refused with every fault named; the last valid one of that endpoint
                stays in force. `k8s/examples/chat.yaml` shows every key; the examples below are its parts. `null` is the same as leaving a
                key out; unknown keys are faults. Lengths of time are written `300ms`, `30s`, `5m`, `2h`, `28d` or in ISO-8601 (`PT2M`).
                YAML is read by the core schema of 1.2: `NO` is Norway and not false.

                """);
        specification();
        page.append("""

                ## The simulation of a backtest

                The object `simulation` of `POST /api/v1/backtests`, and the YAML or JSON file that `prescale backtest` takes. What each
                of them does is in `docs/decisions/0025-simulated-workload.md`.

                """);
        page.append(SPEC_HEAD);
        rows("", SimulationReader.SIMULATION);
    }

    /** A table for each subject, which is told by how the names begin. */
    private void settings() {
        Map<String, List<Key<?>>> bySubject = new LinkedHashMap<>();
        SUBJECTS.values().forEach(subject -> bySubject.put(subject, new ArrayList<>()));
        for (SchemaKey key : Settings.SCHEMA.keys()) {
            bySubject.get(subjectOf(Settings.environmentName(key.name()))).add((Key<?>) key);
        }
        String separator = "";
        for (Map.Entry<String, List<Key<?>>> subject : bySubject.entrySet()) {
            page.append(separator)
                    .append("### ")
                    .append(subject.getKey())
                    .append("\n\n")
                    .append(SETTINGS_HEAD);
            subject.getValue().forEach(key -> row(Settings.environmentName(key.name()), key));
            separator = "\n";
        }
    }

    private static String subjectOf(String variable) {
        String prefix = SUBJECTS.keySet().stream()
                .filter(variable::startsWith)
                .max(Comparator.comparingInt(String::length))
                .orElseThrow();
        return SUBJECTS.get(prefix);
    }

    /** First what has one value, then a table and an example for each part of the {@code spec}. */
    private void specification() {
        ObjectSchema spec = SpecReader.DOCUMENT.keys().stream()
                .filter(key -> key.name().equals("spec"))
                .map(key -> ((SchemaKey.ObjectKey) key).schema())
                .findFirst()
                .orElseThrow();
        page.append(SPEC_HEAD);
        for (SchemaKey key : SpecReader.DOCUMENT.keys()) {
            row("", key, key.name().equals("spec") ? Depth.ALONE : Depth.ALL);
        }
        spec.keys().stream().filter(key -> !isPart(key)).forEach(key -> row("spec.", key, Depth.ALL));
        for (SchemaKey part : spec.keys()) {
            if (isPart(part)) {
                page.append("\n### `spec.").append(part.name()).append("`\n\n");
                page.append("```yaml\nspec:\n")
                        .append(example(part.name()))
                        .append("```\n\n")
                        .append(SPEC_HEAD);
                row("spec.", part, Depth.ALL);
            }
        }
    }

    private static boolean isPart(SchemaKey key) {
        return key instanceof SchemaKey.ObjectKey || key instanceof SchemaKey.ObjectListKey;
    }

    /** The lines of the example below {@code spec} that are about one key. */
    private static String example(String name) {
        StringBuilder part = new StringBuilder();
        boolean isIn = false;
        for (String line : EXAMPLE) {
            boolean begins = line.startsWith("  ") && !line.startsWith("   ");
            isIn = begins ? line.startsWith("  " + name + ":") : isIn && line.startsWith("   ");
            if (isIn) {
                part.append(line).append('\n');
            }
        }
        if (part.isEmpty()) {
            throw new IllegalStateException("k8s/examples/chat.yaml has no spec." + name);
        }
        return part.toString();
    }

    /** Whether the keys inside of an object follow it. */
    private enum Depth {
        ALONE,
        ALL
    }

    private void rows(String path, ObjectSchema schema) {
        schema.keys().forEach(key -> row(path, key, Depth.ALL));
    }

    private void row(String path, SchemaKey key, Depth depth) {
        String keyPath = path + key.name();
        switch (key) {
            case Key<?> value -> row(keyPath, value);
            case SchemaKey.ListKey<?> list ->
                row(
                        keyPath,
                        "list of at most %d: %s"
                                .formatted(list.mostEntries(), list.entries().description()),
                        "none",
                        key);
            case SchemaKey.MapKey<?> map ->
                row(
                        keyPath,
                        "at most %d names, each with %s"
                                .formatted(map.mostEntries(), map.entries().description()),
                        "none",
                        key);
            case SchemaKey.FreeKey free -> row(keyPath, free.description(), "none", key);
            case SchemaKey.UnsupportedKey unsupported -> row(keyPath, "not supported by this version", "", unsupported);
            case SchemaKey.ObjectKey object -> {
                row(keyPath, "object", object.isRequired() ? "**required**" : "", key);
                if (depth == Depth.ALL) {
                    rows(keyPath + ".", object.schema());
                }
            }
            case SchemaKey.ObjectListKey objects -> {
                row(keyPath, "list of at most %d objects".formatted(objects.mostEntries()), "none", key);
                rows(keyPath + "[].", objects.schema());
            }
        }
    }

    private <T> void row(String path, Key<T> key) {
        String fallback = Optional.ofNullable(key.fallback())
                .map(value -> key.type().format().apply(value))
                .filter(text -> !text.isEmpty())
                .map(text -> "`" + text + "`")
                .orElse("none");
        row(path, key.type().description(), key.isRequired() ? "**required**" : fallback, key);
    }

    private void row(String path, String type, String fallback, SchemaKey key) {
        page.append("| `%s` | %s | %s | %s |\n".formatted(path, cell(type), fallback, cell(key.meaning())));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
