
// The diagram on its canvas. It draws only what is in the window, and of more arrows than anybody
// could tell apart every second, third, ... one, but always those of the chosen snapshot.
const MOST_ARROWS = 1500;
const MOST_LABELS = 150;
const ABOVE = 40;
const BELOW = 26;

class View {
  constructor(canvas, overview) {
    this.canvas = canvas;
    this.overview = overview;
    this.lanes = trace.processes.length;
    this.scale = 40; // pixels a column
    this.left = 0; // the column at the left edge, after the names
    this.top = 0; // how far down the lanes are scrolled, in pixels
    this.step = 0;
    this.drawn = {arrows: [], events: []};
    this.resize();
  }

  /** Shows another snapshot. */
  choose(snapshot, permutation) {
    this.snapshot = snapshot;
    this.permutation = permutation;
    this.red = {
      events: new Set(snapshot.red.events),
      arrows: new Set(snapshot.red.arrows),
      processes: new Set(snapshot.red.processes),
    };
    this.inTransit = new Uint8Array(arrow.count);
    for (let a = 0; a < arrow.count; a++) this.inTransit[a] = permutation.isInTransit(a) ? 1 : 0;
    this.number = trace.snapshots.indexOf(snapshot);
    this.at = -1;
  }

  resize() {
    const ratio = this.ratio || window.devicePixelRatio || 1;
    this.width = this.canvas.parentElement.clientWidth;
    const narrow = this.width < 600;
    this.lane = Math.max(22, Math.min(narrow ? 46 : 56, 620 / this.lanes));
    this.content = ABOVE + BELOW + this.lane * (this.lanes - 1);
    this.height = Math.round(Math.min(this.content, 640));
    this.canvas.style.height = this.height + 'px';
    for (const [canvas, height] of [[this.canvas, this.height], [this.overview, 26]]) {
      canvas.width = Math.round(this.width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    this.pen = this.canvas.getContext('2d');
    this.pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.pen.font = this.font(600, 13);
    const widest = Math.max(...trace.processes.map(p => this.pen.measureText(p).width));
    this.gutter = Math.min(widest, narrow ? 70 : 150) + 30;
    this.colors = colors();
  }

  font(weight, size) { return `${weight} ${size}px ${getComputedStyle(document.body).fontFamily}`; }

  get columns() { return this.permutation.columns; }
  get span() { return (this.width - this.gutter) / this.scale; }
  x(column) { return this.gutter + (column + 0.5 - this.left) * this.scale; }
  y(process) { return ABOVE + process * this.lane - this.top; }

  /** Keeps the window on the diagram. */
  clamp() {
    const least = (this.width - this.gutter) / (this.columns + 1);
    this.scale = Math.max(Math.min(least, 56), Math.min(72, this.scale));
    this.left = Math.max(-0.5, Math.min(this.columns + 0.5 - this.span, this.left));
    this.top = Math.max(0, Math.min(this.content - this.height, this.top));
  }

  zoom(factor, px = (this.width + this.gutter) / 2) {
    const column = (px - this.gutter) / this.scale + this.left;
    this.scale *= factor;
    this.clamp();
    this.left = column - (px - this.gutter) / this.scale;
    this.clamp();
  }

  /** Shows these columns, and some on either side. */
  show(from, to) {
    const margin = Math.max(2, (to - from) * 0.15);
    this.scale = (this.width - this.gutter) / (to - from + 1 + 2 * margin);
    this.clamp();
    this.left = (from + to + 1 - this.span) / 2;
    this.clamp();
  }

  /** Shows the cut, as it is after so many steps. */
  showCut(step) {
    if ((this.width - this.gutter) / (this.columns + 1) >= 24) {
      this.show(0, this.columns - 1);
      return;
    }
    const records = this.permutation.records.filter(e => e !== NONE);
    const shown = [...records, ...this.red.events];
    if (shown.length === 0) {
      this.show(0, Math.min(this.columns, 60));
      return;
    }
    const columns = shown.map(e => this.permutation.column(e, step));
    let low = Infinity;
    let high = -Infinity;
    for (const column of columns) {
      low = Math.min(low, column);
      high = Math.max(high, column);
    }
    this.show(low, high);
  }

  draw(step) {
    this.step = step;
    this.clamp();
    if (this.at !== step) {
      this.position = this.permutation.columnsAt(step);
      this.at = step;
    }
    const pen = this.pen;
    pen.clearRect(0, 0, this.width, this.height);
    pen.save();
    pen.beginPath();
    pen.rect(this.gutter - 6, 0, this.width - this.gutter + 6, this.height);
    pen.clip();
    this.drawPast();
    this.drawLanes();
    this.drawArrows();
    this.drawCut();
    this.drawEvents();
    this.drawLabels();
    pen.restore();
    this.drawNames();
    this.drawOverview();
  }

  /** The cut as points, one a process that recorded. */
  cutPoints() {
    return this.permutation.records
        .map((e, p) => e === NONE ? null : {x: this.x(this.position[e]), y: this.y(p)})
        .filter(point => point !== null);
  }

  traceCut(points) {
    const pen = this.pen;
    const half = this.lane / 2;
    pen.lineTo(points[0].x, this.y(0) - half);
    points.forEach((to, i) => {
      if (i === 0) {
        pen.lineTo(to.x, to.y);
        return;
      }
      const from = points[i - 1];
      const middle = (from.y + to.y) / 2;
      pen.bezierCurveTo(from.x, middle, to.x, middle, to.x, to.y);
    });
    pen.lineTo(points[points.length - 1].x, this.y(this.lanes - 1) + half);
  }

  drawPast() {
    if (!this.permutation.exists) return;
    const pen = this.pen;
    pen.fillStyle = this.colors.past;
    pen.beginPath();
    pen.moveTo(this.x(-1), this.y(0) - this.lane / 2);
    this.traceCut(this.cutPoints());
    pen.lineTo(this.x(-1), this.y(this.lanes - 1) + this.lane / 2);
    pen.fill();
  }

  drawCut() {
    const points = this.cutPoints();
    if (points.length === 0) return;
    const pen = this.pen;
    if (this.permutation.exists && this.step < this.permutation.steps) {
      const low = Math.floor(this.step);
      const from = this.permutation.boundary(low);
      const to = this.permutation.boundary(Math.min(low + 1, this.permutation.steps));
      const x = this.x(from + (this.step - low) * (to - from) - 0.5);
      pen.strokeStyle = this.colors.recorded;
      pen.lineWidth = 1.5;
      pen.setLineDash([2, 4]);
      pen.beginPath();
      pen.moveTo(x, 8);
      pen.lineTo(x, this.height - 8);
      pen.stroke();
      pen.setLineDash([]);
    }
    pen.strokeStyle = this.colors.ink;
    pen.lineWidth = 2;
    pen.beginPath();
    this.traceCut(points);
    pen.stroke();
  }

  drawLanes() {
    const pen = this.pen;
    pen.strokeStyle = this.colors.lane;
    pen.lineWidth = 1.4;
    pen.beginPath();
    for (let p = 0; p < this.lanes; p++) {
      pen.moveTo(Math.max(this.gutter - 6, this.x(-0.9)), this.y(p));
      pen.lineTo(Math.min(this.width, this.x(this.columns - 0.2)), this.y(p));
    }
    pen.stroke();
  }

  /** The arrows in the window, by their looks. */
  visibleArrows() {
    const found = {message: [], marker: [], recorded: [], wrong: []};
    const from = this.left - 1;
    const to = this.left + this.span + 1;
    for (let a = 0; a < arrow.count; a++) {
      const start = arrow.from[a] === NONE ? NONE : this.position[arrow.from[a]];
      const end = arrow.to[a] === NONE ? start + 1 : this.position[arrow.to[a]];
      if (Math.max(start, end) < from || Math.min(start, end) > to) continue;
      const looks = this.red.arrows.has(a) ? 'wrong' : this.inTransit[a] ? 'recorded'
          : isMarker(a) ? (-1 - arrow.value[a] === this.number ? 'marker' : 'message') : 'message';
      if (!(isMarker(a) && arrow.from[a] === NONE)) found[looks].push(a);
    }
    return found;
  }

  drawArrows() {
    const found = this.visibleArrows();
    this.drawn.arrows = [];
    this.drawn.visible = Object.values(found).reduce((sum, list) => sum + list.length, 0);
    const dense = found.message.length > 400;
    const styles = [
      ['message', this.colors.message, dense ? 0.8 : 1.3, dense ? 0.5 : 1],
      ['marker', this.colors.marker, 1.4, 1],
      ['recorded', this.colors.recorded, 2.4, 1],
      ['wrong', this.colors.wrong, 2.8, 1],
    ];
    for (const [looks, color, width, alpha] of styles) {
      const list = found[looks];
      const stride = Math.ceil(list.length / MOST_ARROWS);
      const chosen = stride > 1 ? list.filter((a, i) => i % stride === 0) : list;
      this.drawn.arrows.push(...chosen);
      this.pen.globalAlpha = alpha;
      this.strokeArrows(chosen.filter(a => !isMarker(a)), color, width, []);
      this.strokeArrows(chosen.filter(isMarker), color, width, [5, 4]);
      this.pen.globalAlpha = 1;
    }
  }

  /** Where an arrow begins and ends, in pixels. */
  ends(a) {
    const [, from, to] = trace.channels[arrow.channel[a]];
    const start = arrow.from[a] === NONE ? NONE : this.position[arrow.from[a]];
    const x1 = this.x(start === NONE ? -0.9 : start);
    const y1 = this.y(from);
    if (arrow.to[a] !== NONE) {
      return {x1, y1, x2: this.x(this.position[arrow.to[a]]), y2: this.y(to), loop: from === to};
    }
    return {x1, y1, x2: x1 + 20, y2: y1 + Math.sign(to - from) * 16, loop: from === to};
  }

  strokeArrows(list, color, width, dash) {
    const pen = this.pen;
    const heads = new Path2D();
    pen.strokeStyle = color;
    pen.fillStyle = color;
    pen.lineWidth = width;
    pen.setLineDash(dash);
    pen.beginPath();
    for (const a of list) {
      let {x1, y1, x2, y2, loop} = this.ends(a);
      let angle = Math.atan2(y2 - y1, x2 - x1);
      pen.moveTo(x1, y1);
      if (loop) {
        const height = Math.min(30, 14 + (x2 - x1) / 6);
        pen.bezierCurveTo(x1 + (x2 - x1) / 4, y1 - height, x2 - (x2 - x1) / 4, y1 - height, x2, y2);
        angle = Math.PI / 3;
      } else {
        pen.lineTo(x2, y2);
      }
      const size = Math.min(9, 5 + width * 1.5);
      x2 -= Math.cos(angle) * 3.5;
      y2 -= Math.sin(angle) * 3.5;
      heads.moveTo(x2, y2);
      heads.lineTo(x2 - size * Math.cos(angle - 0.38), y2 - size * Math.sin(angle - 0.38));
      heads.lineTo(x2 - size * Math.cos(angle + 0.38), y2 - size * Math.sin(angle + 0.38));
      heads.closePath();
    }
    pen.stroke();
    pen.setLineDash([]);
    if (this.scale > 2 || width > 2) pen.fill(heads);
  }

  /** The events of a process that are in the window, as a range of its own. */
  visibleEvents(process) {
    const own = eventsOf[process];
    const from = countWhile(own.length, k => this.position[own[k]] < this.left - 1);
    const to = countWhile(own.length, k => this.position[own[k]] <= this.left + this.span + 1);
    return own.slice(from, to);
  }

  drawEvents() {
    this.drawn.events = [];
    const size = Math.max(1.2, Math.min(4, this.scale / 5));
    for (let p = 0; p < this.lanes; p++) {
      if (this.y(p) < -20 || this.y(p) > this.height + 20) continue;
      const all = this.visibleEvents(p);
      const stride = Math.ceil(all.length * this.lanes / 6000);
      all.forEach((e, i) => {
        if (i % stride === 0 || kind[e] === 'T' || this.red.events.has(e)) this.drawEvent(e, size);
      });
    }
  }

  drawEvent(e, size) {
    const pen = this.pen;
    const x = this.x(this.position[e]);
    const y = this.y(eventProcess[e]);
    this.drawn.events.push(e);
    if (kind[e] === 'T' || kind[e] === 'A') {
      const chosen = this.permutation.isCut(e);
      const r = chosen ? 8 : 5.5;
      pen.beginPath();
      pen.moveTo(x, y - r);
      pen.lineTo(x + r, y);
      pen.lineTo(x, y + r);
      pen.lineTo(x - r, y);
      pen.closePath();
      pen.fillStyle = chosen ? this.colors.ink : this.colors.other;
      pen.strokeStyle = this.colors.paper;
      pen.lineWidth = 2;
      pen.stroke();
      pen.fill();
    } else {
      pen.beginPath();
      pen.arc(x, y, kind[e] === 'I' ? size * 0.75 : size, 0, 7);
      const after = this.permutation.exists && !this.permutation.isPrerecording(e);
      pen.fillStyle = after ? this.colors.paper : this.colors.dot;
      pen.fill();
      if (after) {
        pen.strokeStyle = this.colors.dot;
        pen.lineWidth = Math.min(1.6, size / 2);
        pen.stroke();
      }
    }
    if (this.red.events.has(e)) {
      pen.beginPath();
      pen.arc(x, y, 11, 0, 7);
      pen.strokeStyle = this.colors.wrong;
      pen.lineWidth = 2.4;
      pen.stroke();
    }
  }

  drawLabels() {
    const pen = this.pen;
    const taken = this.scale < 8 ? [] : this.drawn.events.map(e => this.box(e));
    pen.textAlign = 'center';
    pen.lineJoin = 'round';
    if (this.snapshot.states && this.scale > 0.5) {
      this.permutation.records.forEach((e, p) => {
        const v = this.snapshot.states[p];
        if (e === NONE || v === NONE || v === undefined) return;
        const x = this.x(this.position[e]);
        const text = brief(value(v));
        const half = text.length * 4 + 3;
        const box = {l: x - half, r: x + half, t: this.y(p) - 24, b: this.y(p) - 9};
        if (this.lane < 34 && taken.some(other => overlaps(box, other))) return;
        taken.push(box);
        this.write(text, x, this.y(p) - 13, 600,
            this.red.processes.has(p) ? this.colors.wrong : this.colors.ink);
      });
    }
    const crowded = this.drawn.arrows.length > MOST_LABELS;
    const most = this.scale < 6 ? 30 : MOST_LABELS;
    const throng = this.drawn.arrows.filter(a => this.inTransit[a]).length > most;
    for (const a of [...this.drawn.arrows].reverse()) {
      const special = this.red.arrows.has(a) || (this.inTransit[a] && !throng);
      if (isMarker(a) || (crowded && !special) || (this.scale < 6 && !special)) continue;
      const color = this.red.arrows.has(a) ? this.colors.wrong
          : this.inTransit[a] ? this.colors.recorded : this.colors.ink;
      this.label(brief(value(arrow.value[a])), this.ends(a), color, special, taken);
    }
  }

  box(e) {
    const x = this.x(this.position[e]);
    const y = this.y(eventProcess[e]);
    return {l: x - 6, r: x + 6, t: y - 6, b: y + 6};
  }

  label(text, {x1, y1, x2, y2, loop}, color, special, taken) {
    const half = text.length * 3.7 + 3;
    for (const t of [0.34, 0.5, 0.25, 0.66, 0.42, 0.58, 0.78, 0.15]) {
      const x = x1 + t * (x2 - x1);
      const y = loop ? y1 - 22 : y1 + t * (y2 - y1);
      const box = {l: x - half, r: x + half, t: y - 8, b: y + 8};
      if (!taken.some(other => overlaps(box, other))) {
        taken.push(box);
        this.write(text, x, y + 4, special ? 600 : 400, color);
        return;
      }
    }
  }

  write(text, x, y, weight, color) {
    const pen = this.pen;
    pen.font = this.font(weight, 12);
    pen.strokeStyle = this.colors.paper;
    pen.lineWidth = 4;
    pen.strokeText(text, x, y);
    pen.fillStyle = color;
    pen.fillText(text, x, y);
  }

  drawNames() {
    const pen = this.pen;
    pen.textAlign = 'left';
    pen.font = this.font(600, 13);
    for (let p = 0; p < this.lanes; p++) {
      pen.fillStyle = this.red.processes.has(p) ? this.colors.wrong : this.colors.ink;
      pen.fillText(trace.processes[p], 18, this.y(p) + 4.5, this.gutter - 28);
    }
  }

  drawOverview() {
    const pen = this.overview.getContext('2d');
    const ratio = this.overview.width / this.width;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, this.width, 26);
    const x = column => this.gutter + (column + 0.5) / (this.columns + 1) * (this.width - this.gutter - 12);
    pen.fillStyle = this.colors.soft;
    pen.fillRect(x(-0.5), 4, x(this.columns) - x(-0.5), 18);
    for (const snapshot of trace.snapshots) {
      const columns = snapshot.records.filter(e => e !== NONE).map(e => this.position[e]);
      if (columns.length === 0) continue;
      const low = x(columns.reduce((one, other) => Math.min(one, other)));
      const high = x(columns.reduce((one, other) => Math.max(one, other)));
      const chosen = snapshot === this.snapshot;
      pen.fillStyle = chosen ? this.colors.ink : this.colors.other;
      pen.fillRect(low - 1, chosen ? 4 : 9, high - low + 2, chosen ? 18 : 8);
    }
    pen.strokeStyle = this.colors.recorded;
    pen.lineWidth = 2;
    const from = Math.max(x(-0.5), x(this.left));
    const to = Math.min(x(this.columns), x(this.left + this.span));
    pen.strokeRect(from, 3, Math.max(4, to - from), 20);
  }

  /** What is under the pointer: the nearest event, or else the nearest arrow. */
  under(px, py) {
    if (px < this.gutter) return null;
    let best = null;
    let distance = 11;
    for (const e of this.drawn.events) {
      const d = Math.hypot(this.x(this.position[e]) - px, this.y(eventProcess[e]) - py);
      if (d < distance) [best, distance] = [{event: e}, d];
    }
    if (best !== null) return best;
    distance = 7;
    for (const a of this.drawn.arrows) {
      const {x1, y1, x2, y2} = this.ends(a);
      const length = Math.hypot(x2 - x1, y2 - y1) || 1;
      const t = Math.max(0, Math.min(1, ((px - x1) * (x2 - x1) + (py - y1) * (y2 - y1)) / length ** 2));
      const d = Math.hypot(x1 + t * (x2 - x1) - px, y1 + t * (y2 - y1) - py);
      if (d < distance) [best, distance] = [{arrow: a}, d];
    }
    return best;
  }
}

const overlaps = (one, other) => one.l < other.r && other.l < one.r && one.t < other.b && other.t < one.b;

/** A JSON value in a few characters: of an object the first field, and an ellipsis. */
function brief(json) {
  let text = json;
  try {
    let parsed = JSON.parse(json);
    let more = false;
    while (parsed !== null && typeof parsed === 'object') {
      const fields = Object.values(parsed);
      if (fields.length === 0) break;
      more = more || fields.length > 1;
      parsed = fields[0];
    }
    text = (typeof parsed === 'string' ? parsed : JSON.stringify(parsed));
    text = text.length > 10 ? text.slice(0, 9) + '\u2026' : text;
    return more && !text.endsWith('\u2026') ? text + '\u2026' : text;
  } catch {
    return text.length > 10 ? text.slice(0, 9) + '\u2026' : text;
  }
}

/** The colors of the page, as the canvas needs them. */
function colors() {
  const probe = document.createElement('span');
  document.body.append(probe);
  const resolved = {};
  for (const name of ['paper', 'ink', 'muted', 'lane', 'message', 'recorded', 'marker', 'wrong',
    'other', 'past', 'soft']) {
    probe.style.color = `var(--${name})`;
    resolved[name] = getComputedStyle(probe).color;
  }
  probe.remove();
  resolved.dot = resolved.message;
  return resolved;
}
