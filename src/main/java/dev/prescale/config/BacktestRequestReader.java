package dev.prescale.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prescale.backtest.ReplayPeriod;
import dev.prescale.backtest.ReplayPolicy;
import dev.prescale.backtest.ReplaySetup;
import dev.prescale.backtest.Trace;
import dev.prescale.backtest.TraceSpecs;
import dev.prescale.backtest.policy.ReplayPolicies;
import dev.prescale.config.BundledTraces.Bundled;
import dev.prescale.control.EndpointSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the body of {@code POST /api/v1/backtests}. */
public final class BacktestRequestReader {
    /** Replayed cycles times policies: every policy for 28 days at 15 s, and a little. The headroom is searched in up to twelve times as many. */
    public static final int MOST_CYCLES = 2_000_000;

    /** Where none are named; the command {@code backtest} has the same. */
    static final List<String> DEFAULT_POLICIES =
            List.of(ReplayPolicy.ORACLE, ReplayPolicy.FIXED, ReplayPolicy.HPA, ReplayPolicy.PRESCALE);

    private static final String ALL = "all";
    private static final int MOST_NAMES = 50;

    private static final SchemaKey.ListKey<String> POLICIES = new SchemaKey.ListKey<>(
            "policies",
            // whatever it is: every entry is looked up, so that a fault has its place in the list
            new ValueType<>("the name of a policy", ALL, JsonNode::asText, String::valueOf),
            MOST_NAMES,
            "Names, or all; where left out " + String.join(", ", DEFAULT_POLICIES) + ".");
    private static final SchemaKey.ObjectKey METADATA = new SchemaKey.ObjectKey(
            "metadata",
            MetadataReader.METADATA.schema(),
            false,
            "That of the specification whose spec this is; where left out replay and the trace's name.");
    private static final SchemaKey.ObjectKey SPEC = new SchemaKey.ObjectKey(
            "spec",
            SpecReader.SPEC,
            false,
            "The spec of a specification; where left out, or with a timeZone alone, one is made for the trace.");
    private static final ObjectSchema BODY =
            ObjectSchema.of(TraceReader.KEY, METADATA, SPEC, POLICIES, SimulationReader.KEY);

    private final BundledTraces bundled;

    /** @param bundled what {@code trace.dataset} may name */
    public BacktestRequestReader(BundledTraces bundled) {
        this.bundled = bundled;
    }

    public ReadResult<BacktestRequest> read(JsonNode body) {
        Violations violations = new Violations();
        ObjectReader reader = ObjectReader.of(body, BODY, "", violations);
        Optional<Bundled> source = TraceReader.read(reader.object(TraceReader.KEY), bundled);
        String name = source.map(read -> read.trace().name()).orElse("trace");
        GivenSpec given = spec(reader, body.path(SPEC.name()), name);
        List<String> policies = policies(reader, body.path(POLICIES.name()));
        SimulationRequest world = SimulationReader.read(reader.object(SimulationReader.KEY));
        if (!violations.isEmpty() || source.isEmpty()) {
            return new ReadResult.Invalid<>(violations.all());
        }
        ReplaySetup setup = setup(source.get(), given, world, violations);
        if (setup != null) {
            boundWork(setup, policies, violations);
        }
        return setup == null || !violations.isEmpty()
                ? new ReadResult.Invalid<>(violations.all())
                : new ReadResult.Valid<>(new BacktestRequest(setup, policies));
    }

    /**
     * @param spec empty where the trace's own is meant
     * @param zone of one that is made for the trace
     */
    private record GivenSpec(Optional<EndpointSpec> spec, ZoneId zone) {}

    private static GivenSpec spec(ObjectReader reader, JsonNode written, String traceName) {
        boolean isMade = !written.isObject()
                || written.properties().stream()
                        .allMatch(entry -> entry.getKey().equals(CalendarReader.TIME_ZONE.name())
                                || entry.getValue().isNull());
        if (isMade) {
            if (reader.has(METADATA)) {
                reader.refuse(METADATA, "must not stand without a spec");
            }
            return new GivenSpec(Optional.empty(), reader.object(SPEC).get(CalendarReader.TIME_ZONE));
        }
        MetadataReader.Metadata metadata = reader.has(METADATA)
                ? MetadataReader.readMetadata(reader.object(METADATA))
                : new MetadataReader.Metadata(TraceSpecs.idOf(traceName), EndpointSpec.Pausing.NONE);
        return new GivenSpec(Optional.of(SpecReader.readReplayed(reader.object(SPEC), metadata)), ZoneOffset.UTC);
    }

