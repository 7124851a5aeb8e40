package dev.prescale.app;

import dev.prescale.adapter.cli.CommandFault;
import dev.prescale.adapter.cli.ReplayOptions;
import dev.prescale.config.EndpointTraces;
import dev.prescale.config.NearestName;
import dev.prescale.config.Settings;
import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec;
import dev.prescale.control.Mode;
import dev.prescale.control.RateHistory;
import dev.prescale.series.RateSeries;
import dev.prescale.series.SampleGrid;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An endpoint's own history as a trace, read from where the service reads it. */
final class EndpointReplay {
    private final Settings settings;
    private final Instant now;
    private final PrintStream err;

    /** @param err is told which specifications are not in force */
    EndpointReplay(Settings settings, Instant now, PrintStream err) {
        this.settings = settings;
        this.now = now;
        this.err = err;
    }

    ReplaySource read(ReplayOptions.History history, Optional<SpecFile> given) {
        EndpointSpec spec = given.map(SpecFile::spec).orElseGet(() -> configured(history.endpoint()));
        if (!spec.id().equals(history.endpoint())) {
            throw CommandFault.badInput(
                    "--spec is of %s, but --endpoint is %s".formatted(spec.id(), history.endpoint()));
        }
        long step = spec.traffic().step().seconds();
        Instant from = OwnHistory.wholeStep(history.from().at(now), step);
        Instant to = OwnHistory.wholeStep(history.to().at(now), step);
        if (!from.isBefore(to)) {
            throw CommandFault.badInput("--from must be before --to, was %s and %s".formatted(from, to));
        }
        if (Duration.between(from, to).toSeconds() / step > SampleGrid.MOST_STEPS) {
            throw CommandFault.badInput("%s to %s is more than %d steps of %d s: use a later --from"
                    .formatted(from, to, SampleGrid.MOST_STEPS, step));
        }
        String name = spec.id().toString();
        RateSeries series = EndpointHistories.with(settings, store -> read(store, spec, from, to))
                .orElseThrow(() -> CommandFault.badInput("%s has no samples from %s to %s".formatted(name, from, to)));
        return new ReplaySource(
                ReplaySource.traceOf(name, series), Optional.of(spec.withMode(Mode.SCALE)), given.map(SpecFile::text));
    }

    private EndpointSpec configured(EndpointId wanted) {
        List<EndpointSpec> specs = EndpointHistories.specs(settings, now, err);
        List<String> names = specs.stream().map(spec -> spec.id().toString()).toList();
        return specs.stream()
                .filter(spec -> spec.id().equals(wanted))
                .findFirst()
                .orElseThrow(() -> CommandFault.badInput("PRESCALE_ENDPOINTS has no endpoint %s%s"
                        .formatted(
                                wanted,
                                NearestName.of(wanted.toString(), names)
                                        .map(near -> "; did you mean %s?".formatted(near))
                                        .orElse(names.isEmpty() ? "" : "; it has " + String.join(", ", names)))));
    }

    private Optional<RateSeries> read(RateHistory store, EndpointSpec spec, Instant from, Instant to) {
        try {
            return OwnHistory.read(store, spec, from, to, now);
        } catch (EndpointTraces.Unreadable fault) {
            throw CommandFault.failed(String.valueOf(fault.getMessage()));
        }
    }
}
