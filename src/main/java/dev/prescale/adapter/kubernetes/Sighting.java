package dev.prescale.adapter.kubernetes;

/** What came of looking for a workload. */
sealed interface Sighting {
    record Seen(Workload workload) implements Sighting {}

    /** It is not there, or it cannot be told. */
    record NotSeen(String reason) implements Sighting {}
}
