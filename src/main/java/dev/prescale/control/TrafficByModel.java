package dev.prescale.control;

import dev.prescale.accuracy.GateStatus;
import dev.prescale.capacity.CostEstimate;
import dev.prescale.capacity.CostLearning;
import dev.prescale.capacity.LoadModel;
import dev.prescale.capacity.RequestCosts;
import dev.prescale.forecast.Forecast;
import dev.prescale.forecast.LeadTimeDemand;
import dev.prescale.scaling.RateReading;
import dev.prescale.series.RateSeries;
import java.io.DataInput;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The work of the requests of several models: each has a history, a forecast and a judge of its own, and their rates times what a
 * request costs are added up, in busy replicas. Quantiles are added too, as if all models peaked together: never too little.
 * The forecast is trusted where that of every model is, and missed where that of any is.
 */
final class TrafficByModel implements EndpointLoad {
    private final EndpointSpec spec;
    private final Map<String, TrafficStream> streams = new TreeMap<>();
    private final @Nullable CostLearning learning;
    private final AddedLoads added = new AddedLoads();
    private Map<String, RateReading> readings = Map.of();
    private String costsNews = "";

    TrafficByModel(EndpointSpec spec, Fleet.Brain brain) {
        this.spec = spec;
        spec.load()
                .byModel()
                .forEach((model, source) ->
                        streams.put(model, new TrafficStream(spec.partOf(model, source), source, brain)));
        this.learning = spec.load().model() instanceof LoadModel.Learned learned
                ? new CostLearning(learned.models(), brain.costLearner())
                : null;
    }

    @Override
    public List<RateHistory.Query> nextQueries(Instant now) {
        return streams.values().stream().map(stream -> stream.nextQuery(now)).toList();
    }

    @Override
    public LoadView observe(List<RateHistory.Answer> answers, Duration window, FitBudget budget, Instant now) {
        List<RateHistory.Answer> complete =
                ModelAnswers.complete(answers, nextQueries(now), spec.traffic().kind(), now);
        Map<String, RateReading> read = new TreeMap<>();
        Map<String, LeadTimeDemand> demands = new TreeMap<>();
        int next = 0;
        for (Map.Entry<String, TrafficStream> entry : streams.entrySet()) {
            TrafficStream stream = entry.getValue();
            read.put(entry.getKey(), stream.accept(complete.get(next++), now));
            LeadTimeDemand demand = stream.demand(window, budget, now);
            if (demand != null) {
                demands.put(entry.getKey(), demand);
            }
        }
        readings = read;
        return view(demands, now);
    }

    private LoadView view(Map<String, LeadTimeDemand> demands, Instant now) {
        TrafficStream first = streams.values().iterator().next();
        RequestCosts costs = costs();
        String unknown = costs == null ? whyNoCosts() : "";
        TrafficStream worst = worst(now);
        return new LoadView(
                costs == null ? new RateReading.NoData(unknown) : work(costs),
                streams.values().stream().allMatch(TrafficStream::isFilled),
                added.history(costs, histories(now), first.series(now)),
                costs == null ? null : added.planning(costs, plannings()),
                costs == null || demands.size() < streams.size() ? null : AddedLoads.demand(costs, demands),
                costs == null ? unknown : whyNone(demands, now),
                worst.gate(now),
                streams.values().stream().anyMatch(stream -> stream.missed(now)),
                worst.accuracy(),
                learning != null && learning.costs() instanceof CostEstimate.Known known ? known : null,
                warnings());
    }

    /** What sizing counts with; null while it is not known. */
    private @Nullable RequestCosts costs() {
        if (spec.load().model() instanceof LoadModel.ByModel given) {
            return given.costs();
        }
        return learning != null && learning.costs() instanceof CostEstimate.Known known ? known.planned() : null;
    }

    private String whyNoCosts() {
        return learning != null && learning.costs() instanceof CostEstimate.Unknown unknown
                ? "what a request costs is not known yet: " + unknown.reason()
                : "what a request costs is not known";
    }

