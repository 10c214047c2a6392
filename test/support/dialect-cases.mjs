// Runs tables of what SCIM clients send and what they have to get: test/dialects/*.mjs.
//
// A table is {idp, cases}; one that only reads may have `given`, and its cases then share one company. A case is {name, source, steps} and, where it needs them,
//   settings   of its company, which is its own
//   templates  teammate templates by name: {name: {role, ...}}
//   given      users that are there already, by the name that the steps use: {rita: {userName: ...}}
//   groups     groups that the IdP has pushed already: {sales: {displayName: ..., members: [{ value: '{rita}' }]}}
//   appGroups  groups that the app has made: {sales: {display_name: ..., members: ['{rita}']}}
//   endpoint   where its SCIM calls go, if not to /v2: "/scim/{connection}/v2" is that of its own connection
//   everyQuery what stands first in the query of all of them
// A step is [send, expect]: `send` is made by get, post, put, patch, remove below, or by `app` for the management API.
// In its path, body and headers, and in what is expected, "{rita}" is the id of `rita`, "{rita.meta.version}" a member,
// "{rita.location}" her URL. `as` in `expect` names what was answered for the steps after it.
//
// What `expect` may say, all of it optional but `status`:
//   status    the status
//   body      the body, whole. Of a resource without `id` and `meta`, which differ from run to run and are checked
//             by their form for every answer
//   contains  what the body holds among other things; a list has to be given whole
//   absent    members that the body must not have, each dotted, or as a list of keys where a URN is among them
//   number    members that the body must have as whole numbers
//   matches   members by their dotted paths: what their texts have to match
//   group     what the group of the call is afterwards, whole: {displayName, externalId, description, members}, the
//             members as a list of names in any order; null where it is gone
//   list      the names of the users or groups that a ListResponse holds, in this order
//   total     its totalResults, where they are not all on the page
//   error     the scimType of an error, null for an error without, or what it has to match; `detail` what its
//             detail has to match
//   headers   by name: the value, or what it has to match
//   events    the types of the events that the call left, in their order
//   note      what the call's line in the provisioning log has to say of it in its notes or quirks
//   eventually  true where what is expected is written after an answer: the call is made again until it holds

import { beforeAll, describe, expect, inject, test } from 'vitest';
import { newCompany, scimWith } from './client.mjs';
import { rows } from './database.mjs';
import { until } from './until.mjs';
import { ERROR, GROUP, GROUP_EXTENSION, LIST, newGroup, newUser, patchOp } from './scim.mjs';

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

export const get = (path, headers) => ({ method: 'GET', path, headers });
export const post = (path, body, headers) => ({ method: 'POST', path, body, headers });
export const put = (path, body, headers) => ({ method: 'PUT', path, body, headers });
export const remove = (path, headers) => ({ method: 'DELETE', path, headers });
/** A PATCH of these operations. */
export const patch = (path, ...operations) => ({ method: 'PATCH', path, body: patchOp(...operations) });
/** A PATCH whose body is no usual PatchOp. */
export const patchWith = (path, body, headers) => ({ method: 'PATCH', path, body, headers });

/** A call of the management API by the operator, inside the case's company. */
export const app = (method, path, body, headers) => ({ app: true, method, path, body, headers });

/** A query of `path`: parameters are percent-encoded, but for the "{name}"s in them. */
export const query = (path, parameters, headers) =>
  get(
    `${path}?${Object.entries(parameters)
      .map((pair) => pair.map(encodeURIComponent).join('='))
      .join('&')
      .replace(/%7B([a-z]\w*)%7D/g, '{$1}')}`,
    headers,
  );

/** Declares one test for each case of each table. */
export function runTables(tables) {
  for (const { idp, given, groups, cases } of tables) {
    describe.concurrent(idp, () => {
      let shared = null;
      if (given) {
        beforeAll(async () => {
          shared = await stageOf({ given, groups });
        });
      }
      for (const one of cases)
        test(`${one.name} (${one.source})`, async () => run(one, shared ?? (await stageOf(one))));
    });
  }
}

/**
 * A company of its own, and who is there. "{token}" is the token's text, "{basic}" what Basic authentication makes of
 * it as a password, "{connection}" the id of its connection.
 */
async function stageOf({
  settings = undefined,
  templates = {},
  given = {},
  groups = {},
  appGroups = {},
  endpoint = '/v2',
  everyQuery = undefined,
}) {
  const made = await newCompany(settings);
  const names = new Map([
    ['token', { id: made.token }],
    ['basic', { id: btoa(`okta:${made.token}`) }],
    ['connection', { id: made.connectionId }],
  ]);
  const company = { ...made, endpoint: filled(endpoint, names), everyQuery };
  company.scim = (method, path, body, headers) => sent(company, { method, path, body, headers });
  for (const [name, more] of Object.entries(templates)) names.set(name, await company.newTemplate(name, more));
  for (const [name, user] of Object.entries(given)) names.set(name, await newUser(company, filled(user, names)));
  for (const [name, group] of Object.entries(groups))
    names.set(name, await newGroup(company, undefined, filled(group, names)));
  for (const [name, group] of Object.entries(appGroups)) {
    const made = await company.api('POST', '/groups', filled(group, names));
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    names.set(name, made.body);
  }
  return { company, names };
}

