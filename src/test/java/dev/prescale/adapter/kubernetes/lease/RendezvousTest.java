package dev.prescale.adapter.kubernetes.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RendezvousTest {
    @Test
    void bucketsOfEndpointsDoNotChangeFromVersionToVersion() {
        assertThat(List.of("a/b", "inference/chat", "inference/chat-v2"))
                .extracting(name -> Rendezvous.bucketOf(name, 8))
                .containsExactly(5, 5, 3);
    }

    @Test
    void endpointsSpreadOverBuckets() {
        var sizes = IntStream.range(0, 8_000)
                .boxed()
                .collect(Collectors.groupingBy(
                        number -> Rendezvous.bucketOf("inference/chat-" + number, 8), Collectors.counting()));

        assertThat(sizes).hasSize(8);
        assertThat(sizes.values()).allSatisfy(size -> assertThat(size).isBetween(900L, 1_100L));
    }

    @Test
    void whoLeavesMovesItsOwnBucketsOnly() {
        List<String> three = List.of("a", "b", "c");
        List<String> two = List.of("a", "b");
        List<String> moved = new ArrayList<>();
        for (int bucket = 0; bucket < 100; bucket++) {
            String before = Rendezvous.winner(bucket, three).orElseThrow();
            String after = Rendezvous.winner(bucket, two).orElseThrow();
            if (before.equals("c")) {
                moved.add(after);
            } else {
                assertThat(after).isEqualTo(before);
            }
        }

        assertThat(moved).hasSizeBetween(20, 46).contains("a", "b");
    }
}
