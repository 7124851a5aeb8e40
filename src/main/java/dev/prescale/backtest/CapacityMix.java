package dev.prescale.backtest;

import dev.prescale.capacity.CapacityModel;
import dev.prescale.control.EndpointId;
import dev.prescale.series.Require;
import java.time.Duration;
import java.util.Arrays;

/**
 * Which of a policy's replicas to reserve, which may run on spot capacity and which are bought on demand: from the load-duration curve
 * of the replicas that were ready, {@code share(n)}, the share of the minutes in which at least {@code n} were.
 *
 * <p>A reserved replica is paid whether it runs or not, any other only while it runs. Without spot capacity replica number {@code n} is
 * reserved where
 * <pre>   share(n) > reserved / onDemand</pre>
 * With spot capacity the number reserved is the one of least cost. With {@code lambda} interruptions an hour, a start time {@code S} in
 * hours and {@code u} = unserved : idle of the specification,
 * <pre>   spotCost(m) = spot + lambda * S * u * onDemand * P(idle &lt; m)</pre>
 * is what an hour of the {@code m}-th replica above the reserved ones costs on spot: its price, and what is missing for one start time
 * after an interruption. It may run there while that is below {@code onDemand}.
 *
 * <p>Assumed: an interruption takes all spot replicas at once, since they are of one pool; then the {@code m}-th is missed only where
 * fewer than {@code m} ready replicas were idle. That is the worst case for a given {@code lambda}. Replicas that are missing are not
 * paid, which is left out, and a missing replica-hour costs {@code u} times an on-demand one.
 *
 * <p>Keeps a count per number of replicas, whatever the length of the trace. Not thread-safe.
 */
public final class CapacityMix implements Replay.Listener {
    private static final double MINUTES_PER_HOUR = 60;

    private final CapacityModel capacity;
    private final double unservedPerIdle;
    private final double startHours;
    private long[] minutesByReady = new long[64];
    private long[] minutesByIdle = new long[64];
    private long minutes;

    /** @param setup with one endpoint */
    public CapacityMix(ReplaySetup setup) {
        ReplaySetup.Endpoint endpoint = setup.endpoints().getFirst();
        this.capacity = endpoint.spec().policy().capacity();
        this.unservedPerIdle = endpoint.spec().policy().predictive().unservedPerIdle();
        Duration start = endpoint.startTime().p90();
        this.startHours = start.toMillis() / 3_600_000.0;
    }

    /**
     * Of a replica-hour, in any currency; an interruption takes spot replicas away without asking.
     *
     * @param onDemand above 0
     * @param reserved paid whether it is used or not, at most {@code onDemand}; the same where nothing can be reserved
     * @param spot at most {@code onDemand}; the same where there is no spot capacity
     * @param interruptionsPerHour of spot replicas, at least 0
     */
    public record Prices(double onDemand, double reserved, double spot, double interruptionsPerHour) {
        public static final double MOST = 1e6;

        /** One in twenty hours: more than providers publish for all but the scarcest kinds. */
        public static final double DEFAULT_INTERRUPTIONS_PER_HOUR = 0.05;

        public static final double MOST_INTERRUPTIONS_PER_HOUR = 60;

        public Prices {
            Require.that(onDemand > 0 && onDemand <= MOST, "onDemand must be in (0, 1e6], was %s", onDemand);
            Require.that(
                    reserved > 0 && reserved <= onDemand,
                    "reserved must be above 0 and at most onDemand, which is %s, was %s",
                    onDemand,
                    reserved);
            Require.that(
                    spot > 0 && spot <= onDemand,
                    "spot must be above 0 and at most onDemand, which is %s, was %s",
                    onDemand,
                    spot);
            Require.that(
                    interruptionsPerHour >= 0 && interruptionsPerHour <= MOST_INTERRUPTIONS_PER_HOUR,
                    "interruptionRate must be from 0 to %s an hour, was %s",
                    MOST_INTERRUPTIONS_PER_HOUR,
                    interruptionsPerHour);
        }

        boolean hasSpot() {
            return spot < onDemand;
        }
    }

    @Override
    public void minuteScored(EndpointId endpoint, MinuteRow row) {
        int ready = row.ready();
        int busy = CapacityModel.ceilToReplicas(ReplicaNeed.busyReplicas(capacity, row.demand()));
        minutesByReady = counted(minutesByReady, ready);
        minutesByIdle = counted(minutesByIdle, Math.max(0, ready - busy));
        minutes++;
    }

    private static long[] counted(long[] counts, int at) {
        long[] grown = at < counts.length ? counts : Arrays.copyOf(counts, Math.max(at + 1, 2 * counts.length));
        grown[at]++;
        return grown;
    }

    /**
     * The cheapest mix; throws {@link IllegalStateException} where no minute was told.
     *
     * @param policy whose replicas they are
     */
    public MixedCapacity at(Prices prices, String policy) {
        if (minutes == 0) {
            throw new IllegalStateException("no minute of " + policy + " was scored");
        }
        double[] hours = atLeast(minutesByReady);
        double[] idleBelow = idleBelow();
        int spotMost = spotMost(prices, idleBelow);
        MixedCapacity cheapest = mixed(prices, policy, hours, idleBelow, 0, spotMost);
        for (int reserved = 1; reserved < hours.length && hours[reserved] > 0; reserved++) {
            MixedCapacity other = mixed(prices, policy, hours, idleBelow, reserved, spotMost);
            cheapest = other.cost() < cheapest.cost() ? other : cheapest;
        }
        return cheapest;
    }

    /** Hours in which there were at least n, by n. */
    private static double[] atLeast(long[] counts) {
        double[] hours = new double[counts.length];
        double sum = 0;
        for (int n = counts.length - 1; n >= 0; n--) {
            sum += counts[n] / MINUTES_PER_HOUR;
            hours[n] = sum;
        }
        return hours;
    }

    /** Share of the minutes in which fewer than n ready replicas were idle, by n. */
    private double[] idleBelow() {
        double[] shares = new double[Math.max(minutesByIdle.length, minutesByReady.length) + 1];
        double sum = 0;
        for (int n = 1; n < shares.length; n++) {
            sum += n <= minutesByIdle.length ? minutesByIdle[n - 1] : 0;
            shares[n] = sum / minutes;
        }
        return shares;
    }

    /** How many replicas may run on spot at the same time. */
    private int spotMost(Prices prices, double[] idleBelow) {
        if (!prices.hasSpot()) {
            return 0;
        }
        double interruption = prices.interruptionsPerHour() * startHours * unservedPerIdle * prices.onDemand();
        int most = 0;
        while (most + 1 < idleBelow.length && prices.spot() + interruption * idleBelow[most + 1] < prices.onDemand()) {
            most++;
        }
        return most;
    }

    private MixedCapacity mixed(
            Prices prices, String policy, double[] hours, double[] idleBelow, int reserved, int spotMost) {
        double all = 0;
        double onReserved = 0;
        double onSpot = 0;
        double missing = 0;
        int spotReplicas = 0;
        for (int n = 1; n < hours.length && hours[n] > 0; n++) {
            all += hours[n];
            if (n <= reserved) {
                onReserved += hours[n];
            } else if (n <= reserved + spotMost) {
                onSpot += hours[n];
                missing += hours[n] * prices.interruptionsPerHour() * startHours * idleBelow[n - reserved];
                spotReplicas++;
            }
        }
        return new MixedCapacity(
                policy,
                prices,
                hours[0],
                all,
                reserved,
                onReserved,
                spotReplicas,
                onSpot,
                missing,
                missing * unservedPerIdle * prices.onDemand());
    }
}
