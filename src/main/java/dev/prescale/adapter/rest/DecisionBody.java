package dev.prescale.adapter.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.prescale.scaling.Proposal;
import dev.prescale.scaling.Reason;
import dev.prescale.scaling.ScalingDecision;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a cycle came to, as {@code POST /preview} answers it.
 *
 * @param replicas what the workload shall have
 * @param action {@code ScaleTo} or {@code Hold}
 * @param proposals what each rule asked for
 * @param recommended their combination before limits
 * @param trail ordered reasons; each limit that changed the number is among them
 */
@Schema(name = "Decision")
record DecisionBody(
        int replicas,
        int currentReplicas,
        String action,
        List<RuleProposal> proposals,
        int recommended,
        List<TrailEntry> trail) {
    static DecisionBody of(ScalingDecision decision) {
        return new DecisionBody(
                decision.replicas(),
                decision.currentReplicas(),
                decision.action().wireName(),
                decision.proposals().stream().map(RuleProposal::of).toList(),
                decision.recommended(),
                decision.trail().stream().map(TrailEntry::of).toList());
    }

    /**
     * @param replicas null where the rule abstained
     * @param reason why it abstained; left out where it did not
     * @param message the same in a sentence with numbers and units; left out where there is none
     */
    @Schema(name = "Proposal")
    record RuleProposal(
            String rule,
            @Nullable Integer replicas,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String reason,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String message) {
        static RuleProposal of(Proposal proposal) {
            return new RuleProposal(proposal.rule(), proposal.replicas(), proposal.reason(), proposal.message());
        }
    }

    /**
     * @param from replicas before the rule spoke
     * @param to replicas after it spoke
     */
    @Schema(name = "Reason")
    record TrailEntry(String code, String rule, int from, int to, String message) {
        static TrailEntry of(Reason reason) {
            return new TrailEntry(
                    reason.code().wireName(), reason.rule(), reason.from(), reason.to(), reason.message());
        }
    }
}
