package dev.prescale.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the operator of the service sets, from properties {@code prescale.*} or the environment variables that stand for
 * them. Read once at start, the same way by the service and by commands that start no service.
 *
 * @param httpPort of the service; 0 for any free one
 * @param grpcPort of gRPC alone, 0 for any free one; empty where gRPC is served on the ports of REST
 * @param tls empty where nothing is served over TLS
 * @param access how callers prove who they are
 * @param clients what they may do whoever they are
 * @param data folder of the embedded store
 * @param endpoints folder of endpoint specifications, empty for none
 * @param cycleInterval time between two control cycles
 * @param retention how long the embedded store keeps samples
 * @param journal how much of the journal is kept
 * @param model file of the shared model, or {@link #NO_MODEL}; empty for the one that ships
 * @param keepsState whether what forecasts have learnt is kept over a restart
 * @param mostFollowed endpoints up to which planning is kept up step by step instead of made anew
 * @param kubernetes whether workloads are seen and scaled through a Kubernetes API server, and how
 * @param externalMetrics empty where the External Metrics API is not served
 * @param influx empty where the embedded store is the history
 * @param clock empty for that of the machine
 */
public record Settings(
        int httpPort,
        Optional<Integer> grpcPort,
        Optional<TlsServer> tls,
        AccessSettings access,
        ClientRules clients,
        Path data,
        Optional<Path> endpoints,
        Duration cycleInterval,
        Duration retention,
        Journal journal,
        Optional<String> model,
        boolean keepsState,
        int mostFollowed,
        KubernetesServer kubernetes,
        Optional<ExternalMetrics> externalMetrics,
        Optional<InfluxServer> influx,
        Optional<SimulatedTime> clock) {
    /**
     * How much of the journal of decisions is kept.
     *
     * @param retention for how long
     * @param mostRecords of one endpoint, the newest ones: what decides anew in every cycle fills no disk
     */
    public record Journal(Duration retention, int mostRecords) {}

    /** In place of a file: no shared model. */
    public static final String NO_MODEL = "none";

    private static final Key<Integer> HTTP_PORT = Key.withDefault(
            "prescale.http.port",
            ValueTypes.wholeNumber(0, 65_535),
            8080,
            "Port of the REST API, the page and, where it has no port of its own, gRPC; 0 for any free one.");
    private static final Key<Integer> GRPC_PORT = Key.optional(
            "prescale.grpc.port",
            ValueTypes.wholeNumber(0, 65_535),
            "Port of gRPC alone, over TLS where there is a certificate; 0 for any free one.");
    private static final Key<String> DATA =
            Key.withDefault("prescale.data", ValueTypes.text(4_000), "data", "Folder of the embedded store.");
    private static final Key<String> ENDPOINTS = Key.optional(
            "prescale.endpoints",
            ValueTypes.text(4_000),
            "Folder of endpoint specifications (`*.yaml`, `*.yml`), hot-reloaded.");
    private static final Key<Duration> CYCLE_INTERVAL = Key.withDefault(
            "prescale.cycle-interval",
            ValueTypes.duration(Duration.ofSeconds(1), Duration.ofMinutes(5)),
            Duration.ofSeconds(15),
            "Time between two control cycles.");
    private static final Key<Duration> RETENTION = Key.withDefault(
            "prescale.retention",
            ValueTypes.duration(Duration.ofDays(1), Duration.ofDays(3_650)),
            Duration.ofDays(60),
            "How long the embedded store keeps samples; at least the longest history of an endpoint.");
    private static final Key<Duration> JOURNAL_RETENTION = Key.withDefault(
            "prescale.journal.retention",
            ValueTypes.duration(Duration.ofDays(1), Duration.ofDays(3_650)),
            Duration.ofDays(14),
            "How long decisions are kept in the journal.");
    /** At least what a restart looks back over; at most some 9 GB of one endpoint. */
    private static final Key<Integer> JOURNAL_MOST_RECORDS = Key.withDefault(
            "prescale.journal.most-records",
            ValueTypes.wholeNumber(1_000, 10_000_000),
            20_000,
            "Most decisions per endpoint in the journal, the newest ones; it is cut every hour.");

    private static final Key<String> MODEL = Key.optional(
            "prescale.model",
            ValueTypes.text(4_000),
            "File of the shared model, as `prescale fit` writes it; `none` for no model; where left out the one that ships.");
    private static final Key<Boolean> STATE = Key.withDefault(
            "prescale.state",
            ValueTypes.oneOf(on -> on ? "on" : "off", true, false),
            true,
            "Whether what forecasts have learnt is kept in the data folder, so that a restart does not learn it again.");
    private static final Key<Integer> MOST_FOLLOWED = Key.withDefault(
            "prescale.most-followed",
            ValueTypes.wholeNumber(0, 100_000),
            500,
            "Endpoints up to which each one's 48 h forecast is kept up step by step, at 0.8 MB of memory each; a larger fleet"
                    + " makes it anew every ten minutes, at some 10 ms of a processor each, and needs a tenth of the memory.");

    static final ObjectSchema SCHEMA = ObjectSchema.of(
            HTTP_PORT,
            GRPC_PORT,
            TlsServer.CERTIFICATE,
            TlsServer.KEY,
            TlsServer.PORT,
            TlsServer.CLIENT_CA,
            TlsServer.ONLY,
            AccessSettings.OIDC,
            AccessSettings.READ_TOKEN,
            AccessSettings.READ_TOKEN_FILE,
            AccessSettings.OPERATOR_TOKEN,
            AccessSettings.OPERATOR_TOKEN_FILE,
            ClientRules.RATE_LIMIT,
            ClientRules.TRUSTED_PROXIES,
            ClientRules.TRUSTED_ORIGINS,
            ClientRules.ALLOWED_HOSTS,
            DATA,
            ENDPOINTS,
            CYCLE_INTERVAL,
            RETENTION,
            JOURNAL_RETENTION,
            JOURNAL_MOST_RECORDS,
            MODEL,
            STATE,
            MOST_FOLLOWED,
            KubernetesServer.USE,
            KubernetesServer.NAMESPACES,
            KubernetesServer.ELECTION,
            KubernetesServer.NAMESPACE,
            KubernetesServer.IDENTITY,
            KubernetesServer.LEASE_DURATION,
            KubernetesServer.BUCKETS,
            KubernetesServer.FLOOR_DURATION,
            ExternalMetrics.PORT,
            ExternalMetrics.CERTIFICATE,
            ExternalMetrics.KEY,
            ExternalMetrics.CLIENT_CA,
            InfluxServer.URL,
            InfluxServer.TOKEN,
            InfluxServer.TOKEN_FILE,
            InfluxServer.ORG,
            InfluxServer.DIALECT,
            InfluxServer.CONNECT_TIMEOUT,
            InfluxServer.SILENCE_TIMEOUT,
            InfluxServer.READ_TIMEOUT,
            InfluxServer.ATTEMPTS,
            InfluxServer.BREAKER_FAILURES,
            InfluxServer.BREAKER_OPEN_FOR,
            SimulatedTime.START,
            SimulatedTime.END,
            SimulatedTime.SPEED);

    /**
     * Reads and checks all settings.
     *
     * @param lookup value of a property such as {@code prescale.influx.url}, null where it is not set; it also knows the
     *     variable of that property ({@link #environmentName})
     */
    public static ReadResult<Settings> read(Function<String, @Nullable String> lookup) {
        ObjectNode values = JsonNodeFactory.instance.objectNode();
        for (SchemaKey key : SCHEMA.keys()) {
            String value = lookup.apply(key.name());
            if (value != null && !value.isBlank()) {
                values.set(key.name(), nodeOf(value.strip(), key));
            }
        }
        Violations violations = new Violations();
        ObjectReader reader = ObjectReader.of(values, SCHEMA, "", violations);
        int httpPort = reader.get(HTTP_PORT);
        Integer grpcPort = reader.find(GRPC_PORT);
        TlsServer tls = TlsServer.read(reader);
        if (tls != null && tls.port() == httpPort && httpPort != 0) {
            reader.refuse(TlsServer.PORT, "must not be that of " + HTTP_PORT.name());
        }
        if (grpcPort != null && grpcPort != 0 && (grpcPort == httpPort || tls != null && grpcPort == tls.port())) {
            reader.refuse(GRPC_PORT, "must not be a port of REST; leave it out to serve gRPC there");
        }
        AccessSettings access = AccessSettings.read(reader);
        ClientRules clients = ClientRules.read(reader);
        String data = reader.get(DATA);
        String endpoints = reader.find(ENDPOINTS);
        Duration cycleInterval = reader.get(CYCLE_INTERVAL);
        Duration retention = reader.get(RETENTION);
        Journal journal = new Journal(reader.get(JOURNAL_RETENTION), reader.get(JOURNAL_MOST_RECORDS));
        String model = reader.find(MODEL);
        boolean keepsState = reader.get(STATE);
        int mostFollowed = reader.get(MOST_FOLLOWED);
        KubernetesServer kubernetes = KubernetesServer.read(reader);
        InfluxServer influx = InfluxServer.read(reader);
        SimulatedTime clock = SimulatedTime.read(reader);
        if (clock != null && kubernetes.use() == KubernetesServer.Use.ON) {
            reader.refuse(KubernetesServer.USE, "must not be on where time is simulated");
        }
        // a rehearsal must scale nothing, wherever it runs
        KubernetesServer inUse = clock == null ? kubernetes : kubernetes.off();
        ExternalMetrics externalMetrics = ExternalMetrics.read(reader, inUse);
        if (externalMetrics != null
                && (externalMetrics.port() == httpPort
                        || (grpcPort != null && externalMetrics.port() == grpcPort)
                        || (tls != null && externalMetrics.port() == tls.port()))) {
            reader.refuse(ExternalMetrics.PORT, "must not be a port of REST or gRPC");
        }
        return ReadResult.of(
                violations,
                () -> new Settings(
                        httpPort,
                        Optional.ofNullable(grpcPort),
                        Optional.ofNullable(tls),
                        access,
                        clients,
                        Path.of(data),
                        Optional.ofNullable(endpoints).map(Path::of),
                        cycleInterval,
                        retention,
                        journal,
                        Optional.ofNullable(model),
                        keepsState,
                        mostFollowed,
                        inUse,
                        Optional.ofNullable(externalMetrics),
                        Optional.ofNullable(influx),
                        Optional.ofNullable(clock)));
    }

    /** The file of the shared model; empty for the one that ships or none. */
    public Optional<Path> modelFile() {
        return model.filter(name -> !name.equals(NO_MODEL)).map(Path::of);
    }

    /** {@code PRESCALE_INFLUX_TOKEN_FILE} for {@code prescale.influx.token-file}. */
    public static String environmentName(String property) {
        return property.replaceAll("[^a-zA-Z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    /** Looks up system properties and environment variables, for commands that start no service. */
    public static @Nullable String ofProcess(String property) {
        String value = System.getProperty(property);
        return value != null ? value : System.getenv(environmentName(property));
    }

    /** Settings are text; a type of numbers gets a number. */
    private static JsonNode nodeOf(String value, SchemaKey key) {
        boolean isNumeric = key instanceof Key<?> typed && typed.type().standIn() instanceof Number;
        return isNumeric && value.matches("-?\\d{1,9}")
                ? JsonNodeFactory.instance.numberNode(Integer.parseInt(value))
                : JsonNodeFactory.instance.textNode(value);
    }
}
