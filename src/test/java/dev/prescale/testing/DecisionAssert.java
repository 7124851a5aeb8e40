package dev.prescale.testing;

import dev.prescale.scaling.Proposal;
import dev.prescale.scaling.Reason;
import dev.prescale.scaling.ReasonCode;
import dev.prescale.scaling.ScalingDecision;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/** Assertions on a decision and its trail. */
public final class DecisionAssert extends AbstractAssert<DecisionAssert, ScalingDecision> {
    private DecisionAssert(ScalingDecision actual) {
        super(actual, DecisionAssert.class);
    }

    public static DecisionAssert assertThat(ScalingDecision decision) {
        return new DecisionAssert(decision);
    }

    /** The workload keeps what it has, and the trail says why. */
    public DecisionAssert holdsBecause(ReasonCode code) {
        return decides(actual.currentReplicas()).because(code);
    }

    public DecisionAssert decides(int replicas) {
        Assertions.assertThat(actual.replicas())
                .as("replicas, trail %s", actual.trail())
                .isEqualTo(replicas);
        return this;
    }

    public DecisionAssert recommends(int replicas) {
        Assertions.assertThat(actual.recommended())
                .as("recommended, trail %s", actual.trail())
                .isEqualTo(replicas);
        return this;
    }

    public DecisionAssert because(ReasonCode code) {
        Assertions.assertThat(actual.trail()).extracting(Reason::code).contains(code);
        return this;
    }

    public DecisionAssert notBecause(ReasonCode code) {
        Assertions.assertThat(actual.trail()).extracting(Reason::code).doesNotContain(code);
        return this;
    }

    /** The whole trail, in order. */
    public DecisionAssert trailIs(ReasonCode... codes) {
        Assertions.assertThat(actual.trail()).extracting(Reason::code).containsExactly(codes);
        return this;
    }

    /** The sentence of the first reason with this code. */
    public DecisionAssert says(ReasonCode code, String message) {
        Assertions.assertThat(actual.trail())
                .filteredOn(reason -> reason.code() == code)
                .extracting(Reason::message)
                .first()
                .isEqualTo(message);
        return this;
    }

    public DecisionAssert proposes(String rule, @Nullable Integer replicas) {
        Assertions.assertThat(actual.proposals())
                .filteredOn(proposal -> proposal.rule().equals(rule))
                .as("proposal of %s", rule)
                .extracting(Proposal::replicas)
                .containsExactly(replicas);
        return this;
    }

    /** Each reason begins where the one before ended, the first at the current and the last at the decided number. */
    public DecisionAssert hasAnUnbrokenTrail() {
        int replicas = actual.currentReplicas();
        for (Reason reason : actual.trail()) {
            Assertions.assertThat(reason.from()).as("from of %s", reason).isEqualTo(replicas);
            Assertions.assertThat(reason.message()).isNotBlank();
            replicas = reason.to();
        }
        Assertions.assertThat(replicas).as("end of %s", actual.trail()).isEqualTo(actual.replicas());
        return this;
    }
}
