package dev.prescale.backtest;

import dev.prescale.series.Require;
import java.util.Arrays;

/**
 * How long requests waited, in buckets that grow by a twentieth: a quantile is off by less than 5 %, whatever the number of
 * requests. Waits below a millisecond are none. Amounts of requests need not be whole.
 */
final class WaitHistogram {
    /** In seconds. */
    static final double LEAST_WAIT = 0.001;

    private static final double GROWTH = 1.05;
    private static final double LONGEST_WAIT = Queueing.LONGEST_PATIENCE.toSeconds();
    private static final int BUCKETS =
            1 + (int) Math.ceil(StrictMath.log(LONGEST_WAIT / LEAST_WAIT) / StrictMath.log(GROWTH));
    private static final double[] EDGES = edges();

    /** Requests that waited from {@code EDGES[k]} to below {@code EDGES[k + 1]}. */
    private final double[] requests = new double[BUCKETS];

    private double total;

    /** 0, then 1 ms and a twentieth more each. */
    private static double[] edges() {
        double[] edges = new double[BUCKETS + 1];
        for (int k = 1; k <= BUCKETS; k++) {
            edges[k] = LEAST_WAIT * StrictMath.pow(GROWTH, k - 1.0);
        }
        return edges;
    }

    static int buckets() {
        return BUCKETS;
    }

    /** Where a bucket begins, in seconds. */
    static double edge(int bucket) {
        return EDGES[bucket];
    }

    /** Adds requests that all waited in one bucket. */
    void add(int bucket, double amount) {
        requests[bucket] += amount;
        total += amount;
    }

    /** Adds requests that waited this long. */
    void addAt(double wait, double amount) {
        add(bucketOf(wait), amount);
    }

    /** Adds requests whose waits are spread evenly between the two, in either order. */
    void addBetween(double one, double other, double amount) {
        double from = Math.min(one, other);
        double to = Math.max(one, other);
        int first = bucketOf(from);
        int last = bucketOf(to);
        if (first == last) {
            add(first, amount);
            return;
        }
        for (int k = first; k <= last; k++) {
            double begin = Math.max(from, EDGES[k]);
            double end = k == last ? to : EDGES[k + 1];
            add(k, amount * (end - begin) / (to - from));
        }
    }

    private static int bucketOf(double wait) {
        int found = Arrays.binarySearch(EDGES, wait);
        return Math.min(found >= 0 ? found : -found - 2, BUCKETS - 1);
    }

    void addAll(WaitHistogram other) {
        for (int k = 0; k < BUCKETS; k++) {
            requests[k] += other.requests[k];
        }
        total += other.total;
    }

    double total() {
        return total;
    }

    /** Seconds that this share of the requests waited at most; 0 without requests. */
    double quantile(double share) {
        Require.that(share > 0 && share < 1, "share must be in (0, 1), was %s", share);
        double wanted = share * total;
        double below = 0;
        for (int k = 0; k < BUCKETS; k++) {
            if (below + requests[k] >= wanted) {
                double part = requests[k] == 0 ? 0 : (wanted - below) / requests[k];
                return k == 0 ? 0 : EDGES[k] + part * (EDGES[k + 1] - EDGES[k]);
            }
            below += requests[k];
        }
        return EDGES[BUCKETS];
    }
}
