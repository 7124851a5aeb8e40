package dev.prescale.scaling;

import dev.prescale.series.Require;

/** Why a decision is what it is. The names are a contract with outside programs. */
public enum ReasonCode {
    TARGET_TRACKING,
    PRESENT_LOAD,
    FORECAST_PRE_SCALE,
    /** Observed above what was issued: target tracking joins. */
    FORECAST_MISSED,
    /** Scale-in refused because the forecast needs the replicas. */
    FORECAST_HOLD,
    STEP,
    SCHEDULE,
    WITHIN_TOLERANCE,
    SCALE_UP_STABILIZED,
    SCALE_DOWN_STABILIZED,
    SCALE_UP_LIMITED,
    SCALE_DOWN_LIMITED,
    BELOW_MINIMUM,
    ABOVE_MAXIMUM,
    MAXIMUM_RAISED,
    ROLLOUT_HOLD,
    COOLDOWN,
    PAUSED,
    NO_DATA,
    STALE_DATA,
    HISTORY_FAILED,
    FORECAST_DISTRUSTED,
    FORECAST_UNAVAILABLE,
    FALLBACK,
    AFTER_RESTART,
    SCALE_IN_NOT_UNANIMOUS;

    /** The name outside programs see: {@code TargetTracking}. */
    public String wireName() {
        StringBuilder text = new StringBuilder();
        for (String word : name().split("_")) {
            text.append(word.charAt(0)).append(word.substring(1).toLowerCase(java.util.Locale.ROOT));
        }
        return text.toString();
    }

    public static ReasonCode ofWireName(String wireName) {
        for (ReasonCode code : values()) {
            if (code.wireName().equals(wireName)) {
                return code;
            }
        }
        Require.that(false, "no reason code %s", wireName);
        throw new AssertionError();
    }
}
