package dev.prescale.adapter.transport.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OpenAnswersTest {
    private final OpenAnswers answers = new OpenAnswers(3, 5);

    @Test
    void aClientHasOnlySoManyAndAnotherItsOwn() {
        for (int k = 0; k < 3; k++) {
            assertThat(answers.begin("a")).isTrue();
        }
        assertThat(answers.begin("a")).isFalse();
        assertThat(answers.begin("b")).isTrue();

        answers.end("a");
        assertThat(answers.begin("a")).isTrue();
        assertThat(answers.begin("a")).isFalse();
    }

    @Test
    void thereAreOnlySoManyForAll() {
        for (String client : new String[] {"a", "a", "a", "b", "b"}) {
            assertThat(answers.begin(client)).isTrue();
        }
        assertThat(answers.begin("c")).isFalse();

        answers.end("b");
        assertThat(answers.begin("c")).isTrue();
        assertThat(answers.begin("d")).isFalse();
    }

    @Test
    void whoHasNoneLeavesNothingBehind() {
        answers.begin("a");
        answers.begin("a");
        answers.end("a");
        answers.end("a");
        answers.end("a");

        assertThat(answers.clients()).isZero();
        assertThat(answers.begin("b") && answers.begin("b") && answers.begin("b") && answers.begin("c"))
                .isTrue();
    }
}
