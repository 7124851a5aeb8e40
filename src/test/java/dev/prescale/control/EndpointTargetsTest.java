package dev.prescale.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.control.EndpointSpec.ScaleTargetRef;
import dev.prescale.control.EndpointTargets.Found;
import dev.prescale.testing.Specs;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EndpointTargetsTest {
    private static final EndpointSpec CHAT = spec("chat-endpoint", Mode.OBSERVE);

    @ParameterizedTest
    @CsvSource({
        "test, apps/v1, Deployment, chat, true",
        "test, apps/v2, Deployment, chat, true",
        "test, '', Deployment, chat, true",
        "test, v1, Deployment, chat, false",
        "test, example.dev/v1, Deployment, chat, false",
        "test, apps/v1, StatefulSet, chat, false",
        "test, apps/v1, Deployment, shop, false",
        "elsewhere, apps/v1, Deployment, chat, false"
    })
    void aWorkloadIsItsNamespaceGroupKindAndName(
            String namespace, String apiVersion, String kind, String name, boolean isFound) {
        Found found = EndpointTargets.find(List.of(CHAT), namespace, new ScaleTargetRef(apiVersion, kind, name));

        assertThat(found).isEqualTo(isFound ? new Found.One(CHAT) : new Found.None());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OBSERVE")
    void ofSeveralTheOneThatDoesMoreThanObserveCounts(Mode mode) {
        EndpointSpec acting = spec("second", mode);

        assertThat(find(CHAT, acting)).isEqualTo(new Found.One(acting));
    }

    @Test
    void severalThatOnlyObserveOrBothActAreNamed() {
        EndpointSpec other = spec("another", Mode.OBSERVE);

        assertThat(find(CHAT, other)).isEqualTo(new Found.Several(List.of(other.id(), CHAT.id())));
        assertThat(find(CHAT, spec("a", Mode.SCALE), spec("b", Mode.KEDA)))
                .isEqualTo(new Found.Several(
                        List.of(new EndpointId("test", "a"), new EndpointId("test", "b"), CHAT.id())));
    }

    private static Found find(EndpointSpec... specs) {
        return EndpointTargets.find(List.of(specs), "test", new ScaleTargetRef("apps/v1", "Deployment", "chat"));
    }

    private static EndpointSpec spec(String name, Mode mode) {
        return Specs.anEndpoint(
                new EndpointId("test", name), mode, new ScaleTargetRef("apps/v1", "Deployment", "chat"));
    }
}
