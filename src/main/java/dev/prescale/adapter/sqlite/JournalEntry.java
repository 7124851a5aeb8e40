package dev.prescale.adapter.sqlite;

import dev.prescale.control.DecisionRecord;
import dev.prescale.control.EndpointId;
import dev.prescale.control.Mode;
import dev.prescale.scaling.Proposal;
import dev.prescale.scaling.Reason;
import dev.prescale.scaling.ReasonCode;
import dev.prescale.scaling.ScalingDecision;
import dev.prescale.series.Require;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decision as it lies in the journal. A form of its own, so that core types may change without a word to old files.
 *
 * @param version of this form; a field that is added later is null in older entries
 * @param requestRate req/s, null where unknown
 */
record JournalEntry(
        int version,
        String mode,
        int currentReplicas,
        int replicas,
        int recommended,
        List<RuleEntry> proposals,
        List<ReasonEntry> trail,
        boolean acted,
        String notActedReason,
        @Nullable Double requestRate,
        int readyReplicas) {
    static final int VERSION = 1;

    /** What one rule asked for. */
    record RuleEntry(
            String rule,
            @Nullable Integer replicas,
            @Nullable String reason,
            @Nullable String message) {}

    /** One reason of the trail. */
    record ReasonEntry(String code, String rule, int from, int to, String message) {}

    static JournalEntry of(DecisionRecord journalled) {
        ScalingDecision decision = journalled.decision();
        return new JournalEntry(
                VERSION,
                journalled.mode().wireName(),
                decision.currentReplicas(),
                decision.replicas(),
                decision.recommended(),
                decision.proposals().stream()
                        .map(proposal -> new RuleEntry(
                                proposal.rule(), proposal.replicas(), proposal.reason(), proposal.message()))
                        .toList(),
                decision.trail().stream()
                        .map(reason -> new ReasonEntry(
                                reason.code().wireName(), reason.rule(), reason.from(), reason.to(), reason.message()))
                        .toList(),
                journalled.acted(),
                journalled.notActedReason(),
                Double.isNaN(journalled.requestRate()) ? null : journalled.requestRate(),
                journalled.readyReplicas());
    }

    /** @throws IllegalArgumentException where the entry is of a newer version or names what is not known */
    DecisionRecord toRecord(EndpointId endpoint, Instant at) {
        Require.that(version == VERSION, "version must be %s, was %s", VERSION, version);
        List<Proposal> asked = proposals.stream()
                .map(entry -> new Proposal(entry.rule(), entry.replicas(), entry.reason(), entry.message()))
                .toList();
        List<Reason> reasons = trail.stream()
                .map(entry -> new Reason(
                        ReasonCode.ofWireName(entry.code()), entry.rule(), entry.from(), entry.to(), entry.message()))
                .toList();
        ScalingDecision decision = new ScalingDecision(currentReplicas, replicas, recommended, asked, reasons);
        double rate = requestRate == null ? Double.NaN : requestRate;
        return new DecisionRecord(at, endpoint, modeOf(mode), decision, acted, notActedReason, rate, readyReplicas);
    }

    private static Mode modeOf(String wireName) {
        for (Mode mode : Mode.values()) {
            if (mode.wireName().equals(wireName)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("no mode " + wireName);
    }
}
