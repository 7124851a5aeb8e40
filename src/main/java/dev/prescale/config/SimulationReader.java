package dev.prescale.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.prescale.backtest.NodePool;
import dev.prescale.backtest.Queueing;
import dev.prescale.backtest.ReplaySetup;
import dev.prescale.backtest.Restarts;
import dev.prescale.backtest.SampleFaults;
import dev.prescale.backtest.Simulation;
import dev.prescale.backtest.StartTime;
import dev.prescale.backtest.WorkloadFaults;
import dev.prescale.capacity.QueueingCapacity;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the object {@code simulation} of {@code POST /api/v1/backtests}, and the YAML or JSON file with the same keys that the
 * command {@code backtest} takes.
 */
public final class SimulationReader {
    private static final Duration LONGEST_WARM_UP = Duration.ofDays(366);
    /** As {@code prescale demo}. */
    private static final StartTime DEFAULT_START_TIME = StartTime.constant(Duration.ofMinutes(3));

    private static final Key<Integer> SEED =
            Key.withDefault("seed", ValueTypes.wholeNumber(0, Integer.MAX_VALUE), 1, "Of everything that chance does.");
    private static final ValueType<Duration> LENGTH = ValueTypes.duration(Duration.ZERO, StartTime.LONGEST);
    private static final Key<Duration> MEDIAN = Key.required("median", LENGTH, "Half of them take at most this.");
    private static final Key<Duration> P90 = Key.optional(
            "p90", LENGTH, "Nine of ten take at most this; where left out all take the median. Log-normal.");
    private static final ObjectSchema LOG_NORMAL = ObjectSchema.of(MEDIAN, P90);
    private static final SchemaKey.ObjectKey START_TIME = new SchemaKey.ObjectKey(
            "startTime",
            LOG_NORMAL,
            false,
            "From the order (where there are nodes: from a node with the image) until a replica is ready; where left out 3m.");
    static final Key<Duration> WARM_UP = Key.withDefault(
            "warmUp",
            ValueTypes.duration(Duration.ZERO, LONGEST_WARM_UP),
            ReplaySetup.DEFAULT_WARM_UP,
            "Beginning of the trace that is history only, whole minutes.");
    private static final Key<Duration> CYCLE = Key.withDefault(
            "cycle",
            ValueTypes.duration(ReplaySetup.SHORTEST_CYCLE, ReplaySetup.LONGEST_CYCLE),
            ReplaySetup.DEFAULT_CYCLE,
            "Time between two control cycles.");

    private static final Key<Integer> REPLICAS_PER_NODE = Key.required(
            "replicasPerNode", ValueTypes.wholeNumber(1, NodePool.MOST_REPLICAS_PER_NODE), "Room on a node.");
    private static final Key<Integer> MIN_NODES = Key.withDefault(
            "minNodes",
            ValueTypes.wholeNumber(0, NodePool.MOST_NODES),
            0,
            "Nodes that are always there and have the image.");
    private static final SchemaKey.ObjectKey PROVISIONING = new SchemaKey.ObjectKey(
            "provisioning", LOG_NORMAL, true, "Until a new node is there, when what is there has no room.");
    private static final SchemaKey.ObjectKey IMAGE_PULL = new SchemaKey.ObjectKey(
            "imagePull",
            LOG_NORMAL,
            false,
            "What the first replica on a new node waits for its image; where left out 0s.");
    private static final Key<Duration> EMPTY_FOR = Key.withDefault(
            "emptyFor",
            ValueTypes.duration(Duration.ZERO, NodePool.LONGEST_EMPTY_FOR),
            NodePool.DEFAULT_EMPTY_FOR,
            "An empty node above minNodes goes after this.");
    private static final SchemaKey.ObjectKey NODES = new SchemaKey.ObjectKey(
            "nodes",
            ObjectSchema.of(REPLICAS_PER_NODE, MIN_NODES, PROVISIONING, IMAGE_PULL, EMPTY_FOR),
            false,
            "Nodes that replicas run on; where left out there is always room.");

