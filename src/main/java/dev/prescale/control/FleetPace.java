package dev.prescale.control;

import dev.prescale.series.Require;
import java.time.Duration;

/**
 * How a fleet goes about its work.
 *
 * @param cycleInterval time from one cycle to the next
 * @param deciders who observe, forecast and decide: work for processors
 * @param actors who carry decisions out: work that waits for others
 * @param mostFits forecasts made anew in one cycle; whoever is due beyond that waits for a later one with what there is
 * @param mostFollowed endpoints up to which each one's planning forecast is kept up step by step, which takes about 0.8 MB;
 *     a larger fleet makes it anew each time
 * @param plansForPeople whether planning forecasts are made where they decide nothing, for those who look at them
 */
public record FleetPace(
        Duration cycleInterval,
        Workers deciders,
        Workers actors,
        int mostFits,
        int mostFollowed,
        boolean plansForPeople) {
    public FleetPace {
        Require.that(cycleInterval.isPositive(), "cycleInterval must be > 0, was %s", cycleInterval);
        Require.that(mostFits > 0, "mostFits must be > 0, was %s", mostFits);
        Require.that(mostFollowed >= 0, "mostFollowed must be >= 0, was %s", mostFollowed);
    }

    /** Of a fleet that people look at. */
    public FleetPace(Duration cycleInterval, Workers deciders, Workers actors, int mostFits, int mostFollowed) {
        this(cycleInterval, deciders, actors, mostFits, mostFollowed, true);
    }

    /** Everything in turn and at once, as a replay wants it: the same input gives the same decisions. */
    public static FleetPace inTurn(Duration cycleInterval) {
        return new FleetPace(cycleInterval, Workers.IN_TURN, Workers.IN_TURN, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    /** The same where only decisions are looked at: half of the time of a replay would go into planning forecasts. */
    public static FleetPace unseen(Duration cycleInterval) {
        return new FleetPace(
                cycleInterval, Workers.IN_TURN, Workers.IN_TURN, Integer.MAX_VALUE, Integer.MAX_VALUE, false);
    }
}
