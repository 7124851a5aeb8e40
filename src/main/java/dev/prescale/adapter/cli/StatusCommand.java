package dev.prescale.adapter.cli;

import dev.prescale.control.EndpointId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code prescale status}: how the endpoints of a service are. */
@Command(
        name = "status",
        header = "Show how the endpoints of a running service are.",
        description =
                "A line per endpoint: rate, replicas that it has, that are ready and that the rules recommend, the next peak, the health "
                        + "gate, the last decision, and what is to be looked at. With a name, one endpoint in detail. Exit code 1 where the "
                        + "service cannot be reached and, with --warnings, where there is something to be looked at. Times are UTC.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  prescale status",
            "  prescale status shop/web --url https://prescale.example --token-file token",
            "  prescale status --namespace shop --watch 5s",
            "  prescale status --warnings --json"
        },
        mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {
    private static final String DEFAULT_PACE = "2s";

    private final Runner runner;

    @Parameters(arity = "0..1", paramLabel = "NAMESPACE/NAME", description = "One endpoint (default: all)")
    @Nullable
    String endpoint;

    @Option(names = "--namespace", paramLabel = "NAME", description = "Only the endpoints of this namespace")
    @Nullable
    String namespace;

    @Option(
            names = "--warnings",
            description = "Only endpoints with something to be looked at; exit code 1 where there are any")
    boolean warnings;

    @Option(
            names = "--watch",
            arity = "0..1",
            paramLabel = "TIME",
            fallbackValue = DEFAULT_PACE,
            description = "Ask again and again, every 2s or so often, until Ctrl-C")
    @Nullable
    String watch;

    @Option(names = "--json", description = "Print what GET /api/v1/endpoints answers; with --watch a line each time")
    boolean json;

    @Mixin
    ServiceArguments service = new ServiceArguments();

    /** @param runner asks and prints */
    public StatusCommand(Runner runner) {
        this.runner = runner;
    }

    @Override
    public Integer call() {
        ArgumentReader reader = new ArgumentReader();
        Optional<EndpointId> one = Optional.ofNullable(endpoint).map(text -> reader.endpoint("the endpoint", text));
        if (one.isPresent() && (namespace != null || warnings)) {
            reader.fault("--namespace and --warnings choose among all endpoints: give them without a name");
        }
        Optional<Duration> pace = reader.duration("--watch", watch, Duration.ofSeconds(1), Duration.ofHours(1));
        ServiceAccess access = service.read(reader);
        reader.requireSound();
        return runner.run(new Options(access, one, Optional.ofNullable(namespace), warnings, pace, json));
    }

    /** Asks and gives the exit code. */
    public interface Runner {
        int run(Options options);
    }

    /**
     * @param endpoint in detail; empty for all in a table
     * @param onlyWarnings whether only endpoints with something to be looked at are shown
     * @param pace from one question to the next; empty for one question
     */
    public record Options(
            ServiceAccess service,
            Optional<EndpointId> endpoint,
            Optional<String> namespace,
            boolean onlyWarnings,
            Optional<Duration> pace,
            boolean json) {}
}
