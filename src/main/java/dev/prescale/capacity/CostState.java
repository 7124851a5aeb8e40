package dev.prescale.capacity;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What {@link CostLearning} keeps over a restart, and its form. */
record CostState(
        int format, List<String> models, List<CostSample> samples, CostEstimate estimate, boolean afterRollout) {
    static void write(CostState state, DataOutput out) throws IOException {
        out.writeInt(state.format);
        out.writeInt(state.models.size());
        for (String model : state.models) {
            out.writeUTF(model);
        }
        out.writeInt(state.samples.size());
        for (CostSample sample : state.samples) {
            out.writeLong(sample.at().getEpochSecond());
            for (String model : state.models) {
                out.writeDouble(sample.rates().getOrDefault(model, 0.0));
            }
            out.writeDouble(sample.busyReplicas());
        }
        out.writeBoolean(state.afterRollout);
        out.writeBoolean(state.estimate instanceof CostEstimate.Known);
        if (state.estimate instanceof CostEstimate.Known known) {
            write(known.learned(), state.models, out);
        }
    }

    private static void write(LearnedCosts learned, List<String> models, DataOutput out) throws IOException {
        for (String model : models) {
            out.writeDouble(learned.costs().busySeconds().getOrDefault(model, 0.0));
            out.writeDouble(learned.errors().busySeconds().getOrDefault(model, 0.0));
        }
        out.writeDouble(learned.errorBar());
        out.writeInt(learned.samples());
        out.writeLong(learned.from().getEpochSecond());
        out.writeLong(learned.to().getEpochSecond());
        out.writeUTF(learned.version());
        out.writeUTF(learned.provenance());
    }

    /** @throws IOException where it is of another format or of other models, or no state at all */
    static CostState read(int format, List<String> models, DataInput in) throws IOException {
        if (in.readInt() != format) {
            throw new IOException("it has another format");
        }
        int count = in.readInt();
        List<String> written = new ArrayList<>();
        for (int i = 0; i < Math.min(count, RequestCosts.MOST_MODELS); i++) {
            written.add(in.readUTF());
        }
        if (count != models.size() || !written.equals(models)) {
            throw new IOException("it is of the models " + written);
        }
        try {
            return content(format, models, in);
        } catch (IllegalArgumentException broken) {
            throw new IOException(broken.getMessage(), broken);
        }
    }

    private static CostState content(int format, List<String> models, DataInput in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > CostLearning.MOST_SAMPLES) {
            throw new IOException("it has %d samples".formatted(count));
        }
        List<CostSample> samples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Instant at = Instant.ofEpochSecond(in.readLong());
            Map<String, Double> rates = new HashMap<>();
            for (String model : models) {
                rates.put(model, in.readDouble());
            }
            samples.add(new CostSample(at, rates, in.readDouble()));
        }
        boolean afterRollout = in.readBoolean();
        CostEstimate estimate = in.readBoolean() ? known(models, in) : new CostEstimate.Unknown("");
        return new CostState(format, models, samples, estimate, afterRollout);
    }

    private static CostEstimate known(List<String> models, DataInput in) throws IOException {
        Map<String, Double> costs = new TreeMap<>();
        Map<String, Double> errors = new TreeMap<>();
        for (String model : models) {
            costs.put(model, in.readDouble());
            errors.put(model, in.readDouble());
        }
        LearnedCosts learned = new LearnedCosts(
                new RequestCosts(costs),
                new RequestCosts(errors),
                in.readDouble(),
                in.readInt(),
                Instant.ofEpochSecond(in.readLong()),
                Instant.ofEpochSecond(in.readLong()),
                in.readUTF(),
                in.readUTF());
        return new CostEstimate.Known(learned.planned(0), learned, 0);
    }
}
