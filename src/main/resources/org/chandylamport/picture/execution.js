
// The trace, and the construction of Theorem 1 on it. Events are numbers, in the linear order of
// the picture; so are processes, channels, arrows (messages and markers), values and snapshots.
const trace = JSON.parse(document.getElementById('trace').textContent);
const NONE = -1;
const kind = trace.events.kind; // S send, R receive, I internal, T record state, M receive marker, A abandon
const eventProcess = Int32Array.from(trace.events.process);
const eventState = Int32Array.from(trace.events.state); // the value after it, NONE where unchanged
const arrow = {
  count: trace.arrows.channel.length,
  channel: Int32Array.from(trace.arrows.channel),
  from: Int32Array.from(trace.arrows.from),
  to: Int32Array.from(trace.arrows.to),
  value: Int32Array.from(trace.arrows.value), // of a marker -1 less the snapshot
};
const system = new Map(trace.events.system); // events of the algorithm: which snapshot
const isMarker = a => arrow.value[a] < 0;

const eventsOf = trace.processes.map(() => []);
eventProcess.forEach((p, e) => eventsOf[p].push(e));

// The messages of a channel are arrows in a row.
const messagesOf = trace.channels.map(() => ({first: 0, last: 0}));
const arrowOf = new Int32Array(kind.length).fill(NONE);
for (let a = 0; a < arrow.count; a++) {
  if (!isMarker(a)) {
    const range = messagesOf[arrow.channel[a]];
    if (range.last === 0) range.first = a;
    range.last = a + 1;
    if (arrow.from[a] !== NONE) arrowOf[arrow.from[a]] = a;
  }
  if (arrow.to[a] !== NONE) arrowOf[arrow.to[a]] = a;
}

/** How many of the first `count` places satisfy what holds up to some place and not beyond. */
function countWhile(count, holds) {
  let low = 0;
  while (low < count) {
    const middle = (low + count) >> 1;
    if (holds(middle)) low = middle + 1; else count = middle;
  }
  return low;
}

/**
 * The prerecording events of a snapshot, and the cut after them, moved step by step in front of
 * the postrecording ones: a step takes the first that has a postrecording one before it, and moves
 * it past all of these. Only positions change, never the order of a process.
 */
class Permutation {
  constructor(snapshot) {
    this.records = snapshot.records;
    this.exists = this.records.length > 0 && this.records.every(e => e !== NONE);
    this.first = this.exists ? Math.min(...this.records) : kind.length;
    this.movers = [];
    this.rank = new Float64Array(kind.length + 1);
    this.moversBefore = new Int32Array(kind.length + 1);
    this.width = [0];
    for (let e = 0; e < kind.length; e++) {
      const narrow = this.isCut(e);
      this.moversBefore[e] = this.movers.length;
      if (e > this.first && (narrow || this.isPrerecording(e))) {
        this.width.push(this.width[this.movers.length] + (narrow ? 0 : 1));
        this.movers.push(e);
      }
      this.rank[e + 1] = this.rank[e] + (narrow ? 0 : 1);
    }
    this.columns = this.rank[kind.length];
    this.steps = this.movers.length;
  }

  isCut(e) { return this.records[eventProcess[e]] === e; }

  isPrerecording(e) {
    const record = this.records[eventProcess[e]];
    return record === undefined || record === NONE || e < record;
  }

  /** Where the events in front end, after so many steps. */
  boundary(step) { return this.exists ? this.rank[this.first] + this.width[step] : 0; }

  /** The column of an event after so many steps. A cut stands between two columns. */
  column(e, step) {
    const narrow = this.isCut(e);
    const mover = e === this.first || (e > this.first && (narrow || this.isPrerecording(e)));
    if (mover && this.moversBefore[e] < step || e === this.first) {
      return narrow ? this.boundary(step) - 0.5
          : this.rank[this.first] + this.width[this.moversBefore[e]];
    }
    const behind = this.width[step] - this.width[Math.min(step, this.moversBefore[e])];
    return this.rank[e] + behind - (narrow ? 0.5 : 0);
  }

