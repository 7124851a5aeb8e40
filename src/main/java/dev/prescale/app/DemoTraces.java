package dev.prescale.app;

import dev.prescale.adapter.cli.CommandFault;
import dev.prescale.adapter.cli.DemoCommand;
import dev.prescale.adapter.files.CsvTrace;
import dev.prescale.adapter.files.TraceFolder;
import dev.prescale.backtest.ReplaySetup;
import dev.prescale.backtest.StartTime;
import dev.prescale.backtest.Trace;
import dev.prescale.backtest.TraceSpecs;
import dev.prescale.backtest.WorkloadFaults;
import dev.prescale.control.EndpointSpec;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a demo replays: the user's own CSV, or the bundled traces with their specifications. */
final class DemoTraces {
    private DemoTraces() {}

    /**
     * @param home folder of the checkout, which has {@code datasets/}
     * @throws CommandFault naming every fault of the files
     */
    static ReplaySetup read(DemoCommand.Options options, Path home) {
        List<Trace> traces = new ArrayList<>();
        if (options.trace().isPresent()) {
            traces.add(ReplaySource.trace(
                    options.trace().get().toString(),
                    CsvTrace.read(options.trace().get(), format(options))));
        } else {
            TraceFolder bundled = TraceFolder.of(home.resolve("datasets"));
            bundled.names()
                    .forEach(name -> traces.add(ReplaySource.trace(name, bundled.read(name, CsvTrace.Format.COUNTS))));
        }
        if (traces.isEmpty()) {
            throw CommandFault.failed("there are no bundled traces in " + home.resolve("datasets"));
        }
        try {
            return setup(options, traces, home);
        } catch (IllegalArgumentException refused) {
            throw CommandFault.badInput(String.valueOf(refused.getMessage()));
        }
    }

    private static ReplaySetup setup(DemoCommand.Options options, List<Trace> traces, Path home) {
        Instant start = traces.stream()
                .map(trace -> trace.minutes().start())
                .max(Instant::compareTo)
                .orElseThrow();
        Instant end = traces.stream()
                .map(trace -> trace.minutes().end())
                .min(Instant::compareTo)
                .orElseThrow();
        long length = Duration.between(start, end).toDays();
        Duration warmUp = options.warmUp().orElse(spareHistory(length, options.days()));
        Instant from = start.plus(warmUp);
        long available = Math.max(0, Duration.between(from, end).toDays());
        long days = options.days().map(Integer::longValue).orElse(available);
        if (days == 0 || days > available) {
            throw CommandFault.badInput(
                    "the trace has %d full days after a warm-up of %s, %s: use --warm-up and --days that fit"
                            .formatted(available, warmUp, days == 0 ? "too few to replay" : days + " were asked for"));
        }
        StartTime startTime = StartTime.constant(options.startTime());
        List<ReplaySetup.Endpoint> endpoints = traces.stream()
                .map(trace -> new ReplaySetup.Endpoint(trace, spec(options, trace, from, home), startTime))
                .toList();
        return new ReplaySetup(
                endpoints,
                from,
                from.plus(days, ChronoUnit.DAYS),
                ReplaySetup.DEFAULT_CYCLE,
                WorkloadFaults.NONE,
                options.seed());
    }

    /** Fourteen days, less where that leaves too few to replay: those asked for, else a third of the trace. */
    private static Duration spareHistory(long length, Optional<Integer> days) {
        long replayed = days.map(Integer::longValue).orElse(Math.max(1, length / 3));
        return Duration.ofDays(Math.clamp(length - replayed, 1, ReplaySetup.DEFAULT_WARM_UP.toDays()));
    }

    private static EndpointSpec spec(DemoCommand.Options options, Trace trace, Instant from, Path home) {
        return options.trace().isPresent()
                ? TraceSpecs.of(trace, from, options.timeZone())
                : ofDataset(trace.name(), home).spec();
    }

    /** The specification of an endpoint of the demo as text. */
    static String specText(DemoCommand.Options options, ReplaySetup.Endpoint endpoint, Path home) {
        return options.trace().isPresent()
                ? StarterSpec.of(endpoint.spec())
                : ofDataset(endpoint.trace().name(), home).text();
    }

    private static SpecFile ofDataset(String name, Path home) {
        return SpecFile.read(home.resolve("datasets").resolve(name + ".yaml"), InputStream.nullInputStream());
    }

    private static CsvTrace.Format format(DemoCommand.Options options) {
        return options.counts() ? CsvTrace.Format.COUNTS : CsvTrace.Format.RATES;
    }
}
