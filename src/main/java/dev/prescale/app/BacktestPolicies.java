package dev.prescale.app;

import dev.prescale.adapter.cli.CommandFault;
import dev.prescale.backtest.ReplayPolicy;
import dev.prescale.config.NearestName;
import dev.prescale.control.Fleet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Policies by the names that users give them. */
final class BacktestPolicies {
    private static final String ALL = "all";
    private static final Map<String, Function<Fleet.Brain, ReplayPolicy>> BY_NAME = new LinkedHashMap<>();

    static {
        BY_NAME.put(ReplayPolicy.ORACLE, brain -> ReplayPolicy.oracle());
        BY_NAME.put(ReplayPolicy.FIXED, brain -> ReplayPolicy.fixed());
        BY_NAME.put(ReplayPolicy.HPA, ReplayPolicy::hpa);
        BY_NAME.put(ReplayPolicy.PRESCALE, ReplayPolicy::prescale);
    }

    private BacktestPolicies() {}

    /**
     * The policies in the order of their names, {@code all} for every one.
     *
     * @throws CommandFault naming every unknown one
     */
    static List<ReplayPolicy> of(List<String> names, Fleet.Brain brain) {
        List<String> wanted = names.contains(ALL) ? List.copyOf(BY_NAME.keySet()) : names;
        List<String> faults = new ArrayList<>();
        List<ReplayPolicy> policies = new ArrayList<>();
        for (String name : wanted) {
            Function<Fleet.Brain, ReplayPolicy> policy = BY_NAME.get(name);
            if (policy == null) {
                String near = NearestName.of(name, BY_NAME.keySet())
                        .map(nearest -> "; did you mean %s?".formatted(nearest))
                        .orElse("");
                faults.add("there is no policy '%s'%s".formatted(name, near));
            } else {
                policies.add(policy.apply(brain));
            }
        }
        if (!faults.isEmpty()) {
            throw CommandFault.badInput("%s%n  policies are %s and all"
                    .formatted(
                            String.join(System.lineSeparator() + "  ", faults), String.join(", ", BY_NAME.keySet())));
        }
        return policies;
    }
}
