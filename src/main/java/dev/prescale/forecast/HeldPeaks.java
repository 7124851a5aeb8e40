package dev.prescale.forecast;

import dev.prescale.series.RateSeries;
import dev.prescale.series.Require;
import dev.prescale.series.Step;
import dev.prescale.series.TrafficCalendar;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The lead-time demand of a series whose values are {@linkplain HeldSteps held} over several steps, as where a source tells
 * traffic every five or ten minutes only. How many blocks of the window are still unknown depends on how far the present one has
 * got: none, and the present value is the demand; one or more, and a model of that many blocks is asked.
 *
 * <p>A level is meant over all steps, also those at which the window holds nothing unknown. With {@code s} the share of the
 * others, the models would have to be asked for {@code 1 - (1 - tau) / s}; they are asked for two thirds of the way from
 * {@code tau} to that, so that a step with something unknown is not left with far less than its level.
 */
final class HeldPeaks implements LeadTimeModel {
    /** Blocks that an older history is answered from: a fortnight and more of five minutes. */
    private static final int MOST_BLOCKS = 16 * 288;

    /** Blocks beyond the new ones that are read, to compare. */
    private static final int READ_BLOCKS = 80;

    private final HeldSteps held;
    private final Duration window;
    private final QuantileLevels levels;
    private final int windowSteps;
    /** For windows of {@code least}, {@code least + 1}, ... blocks. */
    private final List<CalibratedPeaks> models;

    private final int least;
    private int latest;

    /** @param models one for each of {@link #blocksOf} */
    HeldPeaks(HeldSteps held, Duration window, QuantileLevels levels, List<CalibratedPeaks> models) {
        this.held = held;
        this.window = window;
        this.levels = levels;
        this.windowSteps = PeakSpan.of(window, held.step()).steps();
        this.models = List.copyOf(models);
        this.least = blocksOf(held, window).getFirst();
    }

    /** The numbers of blocks of which windows can need the peak, ascending, without none. */
    static List<Integer> blocksOf(HeldSteps held, Duration window) {
        int steps = PeakSpan.of(window, held.step()).steps();
        List<Integer> blocks = new ArrayList<>();
        int most = Math.ceilDiv(steps, held.count());
        for (int n = Math.max(1, Math.ceilDiv(steps - held.count() + 1, held.count())); n <= most; n++) {
            blocks.add(n);
        }
        return blocks;
    }

    /** The levels that the models of blocks are asked for. */
    static QuantileLevels levelsOfBlocks(HeldSteps held, Duration window, QuantileLevels levels) {
        double share = Math.min(1, (double) PeakSpan.of(window, held.step()).steps() / held.count());
        double[] ofBlocks = levels.toArray();
        for (int i = 0; i < ofBlocks.length; i++) {
            double overAll = Math.max(0, 1 - (1 - ofBlocks[i]) / share);
            ofBlocks[i] = (ofBlocks[i] + 2 * overAll) / 3;
        }
        return QuantileLevels.of(ofBlocks);
    }

    HeldSteps held() {
        return held;
    }

    List<CalibratedPeaks> models() {
        return models;
    }

    @Override
    public Duration window() {
        return window;
    }

    @Override
    public QuantileLevels levels() {
        return levels;
    }

    @Override
    public PeakSource source() {
        return models.get(latest).source();
    }

    @Override
    public LeadTimeDemand demandAt(RateSeries history) {
        Asked asked = asked(history);
        return demand(history, asked, models.get(asked.model()).demandAt(asked.blocks()));
    }

    @Override
    public Map<PeakSource, LeadTimeDemand> baselinesAt(RateSeries history) {
        Asked asked = asked(history);
        Map<PeakSource, LeadTimeDemand> baselines = new TreeMap<>();
        models.get(asked.model())
                .baselinesAt(asked.blocks())
                .forEach((source, demand) -> baselines.put(source, demand(history, asked, demand)));
        return baselines;
    }

    /**
     * What is asked of a model of blocks.
     *
     * @param present rate (req/s) of the present block, 0 where it is not known
     * @param isKnown whether the window ends inside the present block
     */
    private record Asked(RateSeries blocks, int model, double present, boolean isKnown) {}

    private Asked asked(RateSeries history) {
        Require.that(history.hasSamples(), "history must have a sample");
        int into = held.into(history);
        double present = into == 0 ? Double.NaN : heldRate(history, into);
        boolean isHeld = !Double.isNaN(present);
        // a block that does not hold its value tells nothing of its rest
        int unknown = windowSteps - (isHeld ? held.count() - into : 0);
        int number = Math.clamp(Math.ceilDiv(unknown, held.count()), least, least + models.size() - 1);
        int end = held.endBlock(history);
        CalibratedPeaks model = models.get(number - least);
        int fresh = end - model.end();
        RateSeries blocks = held.blocks(history, fresh < 0 ? MOST_BLOCKS : fresh + READ_BLOCKS);
        latest = number - least;
        return new Asked(blocks, number - least, isHeld ? present : 0, isHeld && unknown <= 0);
    }

    /** The rate of the last steps, {@code NaN} where they are gaps or differ. */
    private static double heldRate(RateSeries history, int steps) {
        double rate = history.rateAt(history.size() - 1);
        for (int k = 2; k <= Math.min(steps, history.size()); k++) {
            if (history.rateAt(history.size() - k) != rate) {
                return Double.NaN;
            }
        }
        return rate;
    }

    private LeadTimeDemand demand(RateSeries history, Asked asked, LeadTimeDemand ofBlocks) {
        List<Double> rates = new ArrayList<>();
        for (double rate : ofBlocks.rates()) {
            rates.add(asked.isKnown() ? asked.present() : Math.max(asked.present(), rate));
        }
        return new LeadTimeDemand(history.end(), window, levels, rates, ofBlocks.source());
    }

    @Override
    public void writeTo(DataOutput out) throws IOException {
        out.writeByte(DirectLeadTimeForecaster.HELD);
        out.writeInt(held.step().seconds());
        out.writeInt(held.count());
        out.writeInt(held.phase());
        out.writeLong(window.toMillis());
        DoubleArrays.write(levels.toArray(), levels.size(), out);
        for (CalibratedPeaks model : models) {
            model.writeState(out);
        }
        out.writeInt(latest);
    }

    static HeldPeaks readFrom(DataInput in, TrafficCalendar calendar, @Nullable SharedPeaks shared) throws IOException {
        HeldSteps held = new HeldSteps(new Step(in.readInt()), in.readInt(), in.readInt());
        Duration window = Duration.ofMillis(in.readLong());
        QuantileLevels levels = QuantileLevels.of(DoubleArrays.readDoubles(in));
        List<CalibratedPeaks> models = new ArrayList<>();
        for (int count = blocksOf(held, window).size(); count > 0; count--) {
            models.add(CalibratedPeaks.readFrom(in, calendar, shared));
        }
        HeldPeaks read = new HeldPeaks(held, window, levels, models);
        read.latest = in.readInt();
        return read;
    }
}
