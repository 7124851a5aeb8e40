package dev.prescale.app;

import dev.prescale.adapter.cli.CommandFault;
import dev.prescale.backtest.ReplayPolicy;
import dev.prescale.backtest.policy.ReplayPolicies;
import dev.prescale.config.NearestName;
import dev.prescale.control.Fleet;
import java.util.ArrayList;
import java.util.List;

/** Policies by the names that users give them. */
final class BacktestPolicies {
    private static final String ALL = "all";

    private BacktestPolicies() {}

    /**
     * The policies in the order of their names, {@code all} for every one.
     *
     * @throws CommandFault naming every unknown one
     */
    static List<ReplayPolicy> of(List<String> names, Fleet.Brain brain) {
        List<String> wanted = names.contains(ALL) ? ReplayPolicies.ALL : names;
        List<String> faults = new ArrayList<>();
        List<ReplayPolicy> policies = new ArrayList<>();
        for (String name : wanted) {
            ReplayPolicies.named(name, brain).ifPresentOrElse(policies::add, () -> faults.add(unknown(name)));
        }
        if (!faults.isEmpty()) {
            throw CommandFault.badInput("%s%n  policies are %s and all"
                    .formatted(
                            String.join(System.lineSeparator() + "  ", faults), String.join(", ", ReplayPolicies.ALL)));
        }
        return policies;
    }

    private static String unknown(String name) {
        String near = NearestName.of(name, ReplayPolicies.ALL)
                .map(nearest -> "; did you mean %s?".formatted(nearest))
                .orElse("");
        return "there is no policy '%s'%s".formatted(name, near);
    }
}
