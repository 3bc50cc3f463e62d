
// The page around the diagram: the snapshots, the slider, the tables, the verdicts, the keyboard.
const $ = id => document.getElementById(id);

function failed(reason) {
  $('failure').hidden = false;
  $('failure').textContent = `This page has failed: ${reason}`;
}
window.addEventListener('error', event => failed(event.message));
window.addEventListener('unhandledrejection', event => failed(event.reason));

function element(name, type, ...content) {
  const made = document.createElement(name);
  if (type) made.className = type;
  made.append(...content);
  return made;
}

const plural = (n, noun) => `${n.toLocaleString('en')} ${noun}${n === 1 ? '' : noun.endsWith('s') ? 'es' : 's'}`;
const clipped = (text, length) => text.length > length ? text.slice(0, length - 1) + '\u2026' : text;
const calm = matchMedia('(prefers-reduced-motion: reduce)');
const view = new View($('diagram'), $('overview'));
const page = {chosen: 0, step: 0, shown: 0, playing: false};

const none = {name: '', records: [], states: null, contents: null, red: {events: [], arrows: [], processes: []}};
const snapshot = () => trace.snapshots[page.chosen] || none;
const verdict = () => trace.audit.snapshots[page.chosen];
const permutation = () => view.permutation;

// ---- choosing

function choose(number) {
  page.chosen = number;
  stop();
  view.choose(snapshot(), new Permutation(snapshot()));
  const radio = $('snapshots').querySelectorAll('input')[number];
  if (radio) {
    radio.checked = true;
    radio.closest('label').scrollIntoView({block: 'nearest', inline: 'nearest'});
  }
  $('step').max = permutation().steps;
  for (const id of ['first', 'back', 'play', 'next', 'last', 'step']) $(id).disabled = permutation().steps === 0;
  $('legend').querySelector('.wrong').hidden = snapshot().red.events.length === 0;
  writeVerdict();
  makeTables();
  page.shown = 0;
  moveTo(0, true);
  view.showCut(0);
  redraw();
}

function listSnapshots() {
  trace.snapshots.forEach((one, i) => {
    const input = document.createElement('input');
    input.type = 'radio';
    input.name = 'snapshot';
    input.addEventListener('change', () => choose(i));
    const outcome = trace.audit.snapshots[i].verdict;
    const label = element('label', '', input, element('span', `dot ${outcome}`), String(one.name));
    label.title = outcome;
    $('snapshots').append(label);
  });
  $('snapshots').hidden = trace.snapshots.length === 0;
}

// ---- the slider

function moveTo(step, atOnce) {
  page.step = Math.max(0, Math.min(permutation().steps, step));
  $('step').value = page.step;
  if (atOnce || calm.matches) page.shown = page.step;
  updateTables();
  writeStatus();
  redraw();
}

function play() {
  if (page.playing) return stop();
  if (page.step === permutation().steps) moveTo(0, true);
  page.playing = true;
  $('play').textContent = 'Pause';
  redraw();
}

function stop() {
  page.playing = false;
  $('play').textContent = 'Play';
}

let frame = 0;
let before = 0;
function redraw() {
  if (frame === 0) frame = requestAnimationFrame(animate);
}

function animate(now) {
  frame = 0;
  const passed = Math.min(50, now - before) / 1000;
  before = now;
  const steps = permutation().steps;
  if (page.playing) {
    page.shown = Math.min(steps, page.shown + passed * Math.max(1.4, steps / 14));
    if (Math.floor(page.shown) !== page.step) {
      page.step = Math.floor(page.shown);
      $('step').value = page.step;
      updateTables();
      writeStatus();
    }
    if (page.shown === steps) stop();
  } else if (page.shown !== page.step) {
    const gap = page.step - page.shown;
    const stride = passed * Math.max(5, Math.abs(gap) * 8);
    page.shown = Math.abs(gap) <= stride ? page.step : page.shown + Math.sign(gap) * stride;
  }
  view.draw(page.shown);
  writeDrawn();
  if (page.playing || page.shown !== page.step) redraw();
}

