package dev.prescale.adapter.kubernetes.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.prescale.adapter.kubernetes.channel.FieldOwners.Owner;
import dev.prescale.adapter.kubernetes.channel.FloorRule.Conflict;
import dev.prescale.adapter.kubernetes.channel.FloorRule.GiveBack;
import dev.prescale.adapter.kubernetes.channel.FloorRule.Keep;
import dev.prescale.adapter.kubernetes.channel.FloorRule.Raise;
import dev.prescale.adapter.kubernetes.channel.FloorRule.Step;
import dev.prescale.control.EndpointId;
import dev.prescale.control.WorkloadScale.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FloorRuleTest {
    private static final Instant NOON = Instant.parse("2024-01-01T12:00:00Z");
    private static final Instant QUARTER_PAST = NOON.plusSeconds(900);
    private static final EndpointId CHAT = new EndpointId(Hpas.NAMESPACE, "chat");
    private static final Owner KUBECTL = new Owner("kubectl-create", "Update", "autoscaling/v2");
    private static final FloorRule RULE = new FloorRule(Duration.ofMinutes(15));
    private static final Hpas HPA = Hpas.named("chat");

    /** @param order replicas wanted; 0 where the rate is not known */
    private record Row(String name, Hpas hpa, int order, Step expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Row> steps() {
        return Stream.of(
                new Row("written once by a person: taken over", HPA, 7, raise(7, 2, KUBECTL, true)),
                new Row("nobody's: taken without force", HPA.min(1).ownedByNobody(), 7, raise(7, 1, null, false)),
                new Row(
                        "of an HPA older than the keeping of owners: taken over",
                        HPA.ownedBy(),
                        7,
                        raise(7, 2, FieldOwners.BEFORE, true)),
                new Row("no more than maxReplicas", HPA, 25, raise(20, 2, KUBECTL, true)),
                new Row(
                        "at maxReplicas, which is said",
                        HPA.raised("inference/chat", 20, "2024-01-01T12:15:00Z", 2),
                        25,
                        new Keep("the floor is at 20 already, its maxReplicas is 20; 25 are wanted")),
                new Row(
                        "as much as the owner wants",
                        HPA,
                        2,
                        new Keep("minReplicas of the HPA inference/chat is 2 already")),
                new Row("no rate", HPA, 0, new Keep("without a request rate no floor is set")),
                new Row(
                        "no rate while it is raised",
                        HPA.raised("inference/chat", 7, "2024-01-01T12:03:00Z", 2),
                        0,
                        new Keep(
                                "without a request rate the floor of 7 of the HPA inference/chat is not renewed: it ends at 2024-01-01T12:03:00Z")),
                new Row(
                        "as wanted, in the first half of its time",
                        HPA.raised("inference/chat", 7, "2024-01-01T12:07:30Z", 2),
                        7,
                        new Keep("the floor is at 7 already")),
                new Row(
                        "as wanted, in the second half of its time: renewed",
                        HPA.raised("inference/chat", 7, "2024-01-01T12:07:29Z", 2),
                        7,
                        raise(7, 2, KUBECTL, false)),
                new Row(
                        "more is wanted",
                        HPA.raised("inference/chat", 7, "2024-01-01T12:15:00Z", 2),
                        9,
                        raise(9, 2, KUBECTL, false)),
                new Row(
                        "less is wanted",
                        HPA.raised("inference/chat", 7, "2024-01-01T12:15:00Z", 2),
                        3,
                        raise(3, 2, KUBECTL, false)),
                new Row(
                        "no more than the owner's is wanted",
                        HPA.raised("inference/chat", 7, "2024-01-01T12:15:00Z", 2),
                        2,
                        new GiveBack("its owner's minReplicas of 2 is enough")),
                new Row(
                        "raised by an endpoint that had the same target",
                        HPA.raised("inference/older", 7, "2024-01-01T12:15:00Z", 2),
                        7,
                        raise(7, 2, KUBECTL, false)),
                new Row(
                        "taken back and let go since",
                        HPA.raised("inference/chat", 7, "2024-01-01T12:15:00Z", 2)
                                .min(1)
                                .ownedByNobody(),
                        7,
                        raise(7, 1, null, false)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("steps")
    void doesWhatTheOwnersAllow(Row row) {
        assertThat(next(row.hpa(), row.order())).isEqualTo(row.expected());
    }

    /** @param says in the sentence */
    private record Refused(String name, Hpas hpa, String says, boolean isTakenBack) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Refused> conflicts() {
        Hpas raised = HPA.raised("inference/chat", 7, "2024-01-01T12:15:00Z", 2);
        return Stream.of(
                new Refused(
                        "an applier manages it",
                        HPA.ownedBy(Hpas.owner("platform", "Apply")),
                        "platform (Apply) manages minReplicas of the HPA inference/chat, and would set it back. For a floor leave minReplicas out",
                        false),
                new Refused(
                        "a controller that reconciles by updates",
                        HPA.ownedBy(Hpas.owner("argocd-controller", "Update")),
                        "argocd-controller (Update) manages minReplicas",
                        false),
                new Refused(
                        "set by a person afterwards",
                        raised.min(5).ownedBy(Hpas.owner("kubectl-edit", "Update")),
                        "kubectl-edit (Update) has set minReplicas of the HPA inference/chat to 5 after Prescale had raised it: it stays so.",
                        true),
                new Refused(
                        "the same value, applied by somebody too",
                        raised.ownedBy(Hpas.owner("prescale", "Apply"), Hpas.owner("gitops", "Apply")),
                        "gitops (Apply) has set minReplicas",
                        true),
                new Refused("owners are not known any more", raised.ownedBy(), "somebody has set minReplicas", true),
                new Refused(
                        "the annotation of the original is damaged",
                        raised.annotated(FloorLease.ORIGINAL, "two"),
                        "the annotation prescale.dev/floor-original of the HPA inference/chat cannot be read",
                        false),
                new Refused(
                        "the annotation of its end is damaged",
                        raised.annotated(FloorLease.UNTIL, "soon"),
                        "the annotation prescale.dev/floor-until of",
                        false),
                new Refused(
                        "the annotation of its holder is damaged",
                        raised.annotated(FloorLease.HOLDER, "chat"),
                        "the annotation prescale.dev/floor of",
                        false),
                new Refused(
                        "the annotations are gone",
                        HPA.min(7).ownedBy(Hpas.owner("prescale", "Apply")),
                        "the annotation prescale.dev/floor of",
                        false),
                new Refused(
                        "made by KEDA",
                        HPA.madeBy("chat"),
                        "the HPA inference/chat is made by the KEDA ScaledObject inference/chat",
                        false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("conflicts")
    void neverFights(Refused row) {
        assertThat(next(row.hpa(), 9)).isInstanceOfSatisfying(Conflict.class, conflict -> {
            assertThat(conflict.reason()).contains(row.says());
            assertThat(conflict.isTakenBack()).isEqualTo(row.isTakenBack());
        });
    }

    @Test
    void whoTakesTheAnnotationsAwayTooHasTakenItBack() {
        Order order = new Order(4, 7, true);

        assertThat(RULE.next(HPA.build(), true, CHAT, order, NOON))
                .isInstanceOfSatisfying(
                        Conflict.class,
                        conflict -> assertThat(conflict.reason())
                                .startsWith(
                                        "kubectl-create (Update) has set minReplicas of the HPA inference/chat to 2"));
        assertThat(RULE.next(HPA.min(1).ownedByNobody().build(), true, CHAT, order, NOON))
                .isEqualTo(raise(7, 1, null, false));
    }

    @Test
    void anUpdateOfAnotherFieldManagerOfOurNameIsNotOurs() {
        Hpas scaledByUs = HPA.ownedBy(Hpas.owner("prescale", "Update"));

        assertThat(next(scaledByUs, 7)).isEqualTo(raise(7, 2, new Owner("prescale", "Update", "autoscaling/v2"), true));
    }

    static Stream<Returned> returns() {
        Hpas raised = HPA.raised("inference/chat", 7, "2024-01-01T12:15:00Z", 2);
        return Stream.of(
                new Returned("to whom it was taken from", raised, new FloorReturn.AsOwner(2, KUBECTL)),
                new Returned(
                        "no more than a maxReplicas that was lowered",
                        raised.annotated(FloorLease.ORIGINAL, "30"),
                        new FloorReturn.AsOwner(20, KUBECTL)),
                new Returned(
                        "to the default, which nobody owned",
                        raised.annotated(FloorLease.ORIGINAL, "1").annotated(FloorLease.OWNER, ""),
                        new FloorReturn.LetGo()),
                new Returned(
                        "to a value that nobody is known to own",
                        raised.annotated(FloorLease.OWNER, ""),
                        new FloorReturn.AsOwner(2, FieldOwners.BEFORE)),
                new Returned(
                        "somebody has it already",
                        raised.ownedBy(Hpas.owner("kubectl-edit", "Update")),
                        new FloorReturn.LetGo()),
                new Returned(
                        "somebody wants the same",
                        raised.ownedBy(Hpas.owner("prescale", "Apply"), Hpas.owner("gitops", "Apply")),
                        new FloorReturn.LetGo()),
                new Returned(
                        "it cannot be told what it was",
                        raised.annotated(FloorLease.ORIGINAL, ""),
                        new FloorReturn.NotOurs(
                                "its annotation prescale.dev/floor-original cannot be read: set minReplicas by hand")),
                new Returned("there is none", HPA, new FloorReturn.NotOurs("there is no floor on it")));
    }

    private record Returned(String name, Hpas hpa, FloorReturn expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("returns")
    void givesBack(Returned row) {
        assertThat(FloorReturn.of(row.hpa().build())).isEqualTo(row.expected());
    }

    @Test
    void aLeaseIsReadAsItWasWritten() {
        FloorLease lease = new FloorLease(CHAT, QUARTER_PAST, 2, new Owner("my tool", "Update", "autoscaling/v1"));
        Hpas hpa = HPA;
        for (var annotation : lease.annotations().entrySet()) {
            hpa = hpa.annotated(annotation.getKey(), annotation.getValue());
        }

        assertThat(FloorLease.of(hpa.build())).isEqualTo(new FloorLease.Held(lease));
        assertThat(lease.annotations().keySet()).containsExactlyElementsOf(FloorLease.ANNOTATIONS);
    }

    private static Raise raise(int floor, int original, Owner owner, boolean isTakenOver) {
        return new Raise(floor, new FloorLease(CHAT, QUARTER_PAST, original, owner), isTakenOver);
    }

    private static Step next(Hpas hpa, int order) {
        return RULE.next(hpa.build(), false, CHAT, new Order(4, order == 0 ? 4 : order, order != 0), NOON);
    }
}
