package dev.prescale.backtest;

/** Who waits for a backtest. Called from the threads that replay. */
public interface BacktestWatch {
    BacktestWatch NONE = new BacktestWatch() {};

    /** @param share of the work that is done, 0 to 1; never falls */
    default void progress(double share) {}

    /** Asked once in a simulated hour. A backtest that is stopped has no result. */
    default boolean isStopped() {
        return false;
    }
}
