/** The policies of a backtest, in the order in which they are shown. */
import { share } from './format.js';

/** @type {{name: string, title: string, meaning: string}[]} `docs/policies.md` has their sources */
export const POLICIES = [
  { name: 'oracle', title: 'Oracle', meaning: 'Knows the future: the plan of least cost. What perfection would cost.' },
  { name: 'fixed', title: 'Fixed number', meaning: 'The fewest constant replicas that serve every minute.' },
  { name: 'hpa', title: 'Target tracking', meaning: 'What a HorizontalPodAutoscaler does: follows the rate it sees.' },
  { name: 'knative', title: 'Knative', meaning: 'Averages of 60 s and 6 s, with a panic mode.' },
  { name: 'keda', title: 'KEDA', meaning: 'Target tracking that also starts from and returns to zero.' },
  { name: 'lastValue', title: 'Last value', meaning: 'The last rate, with the headroom of target tracking.' },
  { name: 'dayNaive', title: 'Same as yesterday', meaning: 'The peak of the same time a day before.' },
  { name: 'weekNaive', title: 'Same as last week', meaning: 'The peak of the same time a week before.' },
  { name: 'holtWinters', title: 'Holt-Winters', meaning: 'As the predictive HPA of jthomperoo: smoothed seasons of replicas.' },
  { name: 'spectral', title: 'Spectral', meaning: 'As Crane: what repeats in 14 days, filtered.' },
  { name: 'hourly', title: 'Hourly', meaning: 'As AWS: means of the same hour, updated every 6 h; never scales in by them.' },
  { name: 'prescale', title: 'Prescale', meaning: 'The control cycle of this service, on the history that it would read.' },
];

/** Without a choice these are replayed; the command has the same. */
export const DEFAULT_POLICIES = ['oracle', 'fixed', 'hpa', 'prescale'];

const TITLES = new Map(POLICIES.map(({ name, title }) => [name, title]));

/** `hpa@0.5` is the policy at another target utilization. */
export function titleOf(policy) {
  const [name, targetUtilization] = policy.split('@');
  const title = TITLES.get(name) ?? name;
  return targetUtilization === undefined ? title : `${title} at ${share(Number(targetUtilization))}`;
}
