/** What is drawn on the charts beside the data, in the page's colours: the future, now, and the lead time. */

/** The colours of the page, read again when the scheme changes: a canvas knows no custom properties. */
export const palette = {
  font: '12px system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif',
  refresh() {
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(name).trim();
    this.ink = colour('--ink');
    this.inkSoft = colour('--ink-soft');
    this.line = colour('--line');
    this.surface = colour('--surface');
    this.forecast = colour('--forecast');
    this.forecastWide = colour('--forecast-wide');
    this.forecastNear = colour('--forecast-near');
    this.replicas = colour('--replicas');
    this.replicasArea = colour('--replicas-area');
    this.tracking = colour('--tracking');
    this.future = colour('--future');
  },
};

/** Shades what has not happened yet, below everything else. */
export function tintFuture(chart, { at }) {
  const { ctx, bbox } = chart;
  const left = Math.max(bbox.left, Math.min(xOf(chart, at), bbox.left + bbox.width));
  ctx.save();
  ctx.fillStyle = palette.future;
  ctx.fillRect(left, bbox.top, bbox.left + bbox.width - left, bbox.height);
  ctx.restore();
}

/** A line at now, and one at now plus the lead time: what is ordered now serves from there on. Neither where it lies outside. */
export function markNow(chart, { at, leadTime }, { hasLabels }) {
  const { ctx } = chart;
  const scale = devicePixelRatio;
  ctx.save();
  ctx.lineWidth = scale;
  ctx.strokeStyle = palette.inkSoft;
  verticalLine(chart, xOf(chart, at), []);
  if (leadTime !== null) {
    ctx.strokeStyle = palette.forecast;
    verticalLine(chart, xOf(chart, at + leadTime), [2 * scale, 3 * scale]);
  }
  if (hasLabels) {
    if (isInside(chart, xOf(chart, at))) {
      label(chart, 'now', xOf(chart, at) - 5 * scale, 'right', palette.inkSoft);
    }
    if (leadTime !== null && isInside(chart, xOf(chart, at + leadTime))) {
      label(chart, 'lead time', xOf(chart, at + leadTime) + 5 * scale, 'left', palette.forecast);
    }
  }
  ctx.restore();
}

function xOf(chart, millis) {
  return Math.round(chart.valToPos(millis / 1000, 'x', true));
}

const isInside = ({ bbox }, x) => x >= bbox.left && x <= bbox.left + bbox.width;

function verticalLine(chart, x, dash) {
  const { ctx, bbox } = chart;
  if (!isInside(chart, x)) {
    return;
  }
  ctx.beginPath();
  ctx.setLineDash(dash);
  ctx.moveTo(x + 0.5, bbox.top);
  ctx.lineTo(x + 0.5, bbox.top + bbox.height);
  ctx.stroke();
}

/** A label at the top of the plot, on the ground's colour so that a line behind it does not cross it out. */
function label({ ctx, bbox }, text, x, align, colour) {
  ctx.font = palette.font.replace('12px', `${11 * devicePixelRatio}px`);
  ctx.textAlign = align;
  ctx.textBaseline = 'top';
  const width = ctx.measureText(text).width;
  const pad = 2 * devicePixelRatio;
  ctx.fillStyle = palette.surface;
  ctx.fillRect(align === 'right' ? x - width - pad : x - pad, bbox.top, width + 2 * pad, 14 * devicePixelRatio);
  ctx.fillStyle = colour;
  ctx.fillText(text, x, bbox.top + pad / 2);
}
