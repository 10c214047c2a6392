// What the tables hold of one company, and what a call added to them.

import { expect } from 'vitest';
import { batch } from './database.mjs';
import { storedBy, understoodOf, wholeEvents } from './events.mjs';

// When tokens and connections were last heard of is kept after the answer, and so left out.
const CONTENTS = {
  companies: 'SELECT * FROM companies WHERE id = ?',
  connections: 'SELECT id, provider, name, paused FROM connections WHERE company_id = ?',
  tokens: 'SELECT id, hash, scopes, connection_id, expires_at, revoked_at FROM tokens WHERE company_id = ?',
  templates: 'SELECT * FROM templates WHERE company_id = ?',
  teammates: 'SELECT * FROM teammates WHERE company_id = ? ORDER BY id',
  teammateEmails: 'SELECT email_folded, teammate_id FROM teammate_emails WHERE company_id = ? ORDER BY 1, 2',
  groups: 'SELECT * FROM groups WHERE company_id = ? ORDER BY id',
  memberships: 'SELECT * FROM memberships WHERE company_id = ? ORDER BY group_id, teammate_id',
  events: 'SELECT * FROM events WHERE company_id = ? ORDER BY seq',
  requests: 'SELECT * FROM requests WHERE company_id = ? ORDER BY id',
  eventValues: 'SELECT * FROM event_values WHERE company_id = ? ORDER BY hash',
  keptOrders: 'SELECT * FROM kept_orders WHERE company_id = ? ORDER BY id, part',
};

const JSON_COLUMNS = [
  ...['attributes', 'emails', 'data', 'scopes', 'entitlements', 'allowed_domains', 'before_adoption'],
  ...['notes', 'quirks', 'sent', 'understood', 'stored', 'value'],
];

/**
 * Every row of the company: `company` is its one row, the others are lists by the name of the table.
 *
 * @returns {Promise<Record<string, any>>}
 */
export async function tablesOf({ companyId }) {
  const names = Object.keys(CONTENTS);
  const results = await batch(names.map((name) => ({ sql: CONTENTS[name], params: [companyId] })));
  const tables = Object.fromEntries(names.map((name, place) => [name, results[place].rows.map(parsed)]));
  const events = wholeEvents(tables.events, tables.eventValues);
  const requests = tables.requests.map((line) => explained(line, events));
  return { ...tables, events, requests, company: tables.companies[0] };
}

/** A log line with what its event tells of it: what an identity provider's write stored is kept there alone. */
function explained(line, events) {
  const event = line.dialect === null ? undefined : events.find(({ seq }) => seq === line.event_seq);
  const isOfTeammate = event?.type.startsWith('teammate.');
  const stored = isOfTeammate ? { ...storedBy(event.told), ...line.stored } : line.stored;
  return { ...line, stored, understood: understoodOf(line.understood, line.sent) };
}

function parsed(row) {
  const { company_id: _, bytes: __, ...columns } = row;
  for (const name of JSON_COLUMNS) if (typeof columns[name] === 'string') columns[name] = JSON.parse(columns[name]);
  return columns;
}

/** Runs a call; resolves with its answer and with the events and log lines that it left, oldest first. */
export async function traced(company, call) {
  const before = await tablesOf(company);
  const answer = await call();
  const after = await tablesOf(company);
  const known = new Set(before.requests.map(({ id }) => id));
  return {
    answer,
    events: after.events.slice(before.events.length),
    log: after.requests.filter(({ id }) => !known.has(id)),
    before,
    after,
  };
}

/** Runs a call that must leave every table of the company as it was; resolves with its answer. */
export async function writingNothing(company, call) {
  const before = await tablesOf(company);
  const answer = await call();
  expect(await tablesOf(company), 'the tables after a call that must write nothing').toEqual(before);
  return answer;
}

/** Counters are what counting gives, events are numbered without a gap, and each has its log line. */
export async function expectConsistent(company) {
  const { company: row, teammates, teammateEmails, groups, memberships, events, requests } = await tablesOf(company);
  const numbered = Array.from({ length: row.last_seq }, (_, place) => place + 1);
  const count = (...conditions) =>
    teammates.filter((teammate) => conditions.every((condition) => condition(teammate))).length;
  const active = ({ state }) => state === 'active';
  const isListed = ({ state }) => state === 'active' || state === 'blocked';
  const listed = new Set(teammates.filter(isListed).map(({ id }) => id));
  const membersOf = ({ id }) =>
    memberships.filter((one) => one.group_id === id && one.standing !== 'gone' && listed.has(one.teammate_id));
  const unconfirmed = (group) => (group.is_linked ? membersOf(group).filter(({ standing }) => standing === 'app') : []);
  const emails = ({ id, attributes }) =>
    (attributes.emails ?? []).filter(({ value }) => value).map(({ value }) => `${id} ${value.toLowerCase()}`);
  expect({
    active: row.active_teammates,
    listed: row.listed_teammates,
    admins: row.active_admins,
    events: events.map(({ seq }) => seq),
    loggedEvents: requests
      .map(({ event_seq }) => event_seq)
      .filter((seq) => seq !== null)
      .sort((one, other) => one - other),
    emails: teammateEmails.map(({ teammate_id, email_folded }) => `${teammate_id} ${email_folded}`).sort(),
    groups: groups.map(({ id, member_count, unconfirmed_members }) => [id, member_count, unconfirmed_members]),
  }).toEqual({
    active: count(active),
    listed: listed.size,
    admins: count(active, ({ role }) => role === 'admin'),
    events: numbered,
    loggedEvents: numbered,
    emails: [...new Set(teammates.flatMap(emails))].sort(),
    groups: groups.map((group) => [group.id, membersOf(group).length, unconfirmed(group).length]),
  });
}
