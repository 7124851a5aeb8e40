package dev.prescale.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.control.EndpointSpec.ScaleTargetRef;
import dev.prescale.control.TargetClaims.Claim;
import dev.prescale.testing.Specs;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TargetClaimsTest {
    private static final Instant NOON = Instant.parse("2024-01-01T12:00:00Z");
    private static final EndpointId A = new EndpointId("test", "a");
    private static final EndpointId B = new EndpointId("test", "b");
    private static final EndpointId C = new EndpointId("test", "c");

    @Test
    void theOlderOneActs() {
        assertThat(conflicts(claim("a", NOON.plusSeconds(1)), claim("b", NOON), claim("c", NOON.plusSeconds(2))))
                .isEqualTo(Map.of(A, B, C, B));
    }

    @Test
    void theOrderOfTheClaimsDoesNotMatter() {
        assertThat(conflicts(claim("b", NOON), claim("a", NOON.plusSeconds(1))))
                .isEqualTo(conflicts(claim("a", NOON.plusSeconds(1)), claim("b", NOON)));
    }

    @Test
    void filesCountAsOlderAndAmongThemTheFirstByName() {
        assertThat(conflicts(claim("a", NOON), claim("c", null), claim("b", null)))
                .isEqualTo(Map.of(A, B, C, B));
    }

    @Test
    void ofTheSameAgeTheFirstByNameActs() {
        assertThat(conflicts(claim("b", NOON), claim("a", NOON))).isEqualTo(Map.of(B, A));
    }

    @Test
    void whoOnlyObservesIsInConflictWithNobody() {
        Claim observing = new Claim(spec("a", Mode.OBSERVE, "apps/v1", "Deployment", "chat"), NOON);

        assertThat(conflicts(observing, claim("b", NOON.plusSeconds(1)))).isEmpty();
    }

    @Test
    void scalingAndRaisingTheFloorOfAnHpaAreInConflict() {
        Claim floor = new Claim(spec("a", Mode.HPA_FLOOR, "apps/v1", "Deployment", "chat"), NOON.plusSeconds(1));

        assertThat(conflicts(floor, claim("b", NOON))).isEqualTo(Map.of(A, B));
    }

    @Test
    void anotherVersionIsTheSameWorkloadAndAnotherGroupKindNameOrNamespaceIsNot() {
        Claim chat = new Claim(spec("a", Mode.SCALE, "apps/v1", "Deployment", "chat"), NOON);
        EndpointId elsewhere = new EndpointId("elsewhere", "a");

        assertThat(conflicts(chat, new Claim(spec("b", Mode.SCALE, "apps/v2", "Deployment", "chat"), NOON)))
                .isEqualTo(Map.of(B, A));
        assertThat(conflicts(
                        chat,
                        new Claim(spec("b", Mode.SCALE, "example.dev/v1", "Deployment", "chat"), NOON),
                        new Claim(spec("c", Mode.SCALE, "apps/v1", "StatefulSet", "chat"), NOON),
                        new Claim(spec("d", Mode.SCALE, "apps/v1", "Deployment", "shop"), NOON),
                        new Claim(spec(elsewhere, Mode.SCALE, "apps/v1", "Deployment", "chat"), NOON)))
                .isEmpty();
    }

    private static Map<EndpointId, EndpointId> conflicts(Claim... claims) {
        return TargetClaims.conflicts(List.of(claims));
    }

    private static Claim claim(String name, @Nullable Instant created) {
        return new Claim(spec(name, Mode.SCALE, "apps/v1", "Deployment", "chat"), created);
    }

    private static EndpointSpec spec(String name, Mode mode, String apiVersion, String kind, String target) {
        return spec(new EndpointId("test", name), mode, apiVersion, kind, target);
    }

    private static EndpointSpec spec(EndpointId id, Mode mode, String apiVersion, String kind, String target) {
        return Specs.anEndpoint(id, mode, new ScaleTargetRef(apiVersion, kind, target));
    }
}
