package dev.prescale.config;

/** What the values of a series mean. */
public enum RateUnit {
    /** Mean requests per second in the step. */
    RATE("rate"),
    /** Requests in the step. */
    COUNT("count");

    private final String wireName;

    RateUnit(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}
