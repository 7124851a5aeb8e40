package dev.prescale.adapter.rest;

import dev.prescale.backtest.BacktestResult;
import dev.prescale.backtest.DecisionTrail;
import dev.prescale.backtest.MinMaxPieces;
import dev.prescale.backtest.ReplayPolicy;
import dev.prescale.backtest.ReplayTrack;
import dev.prescale.capacity.CapacityModel;
import dev.prescale.series.RateSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A part of a replay as a chart draws it. Where it has more minutes than points, each piece of {@code minutesPerPiece} has two: the
 * least and the largest value in it.
 *
 * @param replayFrom begin of the whole replay
 * @param replayTo its end
 * @param start of the first point
 * @param step from one point to the next
 * @param demand req/s, null where the trace has no sample
 * @param policies in the order of the score sheet
 * @param frontier what the policies cost with their headroom moved, each by headroom
 * @param trail decision of Prescale that was asked for; null where none was, or none had been decided
 */
@Schema(name = "BacktestReplay")
record ReplayWindow(
        String trace,
        Instant replayFrom,
        Instant replayTo,
        Instant start,
        Duration step,
        int minutesPerPiece,
        List<@Nullable Double> demand,
        List<PolicyLines> policies,
        List<FrontierPoint> frontier,
        @Nullable TrailMoment trail) {

    /**
     * Which part, and in how many points.
     *
     * @param from whole minutes, inside of the replay
     * @param to whole minutes
     * @param trailAt a moment of the decision trail; empty: none
     */
    record Asked(Instant from, Instant to, int points, Optional<Instant> trailAt) {}

    static ReplayWindow of(Replayed replayed, Asked asked) {
        RateSeries demand =
                replayed.endpoint().trace().minutes().until(asked.to()).from(asked.from());
        MinMaxPieces pieces = new MinMaxPieces(demand.size(), asked.points());
        List<@Nullable Double> rates = new ArrayList<>();
        pieces.each(demand::rateAt, value -> rates.add(Wire.fiveDigitsOrNull(value)));
        int first = Math.toIntExact(
                Duration.between(replayed.setup().from(), asked.from()).toMinutes());
        return new ReplayWindow(
                replayed.endpoint().trace().name(),
                replayed.setup().from(),
                replayed.setup().to(),
                asked.from(),
                Duration.ofSeconds(pieces.stepSeconds()),
                pieces.piece(),
                rates,
                replayed.tracks().stream()
                        .map(track -> PolicyLines.of(track, pieces, first, capacityOf(replayed)))
                        .toList(),
                replayed.result().frontier().stream().map(FrontierPoint::of).toList(),
                asked.trailAt().flatMap(at -> trailOf(replayed, at)).orElse(null));
    }

    private static CapacityModel capacityOf(Replayed replayed) {
        return replayed.endpoint().spec().policy().capacity();
    }

    private static Optional<TrailMoment> trailOf(Replayed replayed, Instant at) {
        return replayed.tracks().stream()
                .filter(track -> track.policy().equals(ReplayPolicy.PRESCALE))
                .map(ReplayTrack::trail)
                .findFirst()
                .flatMap(trail -> trail.at(at).map(entry -> TrailMoment.of(trail, entry)));
    }

    /**
     * One policy; values of the points.
     *
     * @param ready replicas that serve
     * @param desired replicas asked for
     * @param sustained what the ready ones sustain, req/s
     */
    @Schema(name = "BacktestPolicyLines")
    record PolicyLines(String policy, List<Integer> ready, List<Integer> desired, List<Double> sustained) {
        private static PolicyLines of(ReplayTrack track, MinMaxPieces pieces, int first, CapacityModel capacity) {
            List<Integer> ready = replicas(pieces, minute -> track.readyAt(first + minute));
            return new PolicyLines(
                    track.policy(),
                    ready,
                    replicas(pieces, minute -> track.desiredAt(first + minute)),
                    ready.stream()
                            .map(replicas -> Wire.fiveDigits(capacity.sustainedBy(replicas)))
                            .toList());
        }

        private static List<Integer> replicas(MinMaxPieces pieces, IntUnaryOperator at) {
            List<Integer> values = new ArrayList<>();
            pieces.each(at::applyAsInt, value -> values.add((int) value));
            return values;
        }
    }

    /** @param headroom 1 is the policy as it is */
    @Schema(name = "BacktestFrontierPoint")
    record FrontierPoint(String policy, double headroom, double replicaHours, double violationMinutes) {
        private static FrontierPoint of(BacktestResult.Point point) {
            return new FrontierPoint(point.policy(), point.headroom(), point.replicaHours(), point.violationMinutes());
        }
    }

    /**
     * The decision in force at a moment.
     *
     * @param at when it was made
     * @param resolution how far a decision that was not kept may lie from one that was
     */
    @Schema(name = "BacktestDecision")
    record TrailMoment(Instant at, Duration resolution, DecisionBody decision) {
        private static TrailMoment of(DecisionTrail trail, DecisionTrail.Entry entry) {
            return new TrailMoment(entry.at(), trail.resolution(), DecisionBody.of(entry.decision()));
        }
    }
}
