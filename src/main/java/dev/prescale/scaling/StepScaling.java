package dev.prescale.scaling;

import dev.prescale.scaling.ScalingHistory.Breach;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Step scaling, one rule per metric, with the semantics of AWS. The interval that the present reading is in says what to
 * do, once the breach has lasted for its {@code for}. A metric outside of all intervals has no opinion; a missing one does
 * not agree to scale-in.
 *
 * <ul>
 *   <li>Scale-out cooldown: what the last scale-out added counts as part of the next. Steps are taken from where that one
 *       began, so that +3 after +2 adds 1, and +2 after +2 nothing; what is there is kept.
 *   <li>Scale-in cooldown: no further step takes away. A scale-out of whatever rule ends it.
 * </ul>
 *
 * Source: AWS Application Auto Scaling, step scaling policies, adjustment types and cooldown period.
 */
final class StepScaling implements SizingRule {
    @Override
    public List<Opinion> opinions(Situation situation) {
        ScalingPolicy policy = situation.policy();
        if (policy.steps().isEmpty()) {
            return List.of();
        }
        Set<String> metrics = new LinkedHashSet<>();
        policy.steps().forEach(step -> metrics.add(step.metric()));
        List<Breach> breaches =
                StepBreaches.after(situation.past().breaches(), policy, situation.observation(), situation.now());
        List<Opinion> opinions = new ArrayList<>();
        for (String metric : metrics) {
            RateReading reading = MetricReadings.of(metric, policy, situation.observation());
            opinions.add(Opinion.on("step:" + metric, reading, value -> opinion(metric, value, breaches, situation)));
        }
        return opinions;
    }

    private static Opinion opinion(String metric, double value, List<Breach> breaches, Situation situation) {
        StepRule step = StepBreaches.stepAt(situation.policy(), metric, value);
        Breach breach = StepBreaches.of(breaches, metric);
        if (step == null || breach == null) {
            return new Opinion.Abstains("step:" + metric, "NotBreached");
        }
        Duration lasted = Duration.between(breach.since(), situation.now());
        if (lasted.compareTo(step.sustained()) < 0) {
            return new Opinion.Abstains(step.ruleName(), "NotSustained");
        }
        String why = "%s is %s, %s%s: %s"
                .formatted(
                        metric,
                        Wording.number(value),
                        interval(step),
                        step.sustained().isZero() ? "" : " for " + Wording.duration(lasted),
                        step.change());
        int current = situation.currentReplicas();
        boolean takesAway = step.change().from(current) < current;
        return takesAway ? scaleIn(step, why, situation) : scaleOut(step, why, situation);
    }

    private static Opinion scaleOut(StepRule step, String why, Situation situation) {
        int current = situation.currentReplicas();
        StepCooldown cooldown = StepCooldown.afterScaleOut(step, situation);
        int wanted = Math.max(step.change().from(cooldown.from(current)), current);
        if (!cooldown.isInForce()) {
            return new Opinion.Wants(
                    step.ruleName(), wanted, ReasonCode.STEP, "%s makes %s".formatted(why, Wording.replicas(wanted)));
        }
        String ago = Wording.duration(cooldown.age());
        return wanted > current
                ? new Opinion.Wants(
                        step.ruleName(),
                        wanted,
                        ReasonCode.STEP,
                        "%s of the %s before the step %s ago makes %s"
                                .formatted(why, cooldown.from(current), ago, Wording.replicas(wanted)))
                : new Opinion.Wants(
                        step.ruleName(),
                        current,
                        ReasonCode.COOLDOWN,
                        "%s was done %s ago, cooldown %s: %s kept"
                                .formatted(why, ago, Wording.duration(step.cooldown()), Wording.replicasAre(current)));
    }

    private static Opinion scaleIn(StepRule step, String why, Situation situation) {
        int current = situation.currentReplicas();
        StepCooldown cooldown = StepCooldown.afterScaleIn(step, situation);
        if (cooldown.isInForce()) {
            return new Opinion.Wants(
                    step.ruleName(),
                    current,
                    ReasonCode.COOLDOWN,
                    "%s waits, a step took replicas away %s ago, cooldown %s: %s kept"
                            .formatted(
                                    why,
                                    Wording.duration(cooldown.age()),
                                    Wording.duration(step.cooldown()),
                                    Wording.replicasAre(current)));
        }
        int wanted = step.change().from(current);
        return new Opinion.Wants(
                step.ruleName(), wanted, ReasonCode.STEP, "%s leaves %s".formatted(why, Wording.replicas(wanted)));
    }

    private static String interval(StepRule step) {
        Double above = step.above();
        Double below = step.below();
        if (above == null) {
            return "below " + Wording.number(below == null ? Double.NaN : below);
        }
        return below == null
                ? "at or above " + Wording.number(above)
                : "from %s to below %s".formatted(Wording.number(above), Wording.number(below));
    }
}