async function run({ steps }, { company, names: known }) {
  const names = new Map(known);
  for (const [index, [send, wanted]] of steps.entries()) {
    const request = filled(send, names);
    const expected = filled(wanted, names);
    const before = ('events' in wanted || wanted.note) && (await journalOf(company));
    const answer = await answered(company, request, expected);
    const said = `step ${index + 1}, ${send.method} ${send.path}: ${JSON.stringify(answer.body)}`;
    check(answer, expected, { names, said, isScim: !send.app });
    if (before) checkJournal(before, await journalOf(company), wanted, said);
    if (wrote(send, answer)) await checkKept(company, request, answer, said);
    if ('group' in wanted) await checkGroup(company, request, answer, { wanted: wanted.group, names, said });
    if (wanted.as) names.set(wanted.as, answer.body);
  }
}

/** `token` and `base` of a send are for calls at another endpoint, or without the company's own token. */
function sent(
  company,
  { app: isApp = false, method, path, body = undefined, headers = {}, token = company.token, base = company.endpoint },
) {
  if (isApp) return company.api(method, path, body, headers);
  return scimWith(
    token,
    method,
    asked(path, company.everyQuery),
    body,
    headers,
    `${inject('rollcall').baseUrl}${base}`,
  );
}

/** `everyQuery` in front of what the path asks for itself. */
function asked(path, everyQuery) {
  if (!everyQuery) return path;
  const [resource, ...own] = path.split('?');
  return `${resource}?${[everyQuery, ...own].join('&')}`;
}

function answered(company, request, { status, contains, eventually }) {
  const send = () => sent(company, request);
  return eventually ? until(send, (answer) => answer.status === status && holds(answer.body, contains)) : send();
}

function holds(body, contains) {
  try {
    expect(body).toMatchObject(contains);
    return true;
  } catch {
    return false;
  }
}

/** The company's events, and what each line of its provisioning log notes. */
async function journalOf({ companyId }) {
  const events = await rows('SELECT seq, type FROM events WHERE company_id = ? ORDER BY seq', companyId);
  const lines = await rows('SELECT id, notes, quirks FROM requests WHERE company_id = ?', companyId);
  return { events, lines };
}

function checkJournal(before, after, wanted, said) {
  const types = after.events.slice(before.events.length).map(({ type }) => type);
  if ('events' in wanted) expect(types, `events of ${said}`).toEqual(wanted.events);
  const known = new Set(before.lines.map(({ id }) => id));
  const added = after.lines.filter(({ id }) => !known.has(id));
  if (wanted.note)
    expect(added.map(({ notes, quirks }) => `${notes} ${quirks}`).join(), `notes of ${said}`).toMatch(wanted.note);
}

function check({ status, headers, body }, wanted, { names, said, isScim }) {
  expect(status, said).toBe(wanted.status);
  if (isScim) checkForm({ status, headers, body }, said);
  for (const [name, value] of Object.entries(wanted.headers ?? {})) {
    if (value instanceof RegExp) expect(headers.get(name), `${name} of ${said}`).toMatch(value);
    else expect(headers.get(name), `${name} of ${said}`).toBe(value);
  }
  if ('body' in wanted) expect(withoutVarying(body), said).toEqual(wanted.body);
  if (wanted.contains) expect(body, said).toMatchObject(wanted.contains);
  for (const path of wanted.absent ?? []) expect(member(body, path), `${path} of ${said}`).toBeUndefined();
  for (const path of wanted.number ?? []) expect(Number.isInteger(member(body, path)), `${path} of ${said}`).toBe(true);
  for (const [path, form] of Object.entries(wanted.matches ?? {}))
    expect(member(body, path), `${path} of ${said}`).toMatch(form);
  if (wanted.list) checkList(body, wanted, names, said);
  if ('error' in wanted) {
    if (wanted.error instanceof RegExp) expect(body.scimType, said).toMatch(wanted.error);
    else expect(body.scimType ?? null, said).toBe(wanted.error);
    if (wanted.detail) expect(body.detail, said).toMatch(wanted.detail);
  }
}