    private static final ValueType<Double> SHARE = ValueTypes.number(0, 0.99);
    private static final Key<Double> FAILED_STARTS = Key.withDefault(
            "failedStarts", SHARE, 0.0, "Share of the starts that fail and begin again after 10 s, 20 s, up to 5 min.");
    private static final Key<Double> FAILED_SCALE_CALLS =
            Key.withDefault("failedScaleCalls", SHARE, 0.0, "Share of the scale calls that come to nothing.");
    private static final Key<Double> LATE_SCALE_CALLS =
            Key.withDefault("lateScaleCalls", SHARE, 0.0, "Share of the scale calls that are carried out later.");
    private static final Key<Duration> SCALE_CALL_DELAY = Key.withDefault(
            "scaleCallDelay",
            ValueTypes.duration(Duration.ofSeconds(1), WorkloadFaults.LONGEST_DELAY),
            WorkloadFaults.DEFAULT_DELAY,
            "How much later; a newer call overtakes one that waits.");
    private static final SchemaKey.ObjectKey FAULTS = new SchemaKey.ObjectKey(
            "faults",
            ObjectSchema.of(FAILED_STARTS, FAILED_SCALE_CALLS, LATE_SCALE_CALLS, SCALE_CALL_DELAY),
            false,
            "What goes wrong on the workload.");

    private static final Key<Double> LOST =
            Key.withDefault("lost", SHARE, 0.0, "Share of the samples that never arrive.");
    private static final Key<Double> LATE =
            Key.withDefault("late", SHARE, 0.0, "Share of the other samples that arrive late.");
    private static final Key<Duration> DELAY = Key.withDefault(
            "delay",
            ValueTypes.duration(Duration.ofSeconds(1), SampleFaults.LONGEST_DELAY),
            SampleFaults.DEFAULT_DELAY,
            "From the end of a step until its late sample is there.");
    private static final Key<Double> DUPLICATED =
            Key.withDefault("duplicated", SHARE, 0.0, "Share of the samples that are delivered twice.");
    private static final SchemaKey.ObjectKey SAMPLES = new SchemaKey.ObjectKey(
            "samples",
            ObjectSchema.of(LOST, LATE, DELAY, DUPLICATED),
            false,
            "What goes wrong with the samples that policies read; demand is untouched.");

    private static final Key<Duration> EVERY = Key.required(
            "every",
            ValueTypes.duration(Restarts.SHORTEST_BETWEEN, Restarts.LONGEST_BETWEEN),
            "Mean time between two of them.");
    private static final Key<Duration> DOWN_FOR = Key.withDefault(
            "downFor",
            ValueTypes.duration(Duration.ZERO, Restarts.LONGEST_DOWN),
            Duration.ZERO,
            "How long no cycle runs.");
    private static final SchemaKey.ObjectKey RESTARTS = new SchemaKey.ObjectKey(
            "restarts",
            ObjectSchema.of(EVERY, DOWN_FOR),
            false,
            "Restarts of Prescale itself, after which it knows its journal only; where left out none.");

    private static final Key<Duration> SERVICE_TIME = Key.optional(
            "serviceTime",
            ValueTypes.duration(QueueingCapacity.LEAST_SERVICE_TIME, QueueingCapacity.MOST_SERVICE_TIME),
            "Mean time that a request occupies a slot; where left out as specified.");
    private static final Key<Integer> CONCURRENCY = Key.optional(
            "concurrency",
            ValueTypes.wholeNumber(1, QueueingCapacity.MOST_CONCURRENCY),
            "Slots of a replica; where left out as specified.");
    private static final Key<Duration> PATIENCE = Key.withDefault(
            "patience",
            ValueTypes.duration(Queueing.SHORTEST_PATIENCE, Queueing.LONGEST_PATIENCE),
            Queueing.DEFAULT.patience(),
            "A request that has waited so long is abandoned.");
    private static final SchemaKey.ObjectKey QUEUEING = new SchemaKey.ObjectKey(
            "queueing", ObjectSchema.of(SERVICE_TIME, CONCURRENCY, PATIENCE), false, "How requests wait.");

    private static final Key<Boolean> INVARIANTS = Key.withDefault(
            "invariants", ValueTypes.BOOLEAN, true, "Whether the simulation checks itself after every cycle.");

    static final ObjectSchema SIMULATION =
            ObjectSchema.of(SEED, START_TIME, WARM_UP, CYCLE, NODES, FAULTS, SAMPLES, RESTARTS, QUEUEING, INVARIANTS);

    /** The key of a backtest's request under which it stands. */
    public static final SchemaKey.ObjectKey KEY = new SchemaKey.ObjectKey(
            "simulation", SIMULATION, false, "The simulated world; where left out all defaults.");

    private SimulationReader() {}

