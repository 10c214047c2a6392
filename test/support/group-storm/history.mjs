// What clients called and were answered, held against the events: is there one order of the calls, taken one
// at a time, that explains every answer, every event and the tables?
//
// The events name the order of all that changed something. A call that left no event (a no-op, a refusal, a
// read) must be explained by a state that was current at some moment between its request and its answer.

import { expect } from 'vitest';
import { request } from './calls.mjs';
import { outcome, shownMembers, unconfirmedMembers } from './model.mjs';
import { differences } from './tables.mjs';

export class History {
  clock = 0;
  entries = [];

  /**
   * Sends a call and keeps what became of it; `send(method, path, body, headers)` fails where no answer came. The
   * user agent carries the number of the call into its log line, so that it is known without an answer as well.
   */
  async call(call, send) {
    const entry = { number: this.entries.length + 1, call, sent: (this.clock += 1) };
    this.entries.push(entry);
    try {
      entry.answer = await send(...withBody(request(call)), { 'user-agent': agent(entry.number) });
    } catch (error) {
      entry.lost = error;
    }
    entry.answered = this.clock += 1;
    return entry;
  }
}

const withBody = (/** @type {any[]} */ [method, path, body]) => [method, path, body];
const agent = (number) => `storm/${number}`;
const numberOf = (userAgent) => Number(/^storm\/(\d+)$/.exec(userAgent)?.[1]);

/** Walks through the events of one company as they come, and says what can't be explained. */
export class Replay {
  seen = new Set();

  /**
   * @param batch runs a list of {sql, params} in the database
   * @param state what is true at the event number `seq`
   */
  constructor(batch, companyId, state, seq) {
    this.batch = batch;
    this.companyId = companyId;
    this.states = new Map([[seq, state]]);
    this.seq = seq;
  }

  get state() {
    return this.states.get(this.seq);
  }

  /** Takes the entries since the last time, all of them ended; fails where something can't be explained. */
  async expectExplained(entries, when) {
    const wrong = await this.take(entries);
    expect(wrong.slice(0, 5), `${when}: ${wrong.length} things that no order of the calls explains`).toEqual([]);
  }

  /** The same; resolves with a list of complaints. */
  async take(entries) {
    const { events, lines } = await this.read();
    const wrong = [];
    const complain = (what, details) => wrong.push(`${what}: ${JSON.stringify(details)}`);
    const byNumber = new Map(entries.map((entry) => [entry.number, entry]));
    const lineOf = new Map();
    for (const line of lines) {
      const number = numberOf(line.user_agent);
      if (!byNumber.has(number)) complain('a log line of no call', line);
      else if (lineOf.has(number)) complain('a second log line of one call', [line, lineOf.get(number)]);
      lineOf.set(number, line);
    }
    const entryOf = new Map(lines.map((line) => [line.id, byNumber.get(numberOf(line.user_agent))]));
    const first = this.seq;
    for (const event of events) {
      if (event.seq !== this.seq + 1) complain('a gap in the numbers', [this.seq, event.seq]);
      const entry = entryOf.get(event.request_id);
      if (!entry) complain('an event of no call', event);
      else if (entry.seq) complain('a second event of one call', [entry.call, event]);
      this.states.set(event.seq, entry ? this.step(entry, event, complain) : this.state);
      this.seq = event.seq;
    }
    bound(entries, first, this.seq);
    for (const entry of entries) this.explain(entry, lineOf.get(entry.number), complain);
    wrong.push(...(await differences(this.batch, this.companyId, this.state)));
    return wrong;
  }

  async read() {
    const [{ rows: events }, { rows: lines }] = await this.batch([
      { sql: EVENTS, params: [this.companyId, this.seq] },
      { sql: LINES, params: [this.companyId] },
    ]);
    const isNew = ({ id }) => !this.seen.has(id);
    const fresh = lines.filter(isNew);
    for (const { id } of fresh) this.seen.add(id);
    return { events: events.map((event) => ({ ...event, data: JSON.parse(event.data) })), lines: fresh };
  }
  /** The event is what its call comes to in the state before it. */
  step(entry, event, complain) {
    const { after, members_added: added, members_removed: removed } = event.data;
    const expected = outcome(this.state, entry.call, after.id);
    entry.seq = event.seq;
    entry.status = expected.status;
    const seen = event.type.startsWith('group.')
      ? { type: event.type, group: after.id, added: [...added.ids].sort(), removed: [...removed.ids].sort() }
      : { type: event.type, teammate: after.id };
    if (JSON.stringify(seen) !== JSON.stringify(expected.event)) {
      const wanted = expected.event ?? expected.status;
      complain('the event is not what its call comes to', { seq: event.seq, call: entry.call, event: seen, wanted });
    }
    const group = expected.state.groups.get(after.id);
    if (group) {
      // What an event does not tell is as it was.
      const was = this.state.groups.get(after.id);
      const { display_name = was?.name, member_count, unconfirmed_members, version } = after;
      const state = after.state ?? (was?.isActive ? 'active' : 'deleted');
      const told = JSON.stringify([display_name, state, member_count, unconfirmed_members, version]);
      const right = JSON.stringify([
        group.name,
        group.isActive ? 'active' : 'deleted',
        ...counts(expected.state, group),
        group.version,
      ]);
      if (told !== right) complain('what the event tells of the group', { seq: event.seq, told, right });
    }
    return expected.state;
  }

