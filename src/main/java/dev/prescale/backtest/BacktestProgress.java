package dev.prescale.backtest;

/** Adds up the parts of a backtest that run side by side. */
final class BacktestProgress {
    private final BacktestWatch watch;
    private double done;

    BacktestProgress(BacktestWatch watch) {
        this.watch = watch;
    }

    /** @param share of the whole */
    Part part(double share) {
        return new Part(share);
    }

    private synchronized void add(double more) {
        done = Math.min(1, done + more);
        watch.progress(done);
    }

    void done() {
        add(1);
    }

    /** One part, run by one thread. */
    final class Part {
        private final double share;
        private double reached;

        private Part(double share) {
            this.share = share;
        }

        /** @param to share of the part that is done, 0 to 1 */
        void reach(double to) {
            if (to > reached) {
                add(share * (to - reached));
                reached = to;
            }
        }
    }
}
