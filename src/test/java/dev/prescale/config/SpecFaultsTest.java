package dev.prescale.config;

import static dev.prescale.config.SpecFixture.LEAST;
import static dev.prescale.config.SpecFixture.faults;
import static dev.prescale.config.SpecFixture.leastAnd;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a specification is told exactly: path, what is allowed, what it was. */
class SpecFaultsTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    minReplicas: -3                       | spec.minReplicas must be a whole number from 0 to 100000, was -3
                    minReplicas: 2.5                      | spec.minReplicas must be a whole number from 0 to 100000, was 2.5
                    minReplicas: two                      | spec.minReplicas must be a whole number from 0 to 100000, was two
                    minReplicas: 41                       | spec.minReplicas must be at most maxReplicas, which is 40, was 41
                    minReplica: 1                         | spec.minReplica is not a known key; did you mean minReplicas?, was 1
                    mode: observe                         | spec.mode must be one of Observe, Scale, HpaFloor, Keda, was observe
                    timeZone: Mars/Olympus                | spec.timeZone must be a time zone id such as UTC or Europe/Berlin, was Mars/Olympus
                    steps: {}                             | spec.steps must be a list of at most 50 entries, was {}
                    steps: [{metric: cpu, above: 1, change: {replicas: 1}}] | spec.steps[0].metric must be one of requestRate, was cpu
                    steps: [{metric: requestRate, change: {replicas: 1}}] | spec.steps[0] must have above or below
                    steps: [{metric: requestRate, above: 5, below: 5, change: {replicas: 1}}] | spec.steps[0].above must be less than below, which is 5, was 5
                    steps: [{metric: requestRate, above: -1, change: {replicas: 1}}] | spec.steps[0].above must be a number from 0 to 1000000000000, or a duration such as 300ms that stands for seconds, was -1
                    steps: [{metric: requestRate, above: 5}] | spec.steps[0].change is required
                    steps: [{metric: requestRate, above: 5, change: {}}] | spec.steps[0].change must have exactly one of replicas, percent and exact, was {}
                    steps: [{metric: requestRate, above: 5, change: {replicas: 1, exact: 2}}] | spec.steps[0].change must have exactly one of replicas, percent and exact, was {"replicas":1,"exact":2}
                    steps: [{metric: requestRate, above: 5, change: {replicas: 0}}] | spec.steps[0].change.replicas must be a whole number from -100000 to 100000 other than 0, was 0
                    steps: [{metric: requestRate, above: 5, change: {percent: -101}}] | spec.steps[0].change.percent must be a whole number from -100 to 10000 other than 0, was -101
                    steps: [{metric: requestRate, above: 5, change: {replicas: 1}, minimumMagnitude: 2}] | spec.steps[0].minimumMagnitude must stand beside change.percent only, was 2
                    steps: [{metric: requestRate, above: 5, change: {replicas: 1}, for: 2h}] | spec.steps[0].for must be a duration from 0s to 1h such as 30s, 5m, 2h, 28d or PT2M, was 2h
                    steps: [{metric: requestRate, above: 5, change: {replicas: 1}, cooldown: 2h}] | spec.steps[0].cooldown must be a duration from 0s to 1h such as 30s, 5m, 2h, 28d or PT2M, was 2h
                    steps: [{metric: requestRate, above: 5, below: 9, change: {replicas: 1}}, {metric: requestRate, above: 8, change: {replicas: 2}}] | spec.steps[1] must not overlap spec.steps[0], which is of requestRate too
                    maxReplicasBreach: {policy: Raise}    | spec.maxReplicasBreach.policy must be one of Honor, Increase, was Raise
                    maxReplicasBreach: {bufferFraction: 2} | spec.maxReplicasBreach.bufferFraction must be a number from 0 to 1, was 2
                    fallback: {failureThreshold: 0}       | spec.fallback.failureThreshold must be a whole number from 1 to 10000, was 0
                    predictive: []                        | spec.predictive must be an object with the keys enabled, cost, quantile, targetUtilization, combine, leadTime, horizon, holidays, events, scaleIn, scaleInHorizon, was []
                    predictive: {enabled: yes}            | spec.predictive.enabled must be true or false, was yes
                    predictive: {quantile: 1}             | spec.predictive.quantile must be a number between 0 and 1, both excluded, was 1
                    predictive: {quantile: 1e999}         | spec.predictive.quantile must be a number between 0 and 1, both excluded, was Infinity
                    predictive: {cost: {unserved: 19}}    | spec.predictive.cost.idle is required
                    predictive: {cost: {unserved: 0, idle: 1}} | spec.predictive.cost.unserved must be a number from 0.001 to 1000000, was 0
                    predictive: {targetUtilization: 0}    | spec.predictive.targetUtilization must be a number above 0, at most 1, was 0
                    predictive: {combine: addOnly}        | spec.predictive.combine must be one of Calibrated, AddOnly, was addOnly
                    predictive: {leadTime: {max: 1m}}     | spec.predictive.leadTime must have min <= initial <= max, but they are 15s, 2m and 1m, was {"max":"1m"}
                    predictive: {leadTime: {initial: 2}}  | spec.predictive.leadTime.initial must be a duration from 1s to 6h such as 30s, 5m, 2h, 28d or PT2M, was 2
                    predictive: {horizon: P1Y}            | spec.predictive.horizon must be a duration from 1h to 13d such as 30s, 5m, 2h, 28d or PT2M, was P1Y
                    predictive: {horizon: 3650d}          | spec.predictive.horizon must be a duration from 1h to 13d such as 30s, 5m, 2h, 28d or PT2M, was 3650d
                    predictive: {horizon: 2h, scaleInHorizon: 3h} | spec.predictive.scaleInHorizon must be at most horizon, which is 2h, was 3h
                    predictive: {holidays: [2024-02-30]}  | spec.predictive.holidays[0] must be a date in ISO-8601 such as 2024-12-24, was 2024-02-30
                    predictive: {events: [{name: x, from: 2024-01-02T00:00, to: 2024-01-01T00:00, factor: 2}]} | spec.predictive.events[0].to must be after from, which is 2024-01-02T00:00, was 2024-01-01T00:00
                    predictive: {events: [{name: x, from: 2024-01-01, to: 2024-01-02T00:00Z, factor: 2}]} | spec.predictive.events[0].from must be a date and time in ISO-8601 such as 2026-12-01T09:00, or with offset 2026-12-01T08:00:00Z, was 2024-01-01
                    reactive: {tolerance: {down: 1.5}}    | spec.reactive.tolerance.down must be a number from 0 to 1, was 1.5
                    reactive: {metrics: {}}               | spec.reactive.metrics must be a list of at most 20 entries, was {}
                    reactive: {metrics: [{name: queue, target: {utilization: 0.7}}]} | spec.reactive.metrics[0].influx is required
                    reactive: {metrics: [{name: cpu, target: {value: 0.7}}]} | spec.reactive.metrics[0].influx is required
                    behavior: {scaleUp: {stabilizationWindow: 2h}} | spec.behavior.scaleUp.stabilizationWindow must be a duration from 0s to 1h such as 30s, 5m, 2h, 28d or PT2M, was 2h
                    behavior: {scaleUp: {policies: []}}   | spec.behavior.scaleUp.policies must have at least one policy; leave it out for the default, was []
                    behavior: {scaleUp: {policies: [{period: 15s}]}} | spec.behavior.scaleUp.policies[0] must have exactly one of percent and replicas
                    behavior: {scaleUp: {policies: [{percent: 1, replicas: 1, period: 15s}]}} | spec.behavior.scaleUp.policies[0] must have exactly one of percent and replicas
                    behavior: {scaleDown: {policies: [{type: Pods, percent: 1, period: 15s}]}} | spec.behavior.scaleDown.policies[0].type is not a known key; known keys are percent, replicas, period, was Pods
                    behavior: {scaleDown: {select: Least}} | spec.behavior.scaleDown.select must be one of Max, Min, Disabled, was Least
                    schedules: [{name: x, start: "61 * * * *", end: "0 9 * * *", minReplicas: 1}] | spec.schedules[0].start must be a cron expression of five fields that occurs at least once, such as 0 8 * * MON-FRI, was 61 * * * *
                    schedules: [{name: x, start: "0 0 30 2 *", end: "0 9 * * *", minReplicas: 1}] | spec.schedules[0].start must be a cron expression of five fields that occurs at least once, such as 0 8 * * MON-FRI, was 0 0 30 2 *
                    schedules: [{name: x, start: "0 9 * * *", end: "0 9 * * *", minReplicas: 1}] | spec.schedules[0].end must be another time than start, was 0 9 * * *
                    schedules: [{name: x, start: "0 8 * * *", end: "0 9 * * *"}] | spec.schedules[0] must have minReplicas, maxReplicas or replicas
                    schedules: [{name: x, start: "0 8 * * *", end: "0 9 * * *", replicas: 3, maxReplicas: 5}] | spec.schedules[0] must have replicas alone, or minReplicas and maxReplicas
                    schedules: [{name: x, start: "0 8 * * *", end: "0 9 * * *", replicas: 41}] | spec.schedules[0].replicas must be at most maxReplicas of the endpoint, which is 40, was 41
                    schedules: [{name: x, start: "0 8 * * *", end: "0 9 * * *", minReplicas: 41}] | spec.schedules[0].minReplicas must be at most maxReplicas of the endpoint, which is 40, was 41
                    schedules: [{name: x, start: "0 8 * * *", end: "0 9 * * *", replicas: 0}] | spec.schedules[0].replicas must be at least minReplicas of the endpoint, which is 1, was 0
                    schedules: [{name: x, start: "0 8 * * MON", end: "0 8 * * MON-FRI", replicas: 3}] | spec.schedules[0].end must not be a time at every start: the window would never be open, was 0 8 * * MON-FRI
                    schedules: [{name: x, start: "0,30 8,20 * * *", end: "*/30 * * * *", replicas: 3}] | spec.schedules[0].end must not be a time at every start: the window would never be open, was */30 * * * *
                    schedules: [{name: x, start: "0 8 * * *", end: "0 9 * * *", minReplicas: 3, maxReplicas: 2}] | spec.schedules[0].minReplicas must be at most maxReplicas of the schedule, which is 2, was 3
                    schedules: [{name: x, start: "0 8 * * *", end: "0 9 * * *", minReplicas: 3, timeZone: Moon}] | spec.schedules[0].timeZone must be a time zone id such as UTC or Europe/Berlin, was Moon
                    """)
    void inTheSpec(String specLine, String fault) {
        assertThat(faults(leastAnd(specLine))).containsExactly(fault);
    }

    @ParameterizedTest
    @CsvSource({"Scale", "HpaFloor"})
    void nobodyWouldStartTheFirstReplica(String mode) {
        assertThat(faults(leastAnd("mode: %s\nminReplicas: 0".formatted(mode))))
                .containsExactly("spec.minReplicas must be at least 1 with mode %s, was 0".formatted(mode));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    prescale.dev/v1alpha1     | prescale.dev/v2      | apiVersion must be prescale.dev/v1alpha1, was prescale.dev/v2
                    PredictiveAutoscaler      | Deployment           | kind must be PredictiveAutoscaler, was Deployment
                    name: chat, name          | nam: chat, name      | metadata.nam is not a known key; did you mean name?, was chat
                    namespace: inference      | namespace: In_Ference | metadata.namespace must be a name of lower case letters, digits, - and ., up to 253 characters, was In_Ference
                    namespace: inference      | annotations: {prescale.dev/pause: "true"} | metadata.annotations.prescale.dev/pause is not a known annotation; known are prescale.dev/paused, prescale.dev/paused-scale-in, prescale.dev/paused-by, prescale.dev/paused-at, prescale.dev/paused-reason, was true
                    namespace: inference      | annotations: {prescale.dev/paused: on} | metadata.annotations.prescale.dev/paused must be "true" or "false", in quotes, was on
                    maxReplicas: 40           | maxReplicas: null    | spec.maxReplicas is required
                    requestRate: 12           | targetUtilization: 1 | spec.capacity.perReplica.requestRate is required
                    requestRate: 12           | requestRate: .inf    | spec.capacity.perReplica.requestRate must be a number above 0, at most 1000000000, was .inf
                    perReplica: {requestRate: 12} | queueing: {serviceTime: 80ms} | spec.capacity.queueing.latencyTarget is required
                    perReplica: {requestRate: 12} | queueing: {latencyTarget: 80ms} | spec.capacity.queueing.serviceTime is required
                    perReplica: {requestRate: 12} | 'queueing: {serviceTime: 0s, latencyTarget: 1s}' | spec.capacity.queueing.serviceTime must be a duration from 1ms to 1h such as 30s, 5m, 2h, 28d or PT2M, was 0s
                    perReplica: {requestRate: 12} | 'queueing: {serviceTime: 80ms, latencyTarget: 300ms, latencyQuantile: 1.0}' | spec.capacity.queueing.latencyQuantile must be a number between 0 and 1, both excluded, was 1.0
                    perReplica: {requestRate: 12} | 'queueing: {serviceTime: 80ms, latencyTarget: 300ms, concurrency: 0}' | spec.capacity.queueing.concurrency must be a whole number from 1 to 10000, was 0
                    perReplica: {requestRate: 12} | 'queueing: {serviceTime: 80ms, latencyTarget: 200ms}' | spec.capacity.queueing.latencyTarget must be above 240ms: with a serviceTime of 80ms even idle replicas need that long at quantile 0.95, was 200ms
                    perReplica: {requestRate: 12} | 'queueing: {serviceTime: 80ms, latencyTarget: 300ms, targetUtilization: 0}' | spec.capacity.queueing.targetUtilization must be a number above 0, at most 1, was 0
                    perReplica: {requestRate: 12} | 'perReplica: {requestRate: 0}' | spec.capacity.perReplica.requestRate must be a number above 0, at most 1000000000, was 0
                    perReplica: {requestRate: 12} | 'models: []' | spec.capacity.models must have at least one model, was []
                    perReplica: {requestRate: 12} | 'models: [{tag: a}]' | spec.capacity.models[0].serviceTime is required
                    perReplica: {requestRate: 12} | 'models: [{tag: a, serviceTime: 1s}, {tag: a, serviceTime: 2s}]' | spec.capacity.models[1].tag must be the tag of one model only, was a
                    perReplica: {requestRate: 12} | '{models: [{tag: a, serviceTime: 1s}], targetUtilization: 1.5}' | spec.capacity.targetUtilization must be a number above 0, at most 1, was 1.5
                    perReplica: {requestRate: 12} | '{perReplica: {requestRate: 12}, targetUtilization: 0.5}' | spec.capacity.targetUtilization belongs to models; perReplica, queueing and learned have their own, was 0.5
                    perReplica: {requestRate: 12} | '{perReplica: {requestRate: 12}, modelTag: m}' | spec.capacity.modelTag has a meaning with models and learned.models only, was m
                    perReplica: {requestRate: 12} | '{models: [{tag: a, serviceTime: 1s}], modelTag: 5}' | spec.capacity.modelTag must be text of 1 to 250 characters, was 5
                    perReplica: {requestRate: 12} | 'learned: {}' | spec.capacity.learned.utilization is required
                    perReplica: {requestRate: 12} | 'learned: {utilization: {}}' | spec.capacity.learned.utilization.influx is required
                    perReplica: {requestRate: 12} | 'learned: {utilization: {influx: {bucket: a, measurement: b, field: c}}, models: [x, x]}' | 'spec.capacity.learned.models must be different tags, was ["x","x"]'
                    perReplica: {requestRate: 12} | {}               | spec.capacity must have exactly one of perReplica, queueing, learned and models
                    perReplica: {requestRate: 12} | '{perReplica: {requestRate: 12}, queueing: {serviceTime: 80ms, latencyTarget: 300ms}}' | spec.capacity must have exactly one of perReplica, queueing, learned and models
                    kind: Count               | kind: Gauge          | spec.traffic.influx.kind must be one of Count, Counter, Rate, was Gauge
                    , kind: Count             | ''                   | spec.traffic.influx.kind is required
                    field: count              | field: null          | spec.traffic.influx.field is required, or query in its place
                    field: count              | field: count, query: x | spec.traffic.influx.query must not stand beside measurement, field or tags, was x
                    field: count              | field: count, tags: {a: 5} | spec.traffic.influx.tags.a must be text of 1 to 250 characters, was 5
                    'traffic:'                | 'traffic:\n    step: 7s'  | spec.traffic.step must be a duration from 10s to 1h that divides a day, such as 60s or PT5M, was 7s
                    'traffic:'                | 'traffic:\n    step: 32s' | spec.predictive.horizon must be at most 2000 steps of 32s, was 48h
                    'traffic:'                | 'traffic:\n    {step: 10s, history: 400d, influx: {bucket: a, measurement: b, field: c, kind: Rate}}\n  xtraffic:' | spec.traffic.history must be at most 250000 steps of 10s, was 400d
                    'traffic:'                | 'traffic:\n    inheritFrom: chat-v1' | spec.traffic.inheritFrom needs share beside it, was chat-v1
                    'traffic:'                | 'traffic:\n    share: {tag: version}' | 'spec.traffic.share needs inheritFrom beside it, was {"tag":"version"}'
                    'traffic:'                | 'traffic:\n    {inheritFrom: a/b/c, share: {}, influx: {bucket: a, measurement: b, field: c, kind: Rate}}\n  xtraffic:' | spec.traffic.inheritFrom must be a name of lower case letters, digits, - and ., with or without namespace/ before it, was a/b/c
                    'traffic:'                | 'traffic:\n    {inheritFrom: a, share: {}, influx: {bucket: a, measurement: b, field: c, kind: Rate}}\n  xtraffic:' | spec.traffic.share.tag is required
                    'traffic:'                | 'traffic:\n    {inheritFrom: a, share: {tag: v}, influx: {bucket: a, measurement: b, field: c, kind: Rate}}\n  xtraffic:' | 'spec.traffic.share must name a tag of influx.tags, was {"tag":"v"}'
                    'traffic:'                | 'traffic:\n    {inheritFrom: a, share: {tag: v}, influx: {bucket: a, query: b, kind: Rate}}\n  xtraffic:' | 'spec.traffic.share needs tags in the place of a query, which cannot be widened, was {"tag":"v"}'
                    'traffic:'                | 'traffic:\n    {inheritFrom: chat, share: {tag: v}, influx: {bucket: a, measurement: b, field: c, tags: {v: x}, kind: Rate}}\n  xtraffic:' | spec.traffic.inheritFrom must be another endpoint, was chat
                    """)
    void inTheRestOfTheDocument(String part, String replacement, String fault) {
        String yaml = LEAST.replace(part, replacement == null ? "" : replacement.replace("\\n", "\n"));
        assertThat(yaml).isNotEqualTo(LEAST);
        assertThat(faults(yaml)).contains(fault);
    }

    @Test
    void namesEveryFaultAtOnce() {
        assertThat(faults("""
                                apiVersion: prescale.dev/v1alpha1
                                kind: PredictiveAutoscaler
                                metadata: {name: chat}
                                spec:
                                  mode: Autopilot
                                  minReplicas: 0
                                  maxReplicas: 5
                                  capacity: {perReplica: {requestRate: -1, targetUtilization: 2}}
                                  reactive:
                                    metrics:
                                      - {name: forecast, target: {utilization: 0.7}}
                                      - {name: p95, target: {value: 300 ms, utilization: 1}}
                                      - {name: p95, target: {}}
                                """))
                .containsExactly(
                        "spec.mode must be one of Observe, Scale, HpaFloor, Keda, was Autopilot",
                        "spec.scaleTargetRef is required",
                        "spec.traffic is required",
                        "spec.reactive.metrics[0].name must be a name of letters, digits, _ . - that begins with a letter, "
                                + "up to 63 characters, and is not requestRate or forecast, was forecast",
                        "spec.reactive.metrics[1].target must have exactly one of utilization, value and averageValue, "
                                + "was {\"value\":\"300 ms\",\"utilization\":1}",
                        "spec.reactive.metrics[1].target.value must be a number above 0, at most 1000000000000, "
                                + "or a duration such as 300ms that stands for seconds, was 300 ms",
                        "spec.reactive.metrics[2].name must be the name of one metric only, was p95",
                        "spec.reactive.metrics[2].target must have exactly one of utilization, value and averageValue, was {}",
                        "spec.capacity.perReplica.requestRate must be a number above 0, at most 1000000000, was -1",
                        "spec.capacity.perReplica.targetUtilization must be a number above 0, at most 1, was 2",
                        "spec.reactive.metrics[0].influx is required",
                        "spec.reactive.metrics[1].influx is required",
                        "spec.reactive.metrics[2].influx is required");
    }

    @Test
    void namesEveryContradictionAtOnce() {
        assertThat(faults("""
                                apiVersion: prescale.dev/v1alpha1
                                kind: PredictiveAutoscaler
                                metadata: {name: chat, namespace: inference}
                                spec:
                                  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: chat}
                                  minReplicas: 50
                                  maxReplicas: 40
                                  traffic: {influx: {bucket: a, measurement: b, field: c, kind: Count}}
                                  capacity: {perReplica: {requestRate: 0}}
                                  predictive: {quantile: 1.0, leadTime: {initial: 2m, min: 5m, max: 1m}}
                                  steps:
                                    - {metric: requestRate, above: 100, below: 300, change: {replicas: +2}}
                                    - {metric: requestRate, above: 200, change: {percent: 50}}
                                    - {metric: requestRate, below: 150, change: {replicas: -1}}
                                    - {metric: p99, above: 1s, change: {exact: 10}}
                                  schedules:
                                    - {name: a, start: "0 8 * * *", end: "0 18 * * *", minReplicas: 9, maxReplicas: 4}
                                    - {name: b, start: "0 0 30 2 *", end: "0 18 * * *", minReplicas: 9}
                                    - {name: c, start: "0 8 * * SUN", end: "0 8 * * *", minReplicas: 9}
                                """))
                .containsExactlyInAnyOrder(
                        "spec.minReplicas must be at most maxReplicas, which is 40, was 50",
                        "spec.capacity.perReplica.requestRate must be a number above 0, at most 1000000000, was 0",
                        "spec.predictive.quantile must be a number between 0 and 1, both excluded, was 1.0",
                        "spec.predictive.leadTime must have min <= initial <= max, but they are 5m, 2m and 1m, "
                                + "was {\"initial\":\"2m\",\"min\":\"5m\",\"max\":\"1m\"}",
                        "spec.steps[1] must not overlap spec.steps[0], which is of requestRate too",
                        "spec.steps[2] must not overlap spec.steps[0], which is of requestRate too",
                        "spec.steps[3].metric must be one of requestRate, was p99",
                        "spec.schedules[0].minReplicas must be at most maxReplicas of the schedule, which is 4, was 9",
                        "spec.schedules[1].start must be a cron expression of five fields that occurs at least once, "
                                + "such as 0 8 * * MON-FRI, was 0 0 30 2 *",
                        "spec.schedules[2].end must not be a time at every start: the window would never be open, "
                                + "was 0 8 * * *");
    }

    @Test
    void anUnknownCountryIsAnsweredWithTheKnownOnes() {
        assertThat(faults(leastAnd("predictive: {holidays: XX}")))
                .singleElement()
                .asString()
                .startsWith("spec.predictive.holidays must be one of the country codes AD, AE, ")
                .endsWith(", ZA, or a list of dates, was XX");
    }
}