function writeStatus() {
  const {steps, exists, movers} = permutation();
  const status = $('status');
  status.className = '';
  if (!exists) {
    status.textContent = trace.snapshots.length === 0 ? 'The trace has no snapshot.'
        : 'Not every process recorded its state: there is no cut to move events in front of.';
    return;
  }
  if (page.step < steps) {
    const e = movers[page.step];
    const next = permutation().isCut(e)
        ? `the cut of ${trace.processes[eventProcess[e]]}` : clipped(sentence(e), 110);
    status.textContent = `Theorem 1: ${page.step.toLocaleString('en')} of ${plural(steps, 'step')}; next in front: ${next}.`;
    return;
  }
  const {witness} = verdict();
  const index = permutation().order(steps).filter(e => permutation().isPrerecording(e)).length;
  if (witness && witness.index === index && differences() === 0) {
    status.className = 'good';
    status.textContent = `S* is met: after ${witness.index.toLocaleString('en')} of ${plural(witness.events, 'event')}`
        + ' the computation, in this order, is in the recorded global state, and ends as it did.';
  } else if (verdict().verdict === 'consistent' && !witness) {
    status.textContent = 'All prerecording events are in front.';
  } else {
    status.className = 'bad';
    status.textContent = 'S* is not met: ' + (witness && witness.refuted
        || verdict().violations.map(v => v.explanation)[0] || 'it was not recorded') + '.';
  }
}

function writeDrawn() {
  const {arrows, visible} = view.drawn;
  $('drawn').textContent = arrows.length < visible
      ? `${arrows.length.toLocaleString('en')} of ${plural(visible, 'arrow')} drawn: zoom in for all` : '';
}

// ---- the tables

const EMPTY = 'empty';
let rows = {processes: [], channels: []};

function makeTables() {
  const one = snapshot();
  const wrong = new Set((verdict() ? verdict().violations : []).map(v => v.channel || v.process));
  $('processes').tBodies[0].replaceChildren();
  $('channels').tBodies[0].replaceChildren();
  rows = {processes: [], channels: []};
  trace.processes.forEach((p, i) => {
    const recorded = one.states && one.states[i] !== NONE ? value(one.states[i]) : null;
    rows.processes.push(row('processes', p, [value(trace.initial[i])], recorded, wrong.has(p)));
  });
  const order = trace.channels.map((c, i) => i).sort((i, j) => busy(j) - busy(i) || i - j);
  for (const i of order.slice(0, 2000)) {
    const recorded = one.contents && one.contents[i] ? contents(one.contents[i]) : null;
    rows.channels[i] = row('channels', channelName(i), [], recorded, wrong.has(channelName(i)));
  }
  hideEmpty();
}

const busy = c => (view.red && trace.audit.snapshots[page.chosen]
    && verdict().violations.some(v => v.channel === channelName(c)) ? 2 : 0)
    + (snapshot().contents && snapshot().contents[c] && snapshot().contents[c].length > 0 ? 1 : 0);

function row(table, name, fixed, recorded, isWrong) {
  const reached = element('td', 'value reached');
  const equal = element('td');
  const known = element('td', recorded === EMPTY ? 'none' : 'value', recorded === null ? '\u2013' : recorded);
  const tr = element('tr', '', element('td', '', name), ...fixed.map(v => element('td', 'value', v)),
      reached, known, equal);
  tr.firstChild.title = name;
  $(table).tBodies[0].append(tr);
  return {tr, reached, equal, recorded, isWrong, text: undefined};
}

function contents(values) {
  if (values.length === 0) return EMPTY;
  const shown = Array.from(values.slice(0, 40), value).join(', ');
  return values.length > 40 ? `${shown} and ${values.length - 40} more (${values.length} in all)` : shown;
}

function updateTables() {
  rows.processes.forEach((row, p) => update(row, value(permutation().stateReached(p, page.step))));
  rows.channels.forEach((row, c) => update(row, contents(permutation().contentReached(c, page.step))));
}

function update(row, text) {
  if (row.text === text) return;
  row.text = text;
  row.reached.textContent = text;
  row.reached.className = text === EMPTY ? 'none reached' : 'value reached';
  const equal = row.recorded === text;
  row.tr.className = equal ? 'equal' : row.isWrong ? 'wrong' : 'differs';
  row.equal.textContent = equal ? '\u2713' : row.recorded === null ? '' : '\u2260';
}

/** How many states and channels that were reached are not those that were recorded. */
function differences() {
  return [...rows.processes, ...Object.values(rows.channels)].filter(row => row.text !== row.recorded).length;
}

function hideEmpty() {
  const empty = trace.channels.map((c, i) => i).filter(i => rows.channels[i] && busy(i) === 0);
  const box = $('empty').querySelector('input');
  $('empty').hidden = empty.length < 5;
  $('empty').querySelector('span').textContent = `Show ${plural(empty.length, 'channel')} recorded as empty`;
  empty.forEach(i => { rows.channels[i].tr.hidden = empty.length >= 5 && !box.checked; });
}

// ---- the verdict

