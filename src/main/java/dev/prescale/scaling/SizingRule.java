package dev.prescale.scaling;

import java.util.List;

/** A rule that may ask for replicas. Pure. */
interface SizingRule {
    /** What it says: nothing where it has no part in this situation, several where it covers several metrics. */
    List<Opinion> opinions(Situation situation);
}
