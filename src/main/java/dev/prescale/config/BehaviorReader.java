package dev.prescale.config;

import dev.prescale.scaling.ScalingPolicy.Behavior;
import dev.prescale.scaling.ScalingPolicy.ReplicaChangePolicy;
import dev.prescale.scaling.ScalingPolicy.ScalingRules;
import dev.prescale.scaling.ScalingPolicy.Select;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code behavior}: HPA v2's rules for each direction. */
final class BehaviorReader {
    private static final int MOST_AMOUNT = 100_000;
    private static final Key<Duration> STABILIZATION_WINDOW = Key.optional(
            "stabilizationWindow",
            ValueTypes.duration(Duration.ZERO, Duration.ofHours(1)),
            "Look-back over recommendations: scale-up takes the least, scale-down the largest. Default 0s up, 5m down.");
    private static final Key<Integer> PERCENT = Key.optional(
            "percent",
            ValueTypes.wholeNumber(1, MOST_AMOUNT),
            "Of the replicas at the start of the period; or replicas.");
    private static final Key<Integer> REPLICAS =
            Key.optional("replicas", ValueTypes.wholeNumber(1, MOST_AMOUNT), "A number of replicas; or percent.");
    private static final Key<Duration> PERIOD = Key.required(
            "period", ValueTypes.duration(Duration.ofSeconds(1), Duration.ofMinutes(30)), "In how long a time.");
    private static final ObjectRule.Checked ONE_AMOUNT =
            ObjectRule.exactlyOneOf("must have exactly one of percent and replicas", PERCENT, REPLICAS);
    private static final SchemaKey.ObjectListKey POLICIES = new SchemaKey.ObjectListKey(
            "policies",
            ObjectSchema.of(PERCENT, REPLICAS, PERIOD).where(ONE_AMOUNT),
            10,
            "Most replicas added or removed per period. Default up 100 % or 4 replicas, down 100 %, per 15s.");
    private static final Key<Select> SELECT = Key.withDefault(
            "select",
            ValueTypes.oneOf(WireName::of, Select.values()),
            Select.MAX,
            "Which policy counts where several apply; Disabled forbids the direction.");
    private static final ObjectRule.Checked SOME_POLICY = ObjectRule.at(
            POLICIES,
            "!has(self.policies) || self.policies.size() > 0",
            "must have at least one policy; leave it out for the default");
    private static final ObjectSchema RULES =
            ObjectSchema.of(STABILIZATION_WINDOW, POLICIES, SELECT).where(SOME_POLICY);
    private static final SchemaKey.ObjectKey SCALE_UP =
            new SchemaKey.ObjectKey("scaleUp", RULES, false, "Rules for more replicas.");
    private static final SchemaKey.ObjectKey SCALE_DOWN =
            new SchemaKey.ObjectKey("scaleDown", RULES, false, "Rules for fewer replicas.");
    static final SchemaKey.ObjectKey BEHAVIOR = new SchemaKey.ObjectKey(
            "behavior",
            ObjectSchema.of(SCALE_UP, SCALE_DOWN),
            false,
            "How fast replicas may change; field for field the meaning of HPA v2.");

    private BehaviorReader() {}

    static Behavior read(ObjectReader spec) {
        ObjectReader behavior = spec.object(BEHAVIOR);
        return new Behavior(
                rules(behavior.object(SCALE_UP), Behavior.DEFAULT.scaleUp()),
                rules(behavior.object(SCALE_DOWN), Behavior.DEFAULT.scaleDown()));
    }

    private static ScalingRules rules(ObjectReader reader, ScalingRules defaults) {
        Duration window = reader.find(STABILIZATION_WINDOW);
        return new ScalingRules(
                window == null ? defaults.stabilizationWindow() : window,
                reader.has(POLICIES) ? policies(reader) : defaults.policies(),
                reader.get(SELECT));
    }

    private static List<ReplicaChangePolicy> policies(ObjectReader rules) {
        List<ReplicaChangePolicy> policies = new ArrayList<>();
        List<ObjectReader> readers = rules.objects(POLICIES);
        for (ObjectReader reader : readers) {
            Integer percent = reader.find(PERCENT);
            Integer replicas = reader.find(REPLICAS);
            Duration period = reader.get(PERIOD);
            if (reader.has(PERCENT) == reader.has(REPLICAS)) {
                reader.refuse(ONE_AMOUNT.message());
            }
            if (percent != null) {
                policies.add(ReplicaChangePolicy.percent(percent, period));
            } else if (replicas != null) {
                policies.add(ReplicaChangePolicy.replicas(replicas, period));
            }
        }
        if (readers.isEmpty()) {
            rules.refuse(POLICIES, SOME_POLICY.message());
        }
        return policies;
    }
}
