package dev.prescale.config;

import java.util.Optional;

/** Writes {@code docs/configuration.md} from the schemas that inputs are read with. */
final class ConfigurationPage {
    private static final String SPEC_HEAD = "| key | type and range | default | meaning |\n|---|---|---|---|\n";

    private final StringBuilder page = new StringBuilder();

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

                Environment variables, or system properties `prescale.*`. They are checked at the start; every fault is named.

                | variable | type and range | default | meaning |
                |---|---|---|---|
                """);
        for (SchemaKey key : Settings.SCHEMA.keys()) {
            row(Settings.environmentName(key.name()), (Key<?>) key);
        }
        page.append("""

                ## An endpoint's specification

                A YAML (or JSON) document in the folder `PRESCALE_ENDPOINTS`; a file may hold several, separated by `---`. Files are read
                again when they change. A document with a fault is refused with every fault named; the last valid one of that endpoint
                stays in force. `k8s/examples/chat.yaml` shows every key. `null` is the same as leaving a key out; unknown keys are faults.
                Lengths of time are written `300ms`, `30s`, `5m`, `2h`, `28d` or in ISO-8601 (`PT2M`). YAML is read by the core schema of
                1.2: `NO` is Norway and not false.

                """);
        page.append(SPEC_HEAD);
        rows("", SpecReader.DOCUMENT);
        page.append("""

                ## The simulation of a backtest

                The object `simulation` of `POST /api/v1/backtests`, and the YAML or JSON file that `prescale backtest` takes. What each
                of them does is in `docs/decisions/0025-simulated-workload.md`.

                """);
        page.append(SPEC_HEAD);
        rows("", SimulationReader.SIMULATION);
    }

    private void rows(String path, ObjectSchema schema) {
        for (SchemaKey key : schema.keys()) {
            String keyPath = path + key.name();
            switch (key) {
                case Key<?> value -> row(keyPath, value);
                case SchemaKey.ListKey<?> list ->
                    row(
                            keyPath,
                            "list of at most %d: %s"
                                    .formatted(
                                            list.mostEntries(), list.entries().description()),
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
                case SchemaKey.UnsupportedKey unsupported ->
                    row(keyPath, "not supported by this version", "", unsupported);
                case SchemaKey.ObjectKey object -> {
                    row(keyPath, "object", object.isRequired() ? "**required**" : "", key);
                    rows(keyPath + ".", object.schema());
                }
                case SchemaKey.ObjectListKey objects -> {
                    row(keyPath, "list of at most %d objects".formatted(objects.mostEntries()), "none", key);
                    rows(keyPath + "[].", objects.schema());
                }
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
