package dev.prescale.forecast;

import java.util.Optional;

/**
 * What was learned across endpoints, for those that have too little history of their own. Each part may be absent; without it
 * an endpoint goes on alone.
 */
public record SharedModel(Optional<PeakTrees> peaks, Optional<ColdStartTrees> coldStart) {
    public static final SharedModel NONE = new SharedModel(Optional.empty(), Optional.empty());
}