  /** All columns, between two steps for a fraction. */
  columnsAt(step) {
    const low = Math.floor(step);
    const part = step - low;
    const columns = new Float32Array(kind.length);
    for (let e = 0; e < kind.length; e++) {
      const x = this.column(e, low);
      columns[e] = part === 0 ? x : x + part * (this.column(e, low + 1) - x);
    }
    return columns;
  }

  /** The first event of a process that is not in front after so many steps. */
  end(process, step) {
    const next = step < this.steps ? this.movers[step] : kind.length;
    return Math.min(next, this.exists ? this.records[process] : kind.length);
  }

  /** The events in their order after so many steps, without those of the algorithm. */
  order(step) {
    const columns = this.columnsAt(step);
    return [...columns.keys()].filter(e => 'SRI'.includes(kind[e]))
        .sort((one, other) => columns[one] - columns[other]);
  }

  /** The state of a process after the events in front: a value. */
  stateReached(process, step) {
    const own = eventsOf[process];
    const end = this.end(process, step);
    for (let k = countWhile(own.length, k => own[k] < end) - 1; k >= 0; k--) {
      if (eventState[own[k]] !== NONE) return eventState[own[k]];
    }
    return trace.initial[process];
  }

  /** The messages in a channel after the events in front: values. */
  contentReached(channel, step) {
    const [, from, to] = trace.channels[channel];
    const {first, last} = messagesOf[channel];
    const sent = countWhile(last - first, k => arrow.from[first + k] < this.end(from, step));
    const received = countWhile(last - first, k => arrow.to[first + k] !== NONE
        && arrow.to[first + k] < this.end(to, step));
    return arrow.value.slice(first + received, first + Math.max(sent, received));
  }

  /** Whether a message was sent in front of the cut and not received in front of it. */
  isInTransit(a) {
    if (isMarker(a) || !this.exists) return false;
    const sent = arrow.from[a] === NONE ? arrow.to[a] !== NONE : this.isPrerecording(arrow.from[a]);
    return sent && (arrow.to[a] === NONE || !this.isPrerecording(arrow.to[a]));
  }
}

const value = v => trace.values[v];
const snapshotName = s => String(trace.snapshots[s].name);
const channelName = c => trace.channels[c][0];

/** An event in a sentence. */
function sentence(e) {
  const p = trace.processes[eventProcess[e]];
  const a = arrowOf[e];
  switch (kind[e]) {
    case 'S': return `${p} sends ${value(arrow.value[a])} along ${channelName(arrow.channel[a])}`;
    case 'R': return `${p} receives ${value(arrow.value[a])} along ${channelName(arrow.channel[a])}`;
    case 'I': return `${p} steps to ${value(eventState[e])}`;
    case 'T': return `${p} records its state for snapshot ${snapshotName(system.get(e))}`;
    case 'M': return `${p} receives the marker of snapshot ${snapshotName(system.get(e))}`
        + (a === NONE ? '' : ` along ${channelName(arrow.channel[a])}`);
    default: return `${p} gives up snapshot ${snapshotName(system.get(e))}`;
  }
}

/** A message or marker in a sentence. */
function arrowSentence(a, isInTransit) {
  const channel = channelName(arrow.channel[a]);
  if (isMarker(a)) return `The marker of snapshot ${snapshotName(-1 - arrow.value[a])} along ${channel}`;
  const number = a - messagesOf[arrow.channel[a]].first + 1;
  return `Message ${number} of ${channel}: ${value(arrow.value[a])}`
      + (arrow.from[a] === NONE ? ', in the channel from the start' : '')
      + (arrow.to[a] === NONE ? ', never received' : '')
      + (isInTransit ? ', in transit at the cut' : '');
}