function writeVerdict() {
  const parts = [];
  const {events, trace: whole} = trace.audit;
  if (verdict()) {
    const {verdict: outcome, violations, assumptions = [], witness} = verdict();
    parts.push(element('h2', '', element('span', `dot ${outcome}`), `Snapshot ${snapshot().name} is ${outcome}`));
    const initiators = snapshot().initiators.map(p => trace.processes[p]).join(', ');
    const transit = snapshot().contents
        ? plural(snapshot().contents.reduce((sum, c) => sum + (c ? c.length : 0), 0), 'message') + ' in transit' : 'not recorded';
    parts.push(element('p', 'muted', (initiators ? `Initiated by ${initiators}; ` : '') + transit + '.'));
    if (witness && witness.index !== undefined) {
      parts.push(element('p', '', `Theorem 1: its ${plural(witness.index, 'prerecording event')} can be moved in front of the`
          + ` other ${(witness.events - witness.index).toLocaleString('en')}; what results is a computation, passes through S*, and ends in the same state.`));
    }
    if (violations.length > 0) parts.push(violationList(violations, snapshot().red));
    if (assumptions.length > 0) parts.push(element('p', '', 'Assuming that ' + assumptions.join('; ') + '.'));
  }
  if (whole.violations.length > 0) {
    parts.push(element('h2', '', element('span', 'dot faulty'), 'The trace is faulty'));
    parts.push(element('p', 'muted', 'It is no computation over reliable FIFO channels.'));
    parts.push(violationList(whole.violations, trace.red));
  }
  if (parts.length === 0) parts.push(element('p', '', `${plural(events, 'event')}, and no snapshot.`));
  $('verdict').replaceChildren(...parts);
}

function violationList(violations, red) {
  const list = element('ul', 'bad');
  for (const {kind, explanation} of violations) {
    list.append(element('li', '', element('strong', '', kind), `: ${explanation}`));
  }
  if (red.events.length > 0) {
    const button = element('button', '', 'Show it');
    button.addEventListener('click', () => {
      const columns = red.events.map(e => permutation().column(e, page.step));
      view.show(Math.min(...columns), Math.max(...columns));
      redraw();
    });
    list.lastChild.append(button);
  }
  return list;
}

function writeSummary() {
  const {events, trace: whole, snapshots} = trace.audit;
  const counts = {};
  snapshots.forEach(s => { counts[s.verdict] = (counts[s.verdict] || 0) + 1; });
  $('summary').textContent = [
    plural(trace.processes.length, 'process'), plural(trace.channels.length, 'channel'),
    plural(events, 'event'), `the trace is ${whole.verdict}`, plural(snapshots.length, 'snapshot')
        + (snapshots.length ? ': ' : '') + Object.entries(counts).map(([word, n]) => `${n} ${word}`).join(', '),
  ].join(' \u00b7 ');
}

// ---- pointer, keyboard, theme, print

function listenToDiagram() {
  const canvas = $('diagram');
  const pointers = new Map();
  canvas.addEventListener('pointerdown', e => {
    canvas.setPointerCapture(e.pointerId);
    pointers.set(e.pointerId, e);
  });
  canvas.addEventListener('pointermove', e => {
    const last = pointers.get(e.pointerId);
    if (!last) return hover(e);
    $('tip').hidden = true;
    if (pointers.size === 2) {
      const other = [...pointers.values()].find(p => p.pointerId !== e.pointerId);
      const spread = p => Math.max(20, Math.abs(p.offsetX - other.offsetX));
      view.zoom(spread(e) / spread(last), (e.offsetX + other.offsetX) / 2);
    } else {
      view.left -= (e.offsetX - last.offsetX) / view.scale;
      view.top -= e.offsetY - last.offsetY;
    }
    pointers.set(e.pointerId, e);
    redraw();
  });
  for (const type of ['pointerup', 'pointercancel']) {
    canvas.addEventListener(type, e => { pointers.delete(e.pointerId); if (type === 'pointerup') hover(e); });
  }
  canvas.addEventListener('pointerleave', () => { $('tip').hidden = true; });
  canvas.addEventListener('wheel', e => {
    if (e.ctrlKey || e.metaKey) {
      e.preventDefault();
      view.zoom(Math.exp(-e.deltaY / 200), e.offsetX);
    } else if (e.deltaX !== 0 || e.shiftKey) {
      e.preventDefault();
      view.left += (e.deltaX || e.deltaY) / view.scale;
    } else {
      return;
    }
    redraw();
  }, {passive: false});
  const seek = e => {
    if (e.buttons !== 1) return;
    const column = (e.offsetX - view.gutter) / (view.width - view.gutter - 12) * (view.columns + 1);
    view.left = column - view.span / 2;
    redraw();
  };
  $('overview').addEventListener('pointerdown', seek);
  $('overview').addEventListener('pointermove', seek);
}

