package dev.prescale.bench;

import dev.prescale.forecast.DirectLeadTimeForecaster;
import dev.prescale.forecast.LeadTimeDemand;
import dev.prescale.forecast.LeadTimeForecaster;
import dev.prescale.forecast.LeadTimeForecaster.Fitted;
import dev.prescale.forecast.LeadTimeForecaster.TooShort;
import dev.prescale.forecast.LeadTimeModel;
import dev.prescale.forecast.PeakSource;
import dev.prescale.forecast.QuantileLevels;
import dev.prescale.series.RateSeries;
import dev.prescale.series.Step;
import dev.prescale.series.TrafficCalendar;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Replays the lead-time demand online over the last 14 days of a trace, minute by minute, refitted every day, and writes what it
 * demanded, for the scripts that let replicas serve it:
 *
 * <pre>java -cp target/classes:target/test-classes dev.prescale.bench.LeadTimeReplay TRACE.csv LEAD_MINUTES LEVEL OUT.csv</pre>
 *
 * The trace is {@code timestamp,value} with counts per interval, the interval in seconds at the end of its name
 * ({@code NAME_60s.csv}). As the reference ({@code lead_time_demand.py}) has it, absent intervals are interpolated, longer
 * intervals are spread over their minutes, the window is the lead time and two minutes, and the first 14 days (8 of a trace
 * below 21) are not judged. Columns: {@code minute} from the begin of the trace, {@code demand}, the realized {@code peak}, and
 * what calibrated {@code persistence}, {@code dayNaive} and {@code weekNaive} would have demanded, all at the level and in
 * requests per minute; then {@code source}, who spoke.
 */
public final class LeadTimeReplay {
    private static final int DAY = 1440;
    private static final int JUDGED_DAYS = 14;
    private static final int ASKED_MINUTES = 720;
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    /** The columns that are written, one value per minute from {@code first} on. */
    record Columns(int first, List<double[]> rows, List<String> sources) {}

    private LeadTimeReplay() {}

    public static void main(String[] arguments) throws IOException {
        double[] counts = readMinutes(Path.of(arguments[0]));
        double level = Double.parseDouble(arguments[2]);
        Columns columns = replay(new DirectLeadTimeForecaster(), counts, Integer.parseInt(arguments[1]), level);
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(Path.of(arguments[3])))) {
            out.print("minute,demand,peak,persistence,dayNaive,weekNaive,source\n");
            for (int k = 0; k < columns.rows().size(); k++) {
                double[] row = columns.rows().get(k);
                out.print(columns.first() + k);
                for (double value : row) {
                    out.print(",");
                    out.print(value);
                }
                out.print("," + columns.sources().get(k) + "\n");
            }
        }
    }

    static int firstJudged(double[] counts) {
        return (counts.length > 21 * DAY ? 14 : 8) * DAY;
    }

    /** @param counts requests per minute */
    static Columns replay(LeadTimeForecaster forecaster, double[] counts, int leadMinutes, double level) {
        int first = firstJudged(counts);
        int end = Math.min(counts.length, first + JUDGED_DAYS * DAY);
        RateSeries all = RateSeries.ofCounts(START, new Step(60), Arrays.copyOf(counts, end));
        Duration window = Duration.ofMinutes(leadMinutes + 2L);
        QuantileLevels levels = QuantileLevels.of(level);
        LeadTimeModel model = model(forecaster.fit(all.slice(0, first), TrafficCalendar.UTC, window, levels));
        List<double[]> rows = new ArrayList<>();
        List<String> sources = new ArrayList<>();
        for (int t = first; t < end; t++) {
            if (t > first && t % DAY == 0) {
                model = model(forecaster.refit(model, all.slice(0, t), TrafficCalendar.UTC));
            }
            RateSeries known = all.slice(t - ASKED_MINUTES, t);
            LeadTimeDemand demand = model.demandAt(known);
            Map<PeakSource, LeadTimeDemand> baselines = model.baselinesAt(known);
            double peak = 0;
            for (int k = t; k < Math.min(end, t + leadMinutes + 2); k++) {
                peak = Math.max(peak, counts[k]);
            }
            rows.add(new double[] {
                60 * demand.rates().getFirst(),
                peak,
                perMinute(baselines.get(PeakSource.PERSISTENCE)),
                perMinute(baselines.get(PeakSource.DAY_NAIVE)),
                perMinute(baselines.get(PeakSource.WEEK_NAIVE))
            });
            sources.add(demand.source().wireName());
        }
        return new Columns(first, rows, sources);
    }

    private static double perMinute(LeadTimeDemand demand) {
        return 60 * demand.rates().getFirst();
    }

    private static LeadTimeModel model(Fitted fitted) {
        return switch (fitted) {
            case LeadTimeModel model -> model;
            case TooShort tooShort -> throw new IllegalArgumentException(tooShort.reason());
        };
    }

    private record Sample(long second, double count) {}

    /** Requests per minute; as the reference reads them. */
    static double[] readMinutes(Path csv) throws IOException {
        String name = csv.getFileName().toString();
        int seconds = Integer.parseInt(name.substring(name.lastIndexOf('_') + 1, name.lastIndexOf("s.csv")));
        List<Sample> samples = new ArrayList<>();
        for (String line : Files.readAllLines(csv).stream().skip(1).toList()) {
            String[] cells = line.split(",");
            long second = Instant.parse(cells[0].replace(' ', 'T') + (cells[0].endsWith("Z") ? "" : "Z"))
                    .getEpochSecond();
            samples.add(new Sample(Math.floorDiv(second, (long) seconds) * seconds, Double.parseDouble(cells[1])));
        }
        samples.sort(Comparator.comparingLong(Sample::second));
        long start = samples.getFirst().second();
        int size = (int) ((samples.getLast().second() - start) / seconds) + 1;
        double[] counts = new double[size];
        int filled = -1;
        for (Sample sample : samples) {
            int k = (int) ((sample.second() - start) / seconds);
            if (k == filled) {
                continue; // of duplicates the first counts
            }
            for (int gap = filled + 1; gap < k; gap++) {
                double share = (double) (gap - filled) / (k - filled);
                counts[gap] = counts[filled] + share * (sample.count() - counts[filled]);
            }
            counts[k] = sample.count();
            filled = k;
        }
        int minutes = Math.max(1, seconds / 60);
        double[] perMinute = new double[size * minutes];
        for (int t = 0; t < perMinute.length; t++) {
            perMinute[t] = counts[t / minutes] / minutes;
        }
        return perMinute;
    }
}
