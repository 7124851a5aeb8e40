package dev.prescale.adapter.influx;

import org.jboss.logging.Logger;

/** Told how a long read goes on. Called by several threads. */
@FunctionalInterface
public interface ReadProgress {
    /** A line in the log at every quarter. */
    ReadProgress LOGGED = (source, done, all) -> {
        if (done * 4 / all > (done - 1) * 4 / all) {
            Logger.getLogger(ReadProgress.class).infof("history of %s: %d of %d parts read", source, done, all);
        }
    };

    /**
     * @param source bucket, measurement and field
     * @param done requests that have been answered
     * @param all requests that the read takes
     */
    void read(String source, int done, int all);
}