/** What holds for every answer under the SCIM bases. */
function checkForm({ status, headers, body }, said) {
  if (status === 204 || status === 304) {
    expect(body, said).toBeNull();
    return;
  }
  expect(headers.get('content-type'), said).toMatch(/^application\/(scim\+)?json/);
  if (status >= 400) {
    const { scimType, ...rest } = body;
    expect(rest, said).toEqual({ schemas: [ERROR], status: `${status}`, detail: expect.any(String) });
    expect(typeof (scimType ?? ''), said).toBe('string');
    return;
  }
  for (const resource of body.Resources ?? [body]) {
    if (resource.meta?.resourceType === 'User') checkUser(resource, said);
    if (resource.meta?.resourceType === 'Group') checkGroupForm(resource, said);
  }
}

function checkUser(user, said) {
  expect(user.password, `no password comes back: ${said}`).toBeUndefined();
  checkMeta(user, 'Users', said);
}

function checkGroupForm(group, said) {
  checkMeta(group, 'Groups', said);
  expect(group.schemas, said).toEqual([GROUP, ...Object.keys(group).filter((name) => name.includes(':'))]);
  for (const { value, $ref, type } of group.members ?? []) {
    expect(type ?? 'User', said).toBe('User');
    if ($ref && value) expect($ref.endsWith(`/v2/Users/${value}`), said).toBe(true);
  }
}

function checkMeta({ id, meta }, endpoint, said) {
  expect(id, said).toEqual(expect.any(String));
  const { location, created, lastModified } = meta;
  if (location) expect(location.endsWith(`/${endpoint}/${id}`), said).toBe(true);
  for (const moment of [created, lastModified].filter(Boolean)) expect(moment, said).toMatch(MOMENT);
}

function checkList(body, wanted, names, said) {
  expect(body.schemas, said).toEqual([LIST]);
  expect(body.totalResults, said).toBe(wanted.total ?? wanted.list.length);
  expect(
    (body.Resources ?? []).map(({ id }) => id),
    said,
  ).toEqual(wanted.list.map((name) => named(names, name).id));
}

function wrote({ method, path }, { status, body }) {
  return (
    ['POST', 'PUT', 'PATCH'].includes(method) &&
    status < 300 &&
    ['User', 'Group'].includes(body?.meta?.resourceType) &&
    !path.includes('ttributes=')
  );
}

/** A write answers what it has kept: the resource reads the same afterwards. */
async function checkKept(company, { token, base }, { body }, said) {
  const path = `/${body.meta.resourceType}s/${body.id}`;
  expect((await sent(company, { ...get(path), token, base })).body, `read after ${said}`).toEqual(body);
}

/** The group that a call made or named is as it is wanted, and the version that the call answered is that one's. */
async function checkGroup(company, { method, path }, { status, headers, body }, { wanted, names, said }) {
  const id = body?.meta?.resourceType === 'Group' ? body.id : path.match(/^\/Groups\/([^/?]+)/)[1];
  const read = await company.scim('GET', `/Groups/${id}`);
  if (wanted === null) {
    expect(read.status, `read after ${said}`).toBe(404);
    return;
  }
  const { displayName, externalId, [GROUP_EXTENSION]: extension, members } = read.body;
  const found = { displayName, externalId, ...extension, members: members.map(({ value }) => value).sort() };
  const ids = (wanted.members ?? []).map((name) => named(names, name).id);
  expect(found, `read after ${said}`).toEqual({ externalId: undefined, ...wanted, members: ids.sort() });
  if (status < 300 && method !== 'GET') expect(read.headers.get('etag'), said).toBe(headers.get('etag'));
}

/** Without `id` and `meta`, where it is a resource. */
function withoutVarying(body) {
  if (!body?.meta) return body;
  const { id: _id, meta: _meta, ...rest } = body;
  return rest;
}

/** The same value with every "{name}" in its texts, keys included, filled in. */
function filled(value, names) {
  if (typeof value === 'string')
    return value.replace(/\{([a-z]\w*)((?:\.\w+)*)\}/g, (_, name, path) => textOf(named(names, name), path));
  if (Array.isArray(value)) return value.map((one) => filled(one, names));
  if (value === null || typeof value !== 'object' || value instanceof RegExp || value instanceof Uint8Array)
    return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [filled(key, names), filled(one, names)]));
}

function textOf(resource, path) {
  const text = { '': resource.id, '.location': resource.meta?.location }[path] ?? member(resource, path.slice(1));
  if (typeof text !== 'string') throw new Error(`"${path}" is no text of ${JSON.stringify(resource)}`);
  return text;
}

function named(names, name) {
  if (!names.has(name)) throw new Error(`No step and no "given" names "${name}".`);
  return names.get(name);
}

/** The member that a dotted path or a list of keys leads to. */
function member(body, path) {
  const keys = Array.isArray(path) ? path : path.split('.');
  return keys.reduce((inner, key) => inner?.[key], body);
}