    private static List<String> policies(ObjectReader reader, JsonNode written) {
        if (!reader.has(POLICIES)) {
            return DEFAULT_POLICIES;
        }
        List<String> names = reader.list(POLICIES);
        if (written.isArray() && written.isEmpty()) {
            reader.refuse(
                    POLICIES, "must name a policy: %s or %s".formatted(String.join(", ", ReplayPolicies.ALL), ALL));
        }
        for (int k = 0; k < names.size(); k++) {
            String name = names.get(k);
            if (!name.equals(ALL) && !ReplayPolicies.ALL.contains(name)) {
                reader.violations()
                        .add(new Violation(
                                "%s[%d]".formatted(reader.pathOf(POLICIES.name()), k),
                                Violation.shortened(name),
                                "is not a policy" + hint(name)));
            }
        }
        return names.contains(ALL)
                ? ReplayPolicies.ALL
                : names.stream().distinct().toList();
    }

    private static String hint(String name) {
        List<String> known = new ArrayList<>(ReplayPolicies.ALL);
        known.add(ALL);
        return NearestName.of(name, known)
                .map(nearest -> "; did you mean %s?".formatted(nearest))
                .orElse("; policies are " + String.join(", ", known));
    }

    private static @Nullable ReplaySetup setup(
            Bundled source, GivenSpec given, SimulationRequest world, Violations violations) {
        Trace trace = source.trace();
        Optional<ReplayPeriod> after = ReplayPeriod.after(trace, world.warmUp(), world.cycle(), Optional.empty());
        if (after.isEmpty()) {
            violations.add(new Violation("simulation.warmUp", Durations.format(world.warmUp()), tooLong(trace)));
            return null;
        }
        ReplayPeriod period = after.get();
        if (!period.hasSamples(trace)) {
            violations.add(new Violation(
                    "trace.values",
                    null,
                    "must have a value that is not null from %s to %s, which is what is replayed"
                            .formatted(period.from(), period.to())));
        }
        Duration startTime = world.startTime().p90();
        if (startTime.compareTo(period.length()) > 0) {
            violations.add(new Violation(
                    "simulation.startTime",
                    Durations.format(startTime),
                    "must be at most what is replayed, %s: no replica would ever be ready"
                            .formatted(Durations.format(period.length()))));
        }
        return violations.isEmpty() ? setup(source, given, world, period, violations) : null;
    }

    private static String tooLong(Trace trace) {
        Instant start = trace.minutes().start();
        Instant end = trace.minutes().end();
        Duration fits = ReplayPeriod.fittingWarmUp(trace);
        return "must leave a cycle and a minute of the trace, which is from %s to %s%s"
                .formatted(start, end, fits.isZero() ? "" : ", as " + Durations.format(fits) + " does");
    }

    private static @Nullable ReplaySetup setup(
            Bundled source, GivenSpec given, SimulationRequest world, ReplayPeriod period, Violations violations) {
        try {
            EndpointSpec spec = given.spec()
                    .or(source::spec)
                    .orElseGet(() -> TraceSpecs.of(source.trace(), period.from(), given.zone()));
            return world.of(source.trace(), spec, period);
        } catch (IllegalArgumentException refused) {
            String message = "cannot be replayed: " + refused.getMessage();
            violations.add(new Violation(given.spec().isPresent() ? "spec" : "trace", null, message));
            return null;
        }
    }

    private static void boundWork(ReplaySetup setup, List<String> policies, Violations violations) {
        long cycles = Duration.between(setup.from(), setup.to()).dividedBy(setup.cycle());
        if (cycles * policies.size() > MOST_CYCLES) {
            violations.add(new Violation(
                    "simulation.cycle",
                    Durations.format(setup.cycle()),
                    "gives %d cycles for each of %d policies, and at most %d in all are replayed: use a longer cycle, a longer warm-up or fewer policies"
                            .formatted(cycles, policies.size(), MOST_CYCLES)));
        }
    }
}