    /** All defaults. */
    public static SimulationRequest defaults() {
        return read(ObjectReader.of(JsonNodeFactory.instance.objectNode(), SIMULATION, "", new Violations()));
    }

    /** The content of a file: one YAML or JSON document. */
    public static ReadResult<SimulationRequest> readText(String text) {
        List<YamlDocument> documents = YamlText.documents(text);
        Violations violations = new Violations();
        if (documents.size() != 1) {
            violations.add("", null, "must be one document, had " + documents.size());
            return new ReadResult.Invalid<>(violations.all());
        }
        return switch (documents.getFirst().content()) {
            case ReadResult.Invalid<JsonNode> broken -> new ReadResult.Invalid<>(broken.violations());
            case ReadResult.Valid<JsonNode> tree -> read(tree.value());
        };
    }

    /** The object alone; paths of faults begin inside of it. */
    public static ReadResult<SimulationRequest> read(JsonNode simulation) {
        Violations violations = new Violations();
        SimulationRequest request = read(ObjectReader.of(simulation, SIMULATION, "", violations));
        return ReadResult.of(violations, () -> request);
    }

    /**
     * The object inside of a larger input. Faults go to the reader's violations; what is returned then is of no use.
     *
     * @param reader of {@link #KEY}
     */
    public static SimulationRequest read(ObjectReader reader) {
        int seed = reader.get(SEED);
        StartTime startTime = reader.has(START_TIME) ? logNormal(reader.object(START_TIME)) : DEFAULT_START_TIME;
        Duration warmUp = reader.get(WARM_UP);
        if (warmUp.toMillis() % Duration.ofMinutes(1).toMillis() != 0) {
            reader.refuse(WARM_UP, "must be whole minutes");
        }
        Simulation simulation = new Simulation(
                faults(reader.object(FAULTS)),
                reader.has(NODES) ? nodes(reader.object(NODES)) : null,
                samples(reader.object(SAMPLES)),
                reader.has(RESTARTS) ? restarts(reader.object(RESTARTS)) : null,
                queueing(reader.object(QUEUEING)),
                reader.get(INVARIANTS));
        return new SimulationRequest(seed, startTime, warmUp, reader.get(CYCLE), simulation);
    }

    private static StartTime logNormal(ObjectReader reader) {
        Duration median = reader.find(MEDIAN);
        Duration p90 = reader.find(P90);
        if (median == null) {
            return DEFAULT_START_TIME;
        }
        if (p90 == null) {
            return StartTime.constant(median);
        }
        if (p90.compareTo(median) < 0) {
            reader.refuse(P90, "must be at least the median, which is " + Durations.format(median));
            return StartTime.constant(median);
        }
        if (median.isZero() && !p90.isZero()) {
            reader.refuse(MEDIAN, "must be above 0s unless p90 is 0s too");
            return StartTime.constant(p90);
        }
        return new StartTime(median, p90);
    }

    private static NodePool nodes(ObjectReader reader) {
        int replicasPerNode = reader.get(REPLICAS_PER_NODE);
        int minNodes = reader.get(MIN_NODES);
        StartTime provisioning = logNormal(reader.object(PROVISIONING));
        StartTime imagePull =
                reader.has(IMAGE_PULL) ? logNormal(reader.object(IMAGE_PULL)) : StartTime.constant(Duration.ZERO);
        return new NodePool(replicasPerNode, minNodes, provisioning, imagePull, reader.get(EMPTY_FOR));
    }

    private static WorkloadFaults faults(ObjectReader reader) {
        return new WorkloadFaults(
                reader.get(FAILED_SCALE_CALLS),
                reader.get(FAILED_STARTS),
                reader.get(LATE_SCALE_CALLS),
                reader.get(SCALE_CALL_DELAY));
    }

    private static SampleFaults samples(ObjectReader reader) {
        return new SampleFaults(reader.get(LOST), reader.get(LATE), reader.get(DELAY), reader.get(DUPLICATED));
    }

    private static Restarts restarts(ObjectReader reader) {
        return new Restarts(reader.get(EVERY), reader.get(DOWN_FOR));
    }

    private static Queueing queueing(ObjectReader reader) {
        @Nullable Duration serviceTime = reader.find(SERVICE_TIME);
        @Nullable Integer concurrency = reader.find(CONCURRENCY);
        return new Queueing(serviceTime, concurrency, reader.get(PATIENCE));
    }
}
