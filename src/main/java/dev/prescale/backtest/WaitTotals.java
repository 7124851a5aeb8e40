package dev.prescale.backtest;

/** What came of the requests of some time: a few numbers and a histogram, however long that is. */
final class WaitTotals {
    static final double WAIT_QUANTILE = 0.95;

    private final WaitHistogram waits = new WaitHistogram();
    private double arrived;
    private double served;
    private double abandoned;

    void arrive(double requests) {
        arrived += requests;
    }

    /** Served after a wait between the two. */
    void serve(double requests, double oneWait, double otherWait) {
        served += requests;
        waits.addBetween(oneWait, otherWait, requests);
    }

    /** Gone after this wait. */
    void abandon(double requests, double wait) {
        abandoned += requests;
        waits.addAt(wait, requests);
    }

    /** Shares of requests by the bucket of their wait; one part of them was served and the others left. */
    void pass(double requests, SteadyWaits waiting) {
        double left = requests * waiting.abandonedShare();
        abandoned += left;
        served += requests - left;
        waiting.addTo(waits, requests);
    }

    void addAll(WaitTotals other) {
        waits.addAll(other.waits);
        arrived += other.arrived;
        served += other.served;
        abandoned += other.abandoned;
    }

    double arrived() {
        return arrived;
    }

    double served() {
        return served;
    }

    double abandoned() {
        return abandoned;
    }

    /** Share of the requests that left before they were served; 0 without requests. */
    double abandonedShare() {
        return arrived == 0 ? 0 : abandoned / arrived;
    }

    /** Seconds that 95 % of the requests waited at most, those that left included. */
    double waitP95() {
        return waits.quantile(WAIT_QUANTILE);
    }
}
