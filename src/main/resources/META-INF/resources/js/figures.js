/** The figures at the top of an endpoint: a title, the number, its unit, and a note below. */
import { h, setText, syncChildren } from './dom.js';
import { UNKNOWN, count, duration, rate, weekdayTime } from './format.js';

const MINUTE = 60_000;

export class Figures {
  element = h('dl.figures');

  draw(endpoint) {
    syncChildren(this.element, figuresOf(endpoint), ({ title }) => title, createFigure, drawFigure);
  }
}

function figuresOf({ at, unit, requestRate, currentReplicas, readyReplicas, recommendedReplicas, nextPeak, leadTime, leadTimeDemand }) {
  const changes = recommendedReplicas !== null && recommendedReplicas !== currentReplicas;
  return [
    { title: 'Request rate', value: rate(requestRate), unit, note: requestRate === null ? 'no fresh sample' : 'newest full step' },
    {
      title: 'Replicas',
      value: changes ? `${count(currentReplicas)} → ${count(recommendedReplicas)}` : count(currentReplicas),
      unit: '',
      note: readyReplicas === null ? UNKNOWN : `${count(readyReplicas)} ready`,
    },
    {
      title: 'Next peak',
      value: rate(nextPeak?.rate),
      unit,
      note: nextPeak === null ? 'no forecast yet' : nextPeak.at - at < MINUTE ? 'now' : `in ${duration(nextPeak.at - at)}, ${weekdayTime(nextPeak.at)}`,
    },
    { title: 'Lead time', value: duration(leadTime), unit: '', note: leadTimeDemand === null ? 'from the decision to a ready replica' : `sized for ${rate(leadTimeDemand.rate)} ${unit} until ready` },
  ];
}

function createFigure({ title }) {
  return h('div.figure', {}, h('dt', {}, title), h('dd', {}, h('span.figure-value'), ' ', h('span.unit')), h('dd.soft.figure-note'));
}

function drawFigure(element, { value, unit, note }) {
  setText(element.querySelector('.figure-value'), value);
  setText(element.querySelector('.unit'), value === UNKNOWN ? '' : unit);
  setText(element.querySelector('.figure-note'), note);
}
