package dev.prescale.adapter.keda;

/** Port: calls somebody again and again. */
@FunctionalInterface
interface Ticks {
    /** Calls a task about once a second until the given handle is run. */
    Runnable everySecond(Runnable task);
}
