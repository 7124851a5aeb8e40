/** What the decisions rest on: the forecast's standing, who spoke in it, and the lead time. */
import { h, setText, syncChildren } from './dom.js';
import { UNKNOWN, count, duration, number, parseInstant, rate, share, weekdayTime } from './format.js';

export class Facts {
  #gate = h('p');
  #list = h('dl.facts');
  #members = h('ul.members', { 'aria-label': 'Members of the forecast with their weights' });
  #membersTitle = h('h2.sub', {}, 'Members');
  element = h('section.card', { 'aria-labelledby': 'facts-title' },
    h('div.card-head', {}, h('h2', { id: 'facts-title' }, 'Forecast')), this.#gate, this.#list, this.#membersTitle, this.#members);

  draw(endpoint, forecast) {
    setText(this.#gate, gateSentence(endpoint.gate));
    syncChildren(this.#list, factsOf(endpoint, forecast), (fact, index) => String(index),
      () => h('div', {}, h('dt'), h('dd')),
      (element, [title, text]) => {
        setText(element.firstElementChild, title);
        setText(element.lastElementChild, text);
      });
    const members = [...(forecast?.members ?? [])].sort((one, other) => other.weight - one.weight);
    this.#membersTitle.hidden = members.length === 0;
    syncChildren(this.#members, members, ({ name }) => name, createMember, drawMember);
  }
}

export function gateSentence(gate) {
  const hasLosses = gate.loss !== null && gate.baselineLoss !== null;
  if (!hasLosses) {
    return gate.state === 'Trusted'
      ? 'The forecast sizes replicas.'
      : 'Not enough issued forecasts have come due to judge; the present rate alone sizes the replicas.';
  }
  const better = gate.loss <= gate.baselineLoss;
  const difference = share(Math.abs(1 - gate.loss / gate.baselineLoss));
  const compared = `its errors are ${difference} ${better ? 'smaller' : 'larger'} than those of ${gate.bestBaseline ?? 'the best baseline'}`;
  return gate.state === 'Trusted' ? `The forecast sizes replicas: ${compared}.` : `The forecast is set aside: ${compared}.`;
}

function factsOf({ gate, leadTime, leadTimeDemand, unit, measuredLeadTime, minReplicas, maxReplicas }, forecast) {
  const loss = (value) => (value === null || value === undefined ? UNKNOWN : `${number(value, 2)} ${unit}`);
  return [
    ['Mean loss, forecast', loss(gate?.loss)],
    [`Mean loss, ${gate?.bestBaseline ?? 'best baseline'}`, loss(gate?.baselineLoss)],
    ['State since', weekdayTime(parseInstant(gate?.since))],
    ['Lead time', measuredLeadTime?.message ?? duration(leadTime)],
    ['Sized for', leadTimeDemand === null ? UNKNOWN : `${rate(leadTimeDemand.rate)} ${unit}, quantile ${leadTimeDemand.quantile}`],
    ['Bounds', `${count(minReplicas)} to ${count(maxReplicas)} replicas`],
    ['One replica serves', forecast === null ? UNKNOWN : `${rate(forecast.sizing.requestRate)} ${unit}`],
    ['Forecast knows until', forecast === null ? UNKNOWN : `${duration(forecast.age)} ago`],
    ['Seasons found', forecast === null ? UNKNOWN : forecast.seasons.map(duration).join(', ') || 'none'],
  ];
}

function createMember({ name }) {
  return h('li', {}, h('span', {}, name), h('progress', { max: '1', 'aria-label': `Weight of ${name}` }), h('span.member-share'));
}

function drawMember(element, { weight }) {
  element.querySelector('progress').value = weight;
  setText(element.querySelector('.member-share'), share(weight));
}
