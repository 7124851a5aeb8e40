/** A small line of the last hours and the next ones, as SVG: hundreds of them on one page cost next to nothing. */

const WIDTH = 240;
const HEIGHT = 44;
const PADDING = 3;
const SVG = 'http://www.w3.org/2000/svg';

/**
 * @param {SVGElement} svg filled anew
 * @param {{at: number, from: number, to: number}} window milliseconds; `at` is now
 * @param {{start: number, step: number, values: (number | null)[]}} history req/s
 * @param {{start: number, step: number, values: number[][], quantiles: number[]} | null} forecast
 */
export function drawSparkline(svg, window, history, forecast) {
  const median = forecast ? forecast.values.map((rates) => rates[forecast.quantiles.indexOf(0.5)]) : [];
  const largest = Math.max(1e-9, ...history.values.map((value) => value ?? 0), ...median);
  const x = (time) => (((time - window.from) / (window.to - window.from)) * WIDTH).toFixed(1);
  const y = (value) => (HEIGHT - PADDING - (value / largest) * (HEIGHT - 2 * PADDING)).toFixed(1);

  svg.setAttribute('viewBox', `0 0 ${WIDTH} ${HEIGHT}`);
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.replaceChildren(
    path('spark-forecast', forecast ? line(forecast.start, forecast.step, median, x, y, window.at) : ''),
    path('spark-observed', line(history.start, history.step, history.values, x, y)),
    path('spark-now', `M${x(window.at)} 0V${HEIGHT}`),
  );
}

function path(className, d) {
  const element = document.createElementNS(SVG, 'path');
  element.setAttribute('class', className);
  element.setAttribute('d', d);
  return element;
}

/** A gap lifts the pen. Values are drawn at the middle of their step. */
function line(start, step, values, x, y, notBefore = -Infinity) {
  let isDown = false;
  let d = '';
  values.forEach((value, index) => {
    const time = start + (index + 0.5) * step;
    if (value === null || time < notBefore) {
      isDown = false;
      return;
    }
    d += `${isDown ? 'L' : 'M'}${x(time)} ${y(value)}`;
    isDown = true;
  });
  return d;
}
