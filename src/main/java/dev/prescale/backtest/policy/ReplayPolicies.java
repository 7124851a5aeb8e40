package dev.prescale.backtest.policy;

import dev.prescale.backtest.ReplayPolicy;
import dev.prescale.control.Fleet;
import dev.prescale.scaling.DecisionRule;
import java.util.List;
import java.util.Optional;

/** The policies of a backtest by their names. */
public final class ReplayPolicies {
    /** All names, in the order in which policies are shown. */
    public static final List<String> ALL = List.of(
            ReplayPolicy.ORACLE,
            ReplayPolicy.FIXED,
            ReplayPolicy.HPA,
            KnativePolicy.NAME,
            KedaPolicy.NAME,
            LastValuePolicy.NAME,
            SeasonalNaivePolicy.DAY,
            SeasonalNaivePolicy.WEEK,
            HoltWintersPolicy.NAME,
            SpectralPolicy.NAME,
            HourlyPolicy.NAME,
            ReplayPolicy.PRESCALE);

    private ReplayPolicies() {}

    /**
     * A policy as it is published.
     *
     * @param brain what Prescale thinks with; its decision rule is that of the HPA and of what is built on one
     * @return empty for a name that is none of {@link #ALL}
     */
    public static Optional<ReplayPolicy> named(String name, Fleet.Brain brain) {
        DecisionRule rule = brain.rule();
        return switch (name) {
            case ReplayPolicy.ORACLE -> Optional.of(ReplayPolicy.oracle());
            case ReplayPolicy.FIXED -> Optional.of(ReplayPolicy.fixed());
            case ReplayPolicy.HPA -> Optional.of(HpaPolicy.of(rule));
            case KnativePolicy.NAME -> Optional.of(new KnativePolicy(1));
            case KedaPolicy.NAME -> Optional.of(new KedaPolicy(rule, 1));
            case LastValuePolicy.NAME -> Optional.of(LastValuePolicy.of(rule));
            case SeasonalNaivePolicy.DAY -> Optional.of(SeasonalNaivePolicy.ofDay(rule));
            case SeasonalNaivePolicy.WEEK -> Optional.of(SeasonalNaivePolicy.ofWeek(rule));
            case HoltWintersPolicy.NAME -> Optional.of(HoltWintersPolicy.of(rule));
            case SpectralPolicy.NAME -> Optional.of(SpectralPolicy.of(rule));
            case HourlyPolicy.NAME -> Optional.of(HourlyPolicy.of(rule));
            case ReplayPolicy.PRESCALE -> Optional.of(ReplayPolicy.prescale(brain));
            default -> Optional.empty();
        };
    }

    /** Every policy, in the order of {@link #ALL}. */
    public static List<ReplayPolicy> all(Fleet.Brain brain) {
        return ALL.stream().map(name -> named(name, brain).orElseThrow()).toList();
    }

    /** Target tracking alone, at the target utilization of each specification. */
    public static ReplayPolicy hpa(Fleet.Brain brain) {
        return HpaPolicy.of(brain.rule());
    }

    /** Target tracking alone at another target utilization, (0, 1], named {@code hpa@0.5}. */
    public static ReplayPolicy hpa(Fleet.Brain brain, double targetUtilization) {
        return HpaPolicy.at(brain.rule(), targetUtilization);
    }
}
