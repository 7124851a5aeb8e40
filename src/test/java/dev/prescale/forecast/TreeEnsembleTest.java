package dev.prescale.forecast;

import static dev.prescale.forecast.TreeEnsemble.LEAF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.prescale.forecast.TreeEnsemble.Tree;
import java.util.List;
import org.junit.jupiter.api.Test;

class TreeEnsembleTest {
    // x0 <= 1 ? (x1 <= 5 ? 10 : 20) : 30
    private static final Tree DEEP = new Tree(List.of(0, 1, LEAF, LEAF, LEAF), List.of(1.0, 5.0, 10.0, 20.0, 30.0));
    // x1 <= 7 ? -1 : -2
    private static final Tree STUMP = new Tree(List.of(1, LEAF, LEAF), List.of(7.0, -1.0, -2.0));
    private static final TreeEnsemble TWO = TreeEnsemble.of(2, 100, List.of(DEEP, STUMP));

    @Test
    void addsTheLeavesIntoWhichARowFalls() {
        assertThat(TWO.predict(new double[] {1, 5})).isEqualTo(100 + 10 - 1);
        assertThat(TWO.predict(new double[] {1, 5.1})).isEqualTo(100 + 20 - 1);
        assertThat(TWO.predict(new double[] {1.1, 5})).isEqualTo(100 + 30 - 1);
        assertThat(TWO.predict(new double[] {0, 8})).isEqualTo(100 + 20 - 2);
    }

    @Test
    void whatIsNotANumberGoesToTheRight() {
        assertThat(TWO.predict(new double[] {Double.NaN, Double.NaN})).isEqualTo(100 + 30 - 2);
    }

    @Test
    void withoutTreesThereIsTheIntercept() {
        assertThat(TreeEnsemble.of(1, 3, List.of()).predict(new double[] {9})).isEqualTo(3);
    }

    @Test
    void givesBackTheTreesItWasMadeOf() {
        assertThat(TWO.trees()).containsExactly(DEEP, STUMP);
        assertThat(TreeEnsemble.of(2, 100, TWO.trees())).isEqualTo(TWO);
        assertThat(TWO.nodeCount()).isEqualTo(8);
    }

    @Test
    void refusesWhatIsNoTree() {
        assertThatThrownBy(() -> new Tree(List.of(), List.of())).hasMessageContaining("lacks 1 leaves");
        assertThatThrownBy(() -> new Tree(List.of(0, LEAF), List.of(1.0, 2.0))).hasMessageContaining("lacks 1 leaves");
        assertThatThrownBy(() -> new Tree(List.of(LEAF, LEAF), List.of(1.0, 2.0)))
                .hasMessageContaining("goes on after its last leaf");
        assertThatThrownBy(() -> new Tree(List.of(LEAF), List.of(1.0, 2.0))).hasMessageContaining("as many values");
        assertThatThrownBy(() -> new Tree(List.of(LEAF), List.of(Double.NaN))).hasMessageContaining("finite");
        assertThatThrownBy(() -> new Tree(List.of(-2, LEAF, LEAF), List.of(1.0, 1.0, 1.0)))
                .hasMessageContaining("was -2");
    }

    @Test
    void refusesAFeatureThatARowDoesNotHave() {
        assertThatThrownBy(() -> TreeEnsemble.of(1, 0, List.of(STUMP))).hasMessageContaining("feature 1 of 1");
        assertThatThrownBy(() -> TreeEnsemble.of(0, 0, List.of())).hasMessageContaining("features");
        assertThatThrownBy(() -> TreeEnsemble.of(1, Double.NaN, List.of())).hasMessageContaining("intercept");
    }
}
