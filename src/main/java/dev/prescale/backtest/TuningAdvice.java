package dev.prescale.backtest;

import dev.prescale.backtest.TuningGoal.Aim;
import dev.prescale.backtest.TuningGoal.Objective;
import dev.prescale.backtest.TuningGoal.Outlook;
import dev.prescale.backtest.TuningResult.Verdict;
import dev.prescale.control.EndpointSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came of a tuning, in sentences: what to expect, why it is recommended or not, and what an HPA beside it may then do. */
public final class TuningAdvice {
    /** Share of the objective: less of a gap than this is none. */
    private static final double UNNOTICED = 0.0005;

    private final EndpointSpec spec;
    private final TuningResult result;
    private final Outlook present;
    private final Outlook heldOut;

    /** @param spec that was tuned, as it is */
    public TuningAdvice(EndpointSpec spec, TuningResult result) {
        this.spec = spec;
        this.result = result;
        this.present = Outlook.of(result.present().score());
        this.heldOut = Outlook.of(result.heldOut());
    }

    /** The most important one first. */
    public List<String> sentences() {
        List<String> said = new ArrayList<>();
        if (!result.isComplete()) {
            said.add(say("Stopped after %d replays: this is the best so far.", result.replays()));
        }
        said.add(verdict());
        if (result.verdict() == Verdict.BETTER) {
            said.add(gap());
        }
        if (TuningSpace.isBesideTracking(spec)) {
            said.add(besideTracking());
        }
        return said;
    }

    private String verdict() {
        return switch (result.verdict()) {
            case BETTER ->
                say(
                        "Expect %s: on days that they were not tuned on, settings found this way had %s.",
                        change(heldOut, present), beside(heldOut, present));
            case PRESENT_IS_BEST ->
                say(
                        "The present settings stay: of %d that were replayed none is better within the limit.",
                        result.replays());
            case NOT_CONFIRMED ->
                say(
                        "The present settings stay: others looked better on the days that they were tuned on (%s), but on the others they had %s, which is %s.",
                        change(tunedOn(), presentTunedOn()), beside(heldOut, present), whyNot());
            case LIMIT_NOT_REACHED ->
                say(
                        "No settings keep the limit of %s; the least that was reached is %s.",
                        amount(result.limitPerDay()),
                        amount(aim().limitedOf(Outlook.of(result.recommended().score()))));
        };
    }

    private Aim aim() {
        return new Aim(result.goal().objective(), result.limitPerDay());
    }

    private String whyNot() {
        return aim().objectiveOf(heldOut) < aim().objectiveOf(present)
                ? "above the limit of " + amount(result.limitPerDay()) + "; a stricter limit leaves more room"
                : "no better";
    }

    private String gap() {
        double promised = aim().objectiveOf(tunedOn()) / aim().objectiveOf(presentTunedOn());
        double kept = aim().objectiveOf(heldOut) / aim().objectiveOf(present);
        if (Double.isNaN(promised - kept) || Double.isInfinite(promised - kept)) {
            return "On the days that they were tuned on they had %s.".formatted(beside(tunedOn(), presentTunedOn()));
        }
        if (kept <= promised + UNNOTICED) {
            return say(
                    "On the days that they were tuned on it was %s: choosing among %d settings did not flatter.",
                    change(tunedOn(), presentTunedOn()), result.replays());
        }
        return say(
                "On the days that they were tuned on it was %s; the gap of %.1f points is what choosing among %d settings flatters.",
                change(tunedOn(), presentTunedOn()), 100 * (kept - promised), result.replays());
    }

    private Outlook tunedOn() {
        return Outlook.of(result.tunedOn());
    }

    private Outlook presentTunedOn() {
        return Outlook.of(result.folds().stream()
                .map(TuningResult.Fold::presentTunedOn)
                .reduce(TuningScore.ZERO, TuningScore::plus));
    }

    private String change(Outlook one, Outlook other) {
        boolean isCost = result.goal().objective() == Objective.COST;
        double change = 100 * (aim().objectiveOf(one) / aim().objectiveOf(other) - 1);
        return Double.isNaN(change) || Double.isInfinite(change)
                ? say("%s", amountOfObjective(aim().objectiveOf(one)))
                : say(
                        "%.1f %% %s %s",
                        Math.abs(change), change > 0 ? "more" : "less", isCost ? "cost" : "violation minutes");
    }

    private static String beside(Outlook one, Outlook other) {
        return say(
                "a cost of %.1f a day instead of %.1f, and %.1f violation minutes a day instead of %.1f",
                one.cost(), other.cost(), one.violations(), other.violations());
    }

    /** Of what is limited. */
    private String amount(double perDay) {
        return result.goal().objective() == Objective.COST
                ? say("%.1f violation minutes a day", perDay)
                : say("a cost of %.1f a day", perDay);
    }

    private String amountOfObjective(double perDay) {
        return result.goal().objective() == Objective.COST
                ? say("a cost of %.1f a day", perDay)
                : say("%.1f violation minutes a day", perDay);
    }

    private String besideTracking() {
        Map<TuningKnob, Double> values = result.recommended().settings().values();
        double is = TuningKnob.TRACKING_UTILIZATION.of(spec);
        double may = values.getOrDefault(TuningKnob.TRACKING_UTILIZATION, is);
        return may > is
                ? say(
                        "The HPA beside it may be raised from %.0f %% to %.0f %% of the capacity per replica: pre-scaling alone only adds, this is where it pays.",
                        100 * is, 100 * may)
                : say(
                        "The target of the HPA beside it, %.0f %% of the capacity per replica, should %s.",
                        100 * is, may < is ? say("be lowered to %.0f %%", 100 * may) : "stay");
    }

    private static String say(String sentence, @Nullable Object... values) {
        return String.format(Locale.ROOT, sentence, values);
    }
}
