// Bodies and rows made fit for a snapshot: what differs from run to run gives way to what it means.

import { inject } from 'vitest';

const ID = /\b(cmp|con|tok|tea|grp|evt|req)_[0-9a-z]{26}\b/g;
const TOKEN = /\brc_[0-9a-z]{26}_[\w-]{43}/g;
const MOMENT = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g;

/** The same value with ids counted by kind (`tea_1`), and `<time>`, `<token>`, `https://host` instead. */
export function readable(value) {
  const names = new Map();
  const counts = {};
  const { baseUrl } = inject('rollcall');
  const nameOf = (id, kind) => {
    if (!names.has(id)) names.set(id, `${kind}_${(counts[kind] = (counts[kind] ?? 0) + 1)}`);
    return names.get(id);
  };
  const text = (string) =>
    string.replace(TOKEN, '<token>').replace(ID, nameOf).replace(MOMENT, '<time>').replaceAll(baseUrl, 'https://host');
  const walk = (inner) => {
    if (typeof inner === 'string') return text(inner);
    if (Array.isArray(inner)) return inner.map(walk);
    if (inner === null || typeof inner !== 'object') return inner;
    return Object.fromEntries(
      Object.entries(inner).map(([key, member]) => [text(key), isMoment(key, member) ? '<time>' : walk(member)]),
    );
  };
  return walk(value);
}

/** Tables keep moments as milliseconds. */
function isMoment(key, value) {
  return typeof value === 'number' && /(_at|_before)$/.test(key);
}

/** Status, the headers that say something, and body. */
export function readableAnswer({ status, headers, body }) {
  const named = {};
  for (const name of ['content-type', 'location', 'allow', 'accept-encoding', 'www-authenticate']) {
    if (headers.get(name) !== null) named[name] = headers.get(name);
  }
  return readable({ status, headers: named, body });
}
