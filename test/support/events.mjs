// Events told whole. Each says what it changed (src/directory/event/part.rs): who follows those of a thing from its first
// one knows the thing as it was before and after each of them, as an undo and a history have to.

import { expect } from 'vitest';
import { CUSTOM_FIELDS } from './scim.mjs';

/** Told member by member, of teammates and groups. */
const OPEN = ['attributes', 'custom_fields'];

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Lays a side of an event over the thing; `depth` is how often objects are told member by member. */
function laidOver(thing, side, depth) {
  const laid = { ...thing };
  for (const [name, value] of Object.entries(side)) {
    if (value === null) delete laid[name];
    else if (depth > 0 && isObject(value) && isObject(laid[name])) laid[name] = laidOver(laid[name], value, depth - 1);
    else laid[name] = value;
  }
  return laid;
}

function applied(thing, side, isOpen) {
  const whole = { ...thing, ...side };
  for (const name of OPEN) if (isOpen && isObject(side[name])) whole[name] = laidOver(thing[name] ?? {}, side[name], 1);
  return whole;
}

/** The values that are kept beside an event, in their places. */
function filled({ large = [], ...data }, values) {
  for (const place of large) {
    const last = place.pop();
    const owner = place.reduce((object, name) => object[name], data);
    owner[last] = values[owner[last]];
  }
  return data;
}

/**
 * The events with `data` as if each had told the whole of its thing, and `told` as it did.
 *
 * @param {any[]} events all of a company's, in their order
 * @param {{ hash: string, value: any }[]} values
 */
export function wholeEvents(events, values) {
  const things = new Map();
  const byHash = Object.fromEntries(values.map(({ hash, value }) => [hash, value]));
  return events.map((event) => {
    const told = filled(structuredClone(event.data), byHash);
    const { before, after, ...more } = told;
    const isOpen = /^(teammate|group)\./.test(event.type);
    const id = (after ?? before)?.id;
    const known = things.get(id);
    const isStep = Boolean(before && after);
    const was = isStep && known ? applied(known, before, isOpen) : before;
    const is = isStep && known ? applied(known, after, isOpen) : after;
    // Nothing of a teammate changes without an event.
    if (isStep && known && event.type.startsWith('teammate.')) expect(was, `before ${event.type}`).toEqual(known);
    if (id && (known || !before)) things.set(id, is ?? undefined);
    // No column of the table: what is compared with one does not have it.
    return Object.defineProperty({ ...event, data: { before: was, after: is, ...more } }, 'told', { value: told });
  });
}

/** What an identity provider's write stored, by SCIM's paths: all that its event says is now otherwise. */
export function storedBy({ before, after }) {
  const stored = {};
  const put = (path, is, was) => {
    if (is !== null || was !== null) stored[path] = is;
  };
  const isActive = (side) => side?.state === 'active';
  if ('user_name' in after) put('userName', after.user_name, null);
  if ('external_id' in after) put('externalId', after.external_id, before?.external_id ?? null);
  if ('state' in after) {
    if (!before || isActive(before) !== isActive(after)) stored.active = isActive(after);
    if (['removed', 'deleted'].includes(after.state)) stored.state = after.state;
  }
  const all = (side) => ({
    ...side?.attributes,
    ...(Object.keys(side?.custom_fields ?? {}).length > 0 && { [CUSTOM_FIELDS]: side.custom_fields }),
  });
  const flat = (side) =>
    Object.fromEntries(
      Object.entries(all(side)).flatMap(([name, value]) =>
        isObject(value)
          ? Object.entries(value).map(([part, one]) => [`${name}${name.includes(':') ? ':' : '.'}${part}`, one])
          : [[name, value]],
      ),
    );
  const [was, is] = [flat(before), flat(after)];
  for (const path of new Set([...Object.keys(is), ...Object.keys(was)])) put(path, is[path] ?? null, was[path] ?? null);
  return stored;
}

/** Operations as they were understood: a path alone is replaced by the value that stands in the body under it. */
export function understoodOf(operations, sent) {
  if (!Array.isArray(operations) || !isObject(sent)) return operations;
  return operations.map((operation) => {
    if (typeof operation !== 'string') return operation;
    const [, urn, name] = /^(.*):([^:]*)$/.exec(operation) ?? [];
    return { op: 'replace', path: operation, value: sent[operation] ?? sent[urn]?.[name] };
  });
}
