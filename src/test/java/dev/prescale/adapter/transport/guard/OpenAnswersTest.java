package dev.prescale.adapter.transport.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OpenAnswersTest {
    private final OpenAnswers answers = new OpenAnswers();

    @Test
    void aClientHasOnlySoManyAndAnotherItsOwn() {
        for (int k = 0; k < OpenAnswers.MOST; k++) {
            assertThat(answers.begin("a")).isTrue();
        }
        assertThat(answers.begin("a")).isFalse();
        assertThat(answers.begin("b")).isTrue();

        answers.end("a");
        assertThat(answers.begin("a")).isTrue();
        assertThat(answers.begin("a")).isFalse();
    }

    @Test
    void whoHasNoneLeavesNothingBehind() {
        answers.begin("a");
        answers.begin("a");
        answers.end("a");
        answers.end("a");
        answers.end("a");

        assertThat(answers.clients()).isZero();
    }
}