  statesOf(from, to) {
    const states = [];
    for (let at = from; at <= to; at += 1) if (this.states.has(at)) states.push(this.states.get(at));
    return states;
  }

  explain(entry, line, complain) {
    const { call, answer, seq, floor, ceiling } = entry;
    const about = { number: entry.number, call, seq, floor, ceiling, status: answer?.status, body: answer?.body };
    if (line && (line.event_seq ?? undefined) !== seq) complain("a log line with another's event", { ...about, line });
    if (!answer) return;
    const isWrite = call.kind !== 'get';
    if (answer.status < 300 && isWrite && !line) complain('acknowledged, and not in the log', about);
    if (line && line.id !== answer.headers.get('x-request-id'))
      complain("a log line with another's id", { ...about, line });
    if (seq) {
      if (answer.status !== entry.status) complain(`answered otherwise than with ${entry.status}`, about);
      if (seq <= floor || seq > ceiling) complain('done before it was sent, or after it was answered', about);
      else if (call.kind === 'replace' && !isShown(answer, call, this.statesOf(seq, ceiling)))
        complain('the answer shows what was never there', about);
      return;
    }
    // Several states may explain it; one is enough.
    const states = this.statesOf(floor, ceiling);
    if (!states.some((state, place) => isExplained(answer, outcome(state, call), call, states.slice(place)))) {
      const possible = [...new Set(states.map((state) => describe(outcome(state, call))))];
      complain('no moment explains this answer', { ...about, possible });
    }
  }
}

const EVENTS = 'SELECT seq, type, request_id, data FROM events WHERE company_id = ? AND seq > ? ORDER BY seq';
const LINES = `
  SELECT id, user_agent, method, path, status, event_seq FROM requests
  WHERE company_id = ? AND user_agent LIKE '${agent('%')}'`;

const counts = (state, group) => [shownMembers(state, group).length, unconfirmedMembers(state, group)];

/** For each entry the first and the last state that can have been current between its request and its answer. */
function bound(entries, first, last) {
  const moments = entries.flatMap((entry) => [
    { at: entry.sent, entry },
    { at: entry.answered, entry, isEnd: true },
  ]);
  moments.sort((one, other) => one.at - other.at);
  let floor = first;
  for (const { entry, isEnd } of moments) {
    if (!isEnd) entry.floor = floor;
    else if (entry.seq && entry.answer) floor = Math.max(floor, entry.seq);
  }
  let ceiling = last;
  for (const { entry, isEnd } of moments.reverse()) {
    if (isEnd) entry.ceiling = ceiling;
    else if (entry.seq) ceiling = Math.min(ceiling, entry.seq - 1);
  }
}

/** `since` are the states from the one that the outcome is of. */
function isExplained(answer, expected, call, since) {
  if (expected.event || answer.status !== expected.status) return false;
  if (answer.status >= 400) return answer.body?.scimType === expected.scimType;
  if (answer.status !== 200) return true;
  return call.kind === 'replace' ? isShown(answer, call, since) : isSame(answer, expected);
}

/** A write's answer shows the group as it was when it was read back; where it was deleted before that, as it was written. */
function isShown(answer, { group }, states) {
  const seen = states.map((state) => outcome(state, { kind: 'get', group }));
  return seen.some((one) => one.status === 404 || isSame(answer, one));
}

const isSame = ({ body }, { shown }) => JSON.stringify(shownIn(body)) === JSON.stringify(shown);

const describe = ({ status, scimType, event, shown }) => JSON.stringify({ status, scimType, event, shown });

function shownIn({ id, displayName: name, members = [], meta, ...rest }) {
  const description = rest['urn:ietf:params:scim:schemas:extension:frontapp:group']?.description ?? null;
  return { id, name, description, members: members.map(({ value }) => value).sort(), version: meta.version };
}
