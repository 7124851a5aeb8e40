package dev.prescale.capacity;

import dev.prescale.series.Require;
import java.util.HashSet;
import java.util.List;

/** What the load that a {@link CapacityModel} serves is made of. */
public sealed interface LoadModel {
    /** The load is the request rate. */
    record Whole() implements LoadModel {}

    /** The load is the work of the requests of each model, at costs that are given. */
    record ByModel(RequestCosts costs) implements LoadModel {}

    /**
     * The load is the work of the requests of each model, at costs that are learned; see {@link CostLearning}.
     *
     * @param models 1 to {@link RequestCosts#MOST_MODELS} different tags; {@link #ALL_REQUESTS} alone where requests are not told apart
     */
    record Learned(List<String> models) implements LoadModel {
        /** Stands for every request, whatever its model. */
        public static final String ALL_REQUESTS = "requests";

        public Learned {
            models = List.copyOf(models);
            Require.that(
                    !models.isEmpty() && models.size() <= RequestCosts.MOST_MODELS,
                    "there must be 1 to %s models, were %s",
                    RequestCosts.MOST_MODELS,
                    models.size());
            Require.that(new HashSet<>(models).size() == models.size(), "models must be different, were %s", models);
        }
    }
}
