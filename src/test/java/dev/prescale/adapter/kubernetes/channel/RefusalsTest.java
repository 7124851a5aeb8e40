package dev.prescale.adapter.kubernetes.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.control.EndpointId;
import dev.prescale.control.EndpointSpec.ScaleTargetRef;
import dev.prescale.control.Mode;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RefusalsTest {
    private static final Instant NOON = Instant.parse("2024-01-01T12:00:00Z");
    private static final Refusals.Subject CHAT = subject("chat", Mode.SCALE);
    private static final Refusals.Subject SHOP = subject("shop", Mode.SCALE);

    private final Refusals refusals = new Refusals();

    @Test
    void aSecondRefusalOfAKindIsTriedAgainAfterAMinute() {
        refuse(CHAT, 403, NOON);
        assertThat(refusals.standingFor(CHAT, NOON.plusSeconds(15))).isNull();

        refuse(CHAT, 403, NOON.plusSeconds(15));
        assertThat(refusals.standingFor(CHAT, NOON.plusSeconds(74))).isEqualTo("403");
        assertThat(refusals.standingFor(SHOP, NOON.plusSeconds(74))).isNull();
        assertThat(refusals.standingFor(CHAT, NOON.plusSeconds(75))).isNull();

        refuse(CHAT, 403, NOON.plusSeconds(75));
        assertThat(refusals.standingFor(CHAT, NOON.plusSeconds(90))).isEqualTo("403");
    }

    @Test
    void anotherKindOfRefusalIsTriedAgainInTheNextCycle() {
        refuse(CHAT, 403, NOON);
        refuse(CHAT, 404, NOON.plusSeconds(15));

        assertThat(refusals.standingFor(CHAT, NOON.plusSeconds(30))).isNull();
    }

    @Test
    void aChangedSpecificationStartsAnew() {
        refuse(CHAT, 403, NOON);
        refuse(CHAT, 403, NOON.plusSeconds(15));

        assertThat(refusals.standingFor(subject("chat", Mode.HPA_FLOOR), NOON.plusSeconds(30)))
                .isNull();
    }

    @Test
    void aSuccessAndAnOutdatedDecisionEndIt() {
        refuse(CHAT, 403, NOON);
        refuse(CHAT, 403, NOON);
        refusals.done(CHAT);
        assertThat(refusals.standingFor(CHAT, NOON.plusSeconds(15))).isNull();

        refuse(CHAT, 403, NOON);
        refuse(CHAT, 403, NOON);
        refuse(CHAT, 409, NOON);
        assertThat(refusals.standingFor(CHAT, NOON.plusSeconds(15))).isNull();
    }

    @Test
    void decisionsThatAreOutdatedEachTimeAreNotHeldBack() {
        refuse(CHAT, 422, NOON);
        refuse(CHAT, 422, NOON.plusSeconds(15));
        refuse(CHAT, 422, NOON.plusSeconds(30));

        assertThat(refusals.standingFor(CHAT, NOON.plusSeconds(45))).isNull();
    }

    @Test
    void anOverloadedServerGetsItsTimeFromAll() {
        refuse(CHAT, 429, Duration.ofSeconds(30), NOON);

        assertThat(refusals.standingFor(SHOP, NOON.plusSeconds(29))).isEqualTo("429");
        assertThat(refusals.standingFor(SHOP, NOON.plusSeconds(30))).isNull();
    }

    @Test
    void aShorterWaitDoesNotEndALongerOne() {
        refuse(CHAT, 429, Duration.ofSeconds(30), NOON);
        refuse(SHOP, 429, Duration.ofSeconds(1), NOON);

        assertThat(refusals.standingFor(SHOP, NOON.plusSeconds(29))).isEqualTo("429");
    }

    @Test
    void aSilentServerIsNotAskedAgainInTheSameCycle() {
        refusals.refused(CHAT, WriteFault.of(new KubernetesClientException("timeout"), null), "silent", NOON);

        assertThat(refusals.standingFor(SHOP, NOON)).isEqualTo("silent");
        assertThat(refusals.standingFor(SHOP, NOON.plusSeconds(15))).isNull();
    }

    @Test
    void endpointsThatAreGoneAreForgotten() {
        refuse(CHAT, 403, NOON);
        refuse(CHAT, 403, NOON);
        refusals.retain(endpoint -> false);

        assertThat(refusals.standingFor(CHAT, NOON.plusSeconds(15))).isNull();
    }

    private void refuse(Refusals.Subject subject, int code, Instant now) {
        refuse(subject, code, null, now);
    }

    private void refuse(Refusals.Subject subject, int code, @Nullable Duration wait, Instant now) {
        KubernetesClientException answer = new KubernetesClientException(
                "refused", code, new StatusBuilder().withCode(code).build());
        refusals.refused(subject, WriteFault.of(answer, wait), Integer.toString(code), now);
    }

    private static Refusals.Subject subject(String name, Mode mode) {
        return new Refusals.Subject(
                new EndpointId(Hpas.NAMESPACE, name), mode, new ScaleTargetRef("apps/v1", "Deployment", name));
    }
}
