package dev.prescale.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpecEditTest {
    private static final String SPEC = """
            # of the shop, päckchen 📦 included
            kind: PredictiveAutoscaler
            spec:
              minReplicas: 1   # one at night
              maxReplicas: 60
              capacity:
                perReplica: {requestRate: 3.6, targetUtilization: 0.7}
              predictive:
                cost: {unserved: 19, idle: 1}
                quantile: null
                leadTime: {initial: 90s}
                holidays: DE
              # how fast
              behavior:
                scaleUp: {}

            # the end
            """;

    @Test
    void valuesAreReplacedWhereTheyStand() {
        assertThat(edited(SPEC, Map.of("spec.minReplicas", 3, "spec.capacity.perReplica.targetUtilization", 0.85)))
                .isEqualTo(SPEC.replace("minReplicas: 1 ", "minReplicas: 3 ")
                        .replace("targetUtilization: 0.7", "targetUtilization: 0.85"));
        assertThat(edited(SPEC, Map.of("spec.predictive.quantile", 0.9)))
                .isEqualTo(SPEC.replace("quantile: null", "quantile: 0.9"));
    }

    @Test
    void keysThatAreNotThereAreAddedBesideTheirSiblings() {
        assertThat(edited(SPEC, Map.of("spec.predictive.targetUtilization", 0.9)))
                .isEqualTo(SPEC.replace("    holidays: DE\n", "    holidays: DE\n    targetUtilization: 0.9\n"));
        assertThat(edited(SPEC, Map.of("spec.predictive.leadTime.min", "4m")))
                .isEqualTo(SPEC.replace("{initial: 90s}", "{min: 4m, initial: 90s}"));
        assertThat(edited(SPEC, Map.of("spec.behavior.scaleDown.stabilizationWindow", "2m")))
                .isEqualTo(SPEC.replace(
                        "    scaleUp: {}\n", "    scaleUp: {}\n    scaleDown:\n      stabilizationWindow: 2m\n"));
        assertThat(edited(SPEC, Map.of("spec.behavior.scaleUp.stabilizationWindow", "2m")))
                .isEqualTo(SPEC.replace("scaleUp: {}", "scaleUp: {stabilizationWindow: 2m}"));
    }

    @Test
    void severalChangesGoTogether() {
        Map<String, Object> changes = new LinkedHashMap<>();
        changes.put("spec.fallback.replicas", 4);
        changes.put("spec.fallback.failureThreshold", 5);
        assertThat(edited("spec:\n  maxReplicas: 5", changes))
                .isEqualTo("spec:\n  maxReplicas: 5\n  fallback:\n    replicas: 4\n    failureThreshold: 5\n");
    }

    @Test
    void aKeyWithoutAValueGetsOne() {
        assertThat(edited("spec:\n  predictive:\n  maxReplicas: 5\n", Map.of("spec.predictive.quantile", 0.9)))
                .isEqualTo("spec:\n  predictive: {quantile: 0.9}\n  maxReplicas: 5\n");
    }

    @Test
    void jsonStaysJson() {
        String json = "{\"spec\": {\"maxReplicas\": 5}}";
        assertThat(edited(json, Map.of("spec.behavior.scaleDown.stabilizationWindow", "2m")))
                .isEqualTo(
                        "{\"spec\": {\"behavior\": {\"scaleDown\": {\"stabilizationWindow\": \"2m\"}}, \"maxReplicas\": 5}}");
        assertThat(StrictJson.parse(edited(json, Map.of("spec.maxReplicas", 7))))
                .isInstanceOf(ReadResult.Valid.class);
    }

    /** Changed at its anchor it would change in two places: the text is written anew, with all that it says. */
    @Test
    void whatCannotBeChangedInPlaceIsWrittenAnew() {
        String anchored = "# here\nspec:\n  minReplicas: &n 5\n  maxReplicas: *n\n  timeZone: \"NO\"\n";
        SpecEdit.Edited edited = SpecEdit.apply(anchored, Map.of("spec.minReplicas", 2));
        assertThat(edited.isInPlace()).isFalse();
        assertThat(edited.text()).isEqualTo("spec:\n  minReplicas: 2\n  maxReplicas: 5\n  timeZone: 'NO'\n");
    }

    @Test
    void noChangeIsNoChange() {
        assertThat(edited(SPEC, Map.of())).isEqualTo(SPEC);
    }

    private static String edited(String text, Map<String, Object> changes) {
        SpecEdit.Edited edited = SpecEdit.apply(text, changes);
        assertThat(edited.isInPlace()).isTrue();
        return edited.text();
    }
}
