package dev.prescale.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelsTest {
    private static final Map<String, String> LABELS = Map.of("app", "chat", "tier", "web", "empty", "");

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "app=chat | true",
                "app==chat | true",
                "app = chat | true",
                "app=shop | false",
                "app=chat,tier=db | false",
                "app=chat,tier=web | true",
                "app in (shop, chat),tier=web | true",
                "app in (shop) | false",
                "app notin (shop,blog) | true",
                "app notin (chat) | false",
                "other notin (chat) | true",
                "app!=shop | true",
                "other!=shop | true",
                "app != chat | false",
                "app | true",
                "other | false",
                "!other | true",
                "!app | false",
                "empty= | true",
                "app= | false",
            })
    void readsTheTextOfASelector(String text, boolean selects) {
        assertThat(Labels.parse(text).select(LABELS)).isEqualTo(selects);
    }

    @Test
    void aSelectorWithoutRequirementsSelectsNothing() {
        assertThat(Labels.parse("").select(LABELS)).isFalse();
        assertThat(Labels.of(null).select(LABELS)).isFalse();
    }

    @Test
    void labelsAndExpressionsAllHold() {
        LabelSelectorBuilder selector = new LabelSelectorBuilder()
                .addToMatchLabels("app", "chat")
                .addToMatchExpressions(
                        new LabelSelectorRequirement("tier", "In", List.of("web", "api")),
                        new LabelSelectorRequirement("canary", "DoesNotExist", null));

        assertThat(Labels.of(selector.build()).select(LABELS)).isTrue();
        assertThat(Labels.of(selector.build()).select(Map.of("app", "chat", "tier", "web", "canary", "")))
                .isFalse();
        assertThat(Labels.of(selector.build()).select(Map.of("app", "chat"))).isFalse();
    }
}
