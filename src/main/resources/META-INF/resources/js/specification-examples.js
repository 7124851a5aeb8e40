/** Texts to begin with. Each is valid as it stands, which a test keeps true. */

const HEAD = `apiVersion: prescale.dev/v1alpha1
kind: PredictiveAutoscaler
metadata: {name: chat, namespace: inference}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: chat}
  mode: Observe        # decides and journals only; Scale acts
  minReplicas: 1
  maxReplicas: 40
  timeZone: UTC
  traffic:
    influx: {bucket: traffic, measurement: http_requests, field: count, tags: {service: chat}, kind: Count}
    step: 60s
    history: 28d
`;

export const EXAMPLES = [
  {
    name: 'starter',
    title: 'Starter',
    text: `${HEAD}  capacity:
    # measure what one ready replica sustains, in req/s
    perReplica: {requestRate: 12, targetUtilization: 0.7}
`,
  },
  {
    name: 'latency',
    title: 'By latency',
    text: `${HEAD}  capacity:
    # the fewest replicas that keep nine and a half of ten requests within 300 ms
    queueing: {serviceTime: 80ms, concurrency: 4, latencyTarget: 300ms, latencyQuantile: 0.95}
`,
  },
  {
    name: 'careful',
    title: 'Careful',
    text: `${HEAD}  capacity:
    perReplica: {requestRate: 12, targetUtilization: 0.7}
  predictive:
    cost: {unserved: 49, idle: 1}      # sizes by the quantile 49 / 50 = 0.98
    combine: AddOnly                   # never fewer replicas than without a forecast
    leadTime: {initial: 3m, min: 15s, max: 30m}
    holidays: DE
  behavior:
    scaleDown: {stabilizationWindow: 10m}
`,
  },
  {
    name: 'schedule',
    title: 'With a schedule',
    text: `${HEAD}  capacity:
    perReplica: {requestRate: 12, targetUtilization: 0.7}
  schedules:
    - {name: office, start: "0 8 * * MON-FRI", end: "0 19 * * MON-FRI", minReplicas: 4}
  behavior:
    scaleUp: {policies: [{percent: 100, period: 15s}, {replicas: 4, period: 15s}], select: Max}
    scaleDown: {stabilizationWindow: 5m}
`,
  },
];
