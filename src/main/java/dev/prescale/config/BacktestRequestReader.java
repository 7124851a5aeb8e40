package dev.prescale.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.prescale.backtest.ReplayPeriod;
import dev.prescale.backtest.ReplayPolicy;
import dev.prescale.backtest.ReplaySetup;
import dev.prescale.backtest.Trace;
import dev.prescale.backtest.TraceSpecs;
import dev.prescale.backtest.policy.ReplayPolicies;
import dev.prescale.config.TraceReader.Source;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import java.time.Duration;
import java.time.Instant;
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
    private static final ObjectSchema BODY = ObjectSchema.of(
            TraceReader.KEY,
            ReplayedSpecReader.METADATA,
            ReplayedSpecReader.SPEC,
            ReplayedSpecReader.SPECIFICATION,
            POLICIES,
            SimulationReader.KEY);

    private final BundledTraces bundled;
    private final EndpointTraces endpoints;

    /**
     * @param bundled what {@code trace.dataset} may name
     * @param endpoints what {@code trace.endpoint} may name
     */
    public BacktestRequestReader(BundledTraces bundled, EndpointTraces endpoints) {
        this.bundled = bundled;
        this.endpoints = endpoints;
    }

    /** @throws EndpointTraces.Unreadable where an endpoint's history cannot be read at present */
    public ReadResult<BacktestRequest> read(JsonNode body) {
        Violations violations = new Violations();
        ObjectReader reader = ObjectReader.of(body, BODY, "", violations);
        Optional<Source> source = TraceReader.read(reader.object(TraceReader.KEY), bundled, endpoints);
        Optional<EndpointId> endpoint = source.flatMap(Source::endpoint);
        EndpointId id = endpoint.orElseGet(
                () -> TraceSpecs.idOf(source.map(read -> read.trace().name()).orElse("trace")));
        ReplayedSpecReader.Given given = ReplayedSpecReader.read(reader, body, id, endpoint);
        List<String> policies = policies(reader, body.path(POLICIES.name()));
        SimulationRequest world = SimulationReader.read(reader.object(SimulationReader.KEY));
        boolean hasWarmUp = body.path(SimulationReader.KEY.name()).hasNonNull(SimulationReader.WARM_UP.name());
        if (hasWarmUp && source.flatMap(Source::replay).isPresent()) {
            violations.add(new Violation("simulation.warmUp", null, "must not stand beside trace.replay"));
        }
        if (!violations.isEmpty() || source.isEmpty()) {
            return new ReadResult.Invalid<>(violations.all());
        }
        ReplaySetup setup = setup(source.get(), given, world, violations);
        if (setup != null) {
            boundWork(setup, policies, violations);
        }
        return setup == null || !violations.isEmpty()
                ? new ReadResult.Invalid<>(violations.all())
                : new ReadResult.Valid<>(new BacktestRequest(
                        setup,
                        policies,
                        given.isMade() ? source.get().specText() : given.text(),
                        BacktestRequest.told(body)));
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
            Source source, ReplayedSpecReader.Given given, SimulationRequest asked, Violations violations) {
        Trace trace = source.trace();
        SimulationRequest world = source.replay()
                .map(replay -> asked.withWarmUp(warmUpBefore(trace, replay)))
                .orElse(asked);
        Optional<ReplayPeriod> after = ReplayPeriod.after(trace, world.warmUp(), world.cycle(), Optional.empty());
        if (after.isEmpty()) {
            violations.add(
                    source.replay().isPresent()
                            ? new Violation(
                                    "trace.replay", null, "needs a trace of two cycles and two minutes at least")
                            : new Violation("simulation.warmUp", Durations.format(world.warmUp()), tooLong(trace)));
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

    /** Whole minutes, as the trace has. */
    private static Duration warmUpBefore(Trace trace, Duration replay) {
        long minutes = trace.minutes().size();
        return Duration.ofMinutes(minutes - Math.min(replay.toMinutes(), minutes / 2));
    }

    private static String tooLong(Trace trace) {
        Instant start = trace.minutes().start();
        Instant end = trace.minutes().end();
        Duration fits = ReplayPeriod.fittingWarmUp(trace);
        return "must leave a cycle and a minute of the trace, which is from %s to %s%s"
                .formatted(start, end, fits.isZero() ? "" : ", as " + Durations.format(fits) + " does");
    }

    private static @Nullable ReplaySetup setup(
            Source source,
            ReplayedSpecReader.Given given,
            SimulationRequest world,
            ReplayPeriod period,
            Violations violations) {
        try {
            EndpointSpec spec = given.spec()
                    .or(source::spec)
                    .orElseGet(() -> TraceSpecs.of(source.trace(), period.from(), given.zone()));
            return world.of(source.trace(), spec, period);
        } catch (IllegalArgumentException refused) {
            String message = "cannot be replayed: " + refused.getMessage();
            violations.add(new Violation(given.spec().isPresent() ? given.path() : "trace", null, message));
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