    /** The work of the newest step; the first model that is missing makes it missing. */
    private RateReading work(RequestCosts costs) {
        Map<String, Double> rates = new HashMap<>();
        for (Map.Entry<String, RateReading> entry : readings.entrySet()) {
            if (!(entry.getValue() instanceof RateReading.Known known)) {
                return entry.getValue();
            }
            rates.put(entry.getKey(), known.value());
        }
        OptionalDouble work = costs.work(rates);
        return work.isPresent()
                ? new RateReading.Known(work.getAsDouble())
                : new RateReading.NoData("the rate of a model is missing");
    }

    private String whyNone(Map<String, LeadTimeDemand> demands, Instant now) {
        return streams.entrySet().stream()
                .filter(entry -> !demands.containsKey(entry.getKey()))
                .findFirst()
                .map(entry ->
                        entry.getKey() + ": " + entry.getValue().forecasts().whyNone(now))
                .orElse("");
    }

    /** Whose forecast is not trusted, else the first. */
    private TrafficStream worst(Instant now) {
        return streams.values().stream()
                .filter(stream -> stream.gate(now).state() == GateStatus.State.DISTRUSTED)
                .findFirst()
                .orElseGet(() -> streams.values().iterator().next());
    }

    private Map<String, RateSeries> histories(Instant now) {
        Map<String, RateSeries> histories = new TreeMap<>();
        streams.forEach((model, stream) -> histories.put(model, stream.series(now)));
        return histories;
    }

    /** Empty where a model has none yet. */
    private Map<String, Forecast> plannings() {
        Map<String, Forecast> plannings = new TreeMap<>();
        for (Map.Entry<String, TrafficStream> entry : streams.entrySet()) {
            Forecast planning = entry.getValue().forecasts().planning();
            if (planning == null) {
                return Map.of();
            }
            plannings.put(entry.getKey(), planning);
        }
        return plannings;
    }

    private List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        streams.forEach((model, stream) ->
                stream.warnings().forEach(warning -> warnings.add("Model " + model + ": " + warning)));
        if (learning != null && learning.costs() instanceof CostEstimate.Known known && known.widened() > 0) {
            warnings.add(
                    "The costs of requests were learned before a rollout: they are planned with at least %.0f %% more."
                            .formatted(100 * known.widened()));
        }
        if (!costsNews.isEmpty()) {
            warnings.add(costsNews);
        }
        return warnings;
    }

    @Override
    public void learn(RateReading utilization, WorkloadScale.Replicas workload, FitBudget budget, Instant now) {
        CostLearning costs = learning;
        if (costs == null) {
            return;
        }
        Map<String, Double> rates = new HashMap<>();
        readings.forEach((model, reading) -> {
            if (reading instanceof RateReading.Known known) {
                rates.put(model, known.value());
            }
        });
        OptionalDouble busy = utilization instanceof RateReading.Known known
                ? OptionalDouble.of(known.value())
                : OptionalDouble.empty();
        costs.observe(now, rates, busy, workload.readyReplicas(), workload.rolloutInProgress());
        if (costs.isLearningDue() && budget.take()) {
            costs.learn();
        }
    }

    @Override
    public LoadView last(Instant now) {
        return view(Map.of(), now);
    }

    @Override
    public List<TrafficStream> streams() {
        return List.copyOf(streams.values());
    }

    @Override
    public void save(ModelStore store) throws IOException {
        EndpointLoad.super.save(store);
        if (learning != null) {
            store.save(costsId(), StateFingerprint.of(spec), learning::writeTo);
        }
    }

    @Override
    public void restore(ModelStore store, Instant now) {
        EndpointLoad.super.restore(store, now);
        if (learning != null && store.load(costsId(), StateFingerprint.of(spec)) instanceof ModelStore.Found found) {
            takeUp(learning, found.content());
        }
    }

    private void takeUp(CostLearning costs, DataInput content) {
        try {
            costs.readFrom(content);
        } catch (IOException | RuntimeException refused) {
            costsNews = "What requests cost is learned anew: " + refused.getMessage();
        }
    }

    private EndpointId costsId() {
        return spec.id().part("costs");
    }
}
