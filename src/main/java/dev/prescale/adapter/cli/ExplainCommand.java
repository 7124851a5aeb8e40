package dev.prescale.adapter.cli;

import dev.prescale.control.EndpointId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code prescale explain}: why an endpoint has the replicas it has. */
@Command(
        name = "explain",
        header = "Tell in words why an endpoint has the replicas it has.",
        description =
                "Asks a running service for decisions and says what each rule asked for, which one won, and which limits changed the number, "
                        + "the newest one last.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  prescale explain shop/web",
            "  prescale explain shop/web --at 2024-01-29T08:00:00Z",
            "  prescale explain shop/web --code ScaleUpLimited,AboveMaximum --last 20 --json",
            "  prescale explain shop/web --url https://prescale.example --ca ca.pem"
        },
        mixinStandardHelpOptions = true)
public final class ExplainCommand implements Callable<Integer> {
    private static final int MOST_DECISIONS = 1_000;
    private static final int DEFAULT_DECISIONS = 3;
    private static final int DEFAULT_OF_RANGE = 100;

    private final Runner runner;
    private final ArgumentReader reader = new ArgumentReader();

    @Parameters(paramLabel = "NAMESPACE/NAME", description = "The endpoint, such as shop/web")
    String endpoint = "";

    @Option(names = "--at", paramLabel = "INSTANT", description = "The decision that was in force at that time")
    @Nullable
    String at;

    @Option(
            names = "--from",
            paramLabel = "INSTANT",
            description = "Decisions from that time on, such as 2024-01-29T08:00:00Z")
    @Nullable
    String from;

    @Option(names = "--to", paramLabel = "INSTANT", description = "Decisions from before that time")
    @Nullable
    String to;

    @Option(
            names = "--last",
            paramLabel = "N",
            description = "At most so many, the newest ones, 1 to 1000 (default: 3; 100 with --from or --to)")
    @Nullable
    String last;

    @Option(names = "--changed", description = "Only decisions that changed the number of replicas")
    boolean changed;

    @Option(
            names = "--code",
            paramLabel = "CODE",
            split = ",",
            completionCandidates = Words.ReasonCodes.class,
            description = "Only decisions with one of these reason codes, such as ScaleUpLimited,AboveMaximum")
    List<String> codes = List.of();

    @Option(names = "--json", description = "Print the decisions as JSON, as GET .../decisions answers them")
    boolean json;

    @Mixin
    ServiceArguments service = new ServiceArguments();

    /** @param runner asks and prints */
    public ExplainCommand(Runner runner) {
        this.runner = runner;
    }

    @Override
    public Integer call() {
        Options options = options();
        reader.requireSound();
        return runner.run(options);
    }

    private Options options() {
        EndpointId id = reader.endpoint("the endpoint", endpoint);
        Optional<Instant> moment = reader.instant("--at", at);
        Optional<Instant> begin = reader.instant("--from", from);
        Optional<Instant> end = reader.instant("--to", to);
        if (at != null && (from != null || to != null || last != null)) {
            reader.fault("--at is one decision: give it without --from, --to and --last");
        }
        if (begin.isPresent() && end.isPresent() && !begin.get().isBefore(end.get())) {
            reader.fault("--from must be before --to, was %s".formatted(from));
        }
        int most = most();
        return new Options(id, service.read(reader), moment, begin, end, most, changed, List.copyOf(codes), json);
    }

    private int most() {
        if (last == null) {
            return from != null || to != null ? DEFAULT_OF_RANGE : DEFAULT_DECISIONS;
        }
        if (last.matches("\\d{1,4}") && Integer.parseInt(last) >= 1 && Integer.parseInt(last) <= MOST_DECISIONS) {
            return Integer.parseInt(last);
        }
        reader.fault("--last must be a whole number from 1 to %d, was '%s'".formatted(MOST_DECISIONS, last));
        return 1;
    }

    /** Asks and gives the exit code. */
    public interface Runner {
        int run(Options options);
    }

    /**
     * @param at the one decision that was in force then; empty for the newest, or those of a range
     * @param from inclusive
     * @param to exclusive
     * @param most decisions
     * @param codes of which a decision has at least one; empty for any. The service knows which there are
     */
    public record Options(
            EndpointId endpoint,
            ServiceAccess service,
            Optional<Instant> at,
            Optional<Instant> from,
            Optional<Instant> to,
            int most,
            boolean changedOnly,
            List<String> codes,
            boolean json) {
        /** Whether the newest decisions are asked for, that of the last cycle included. */
        public boolean isPresent() {
            return at.isEmpty() && from.isEmpty() && to.isEmpty() && !changedOnly && codes.isEmpty();
        }
    }
}