function hover(e) {
  const found = view.under(e.offsetX, e.offsetY);
  const tip = $('tip');
  tip.hidden = found === null;
  if (found === null) return;
  tip.textContent = found.event !== undefined
      ? `${sentence(found.event)}${permutation().exists && kind[found.event] !== 'T'
        ? permutation().isPrerecording(found.event) ? ' (prerecording)' : ' (postrecording)' : ''}`
      : arrowSentence(found.arrow, view.inTransit[found.arrow] === 1);
  const x = Math.max(4, Math.min(e.offsetX + 14, view.width - tip.offsetWidth - 8));
  const above = e.offsetY + tip.offsetHeight + 20 > view.height;
  tip.style.transform = `translate(${x}px, ${Math.max(2, above ? e.offsetY - tip.offsetHeight - 12 : e.offsetY + 18)}px)`;
}

function theme() {
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  const root = document.documentElement.style;
  const now = root.colorScheme || (dark ? 'dark' : 'light');
  root.colorScheme = now === 'dark' ? 'light' : 'dark';
  refresh();
}

function refresh() {
  view.resize();
  redraw();
}

const showAll = () => { view.show(0, view.columns); redraw(); };
const showCut = () => { view.showCut(page.shown); redraw(); };
const zoom = factor => { view.zoom(factor); redraw(); };
const pan = (columns, lanes) => {
  view.left += columns * view.span;
  view.top += lanes * view.lane;
  redraw();
};
const step = by => { stop(); moveTo(page.step + by); };

const keys = {
  ' ': play, ',': () => step(-1), '.': () => step(1),
  'Home': () => step(-Infinity), 'End': () => step(Infinity),
  '[': () => choose(Math.max(0, page.chosen - 1)),
  ']': () => choose(Math.min(trace.snapshots.length - 1, page.chosen + 1)),
  '+': () => zoom(1.4), '=': () => zoom(1.4), '-': () => zoom(1 / 1.4),
  'a': showAll, 'c': showCut, 't': theme,
};
const arrowKeys = {
  ArrowLeft: () => pan(-0.15, 0), ArrowRight: () => pan(0.15, 0),
  ArrowUp: () => pan(0, -1), ArrowDown: () => pan(0, 1),
};

document.addEventListener('keydown', e => {
  if (e.ctrlKey || e.metaKey || e.altKey) return;
  const focus = document.activeElement;
  const typing = focus.matches('input, summary') || (e.key === ' ' && focus.matches('button'));
  const act = focus === $('diagram') && arrowKeys[e.key] || (typing && [' ', 'Home', 'End'].includes(e.key) ? null : keys[e.key]);
  if (act && (trace.snapshots.length > 0 || !['[', ']'].includes(e.key))) {
    e.preventDefault();
    act();
  }
});

function listenToButtons() {
  $('step').addEventListener('input', () => { stop(); moveTo(Number($('step').value)); });
  const clicks = {first: keys.Home, back: keys[','], play, next: keys['.'], last: keys.End,
    in: keys['+'], out: keys['-'], cut: showCut, all: showAll, theme};
  for (const [id, act] of Object.entries(clicks)) $(id).addEventListener('click', act);
  $('empty').addEventListener('change', hideEmpty);
}

function print(isPrinting) {
  document.documentElement.style.colorScheme = isPrinting ? 'light' : '';
  view.ratio = isPrinting ? 3 : 0;
  view.resize();
  view.draw(page.shown);
}

writeSummary();
listSnapshots();
listenToDiagram();
listenToButtons();
new ResizeObserver(() => requestAnimationFrame(() => {
  if ($('stage').clientWidth !== view.width) refresh();
})).observe($('stage'));
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', refresh);
window.addEventListener('beforeprint', () => print(true));
window.addEventListener('afterprint', () => print(false));

// An address may end in #snapshot=2&step=end, or in a number of steps.
const asked = new URLSearchParams(location.hash.slice(1));
const named = trace.snapshots.findIndex(s => String(s.name) === asked.get('snapshot'));
const refuted = trace.audit.snapshots.findIndex(s => s.verdict === 'inconsistent' || s.verdict === 'incomplete');
choose(Math.max(0, named !== NONE ? named : refuted));
if (asked.has('step')) moveTo(asked.get('step') === 'end' ? Infinity : Number(asked.get('step')) || 0, true);

/** For tests, and for the curious at the console. */
window.report = {trace, page, view, choose, moveTo, differences, get permutation() { return permutation(); }};
