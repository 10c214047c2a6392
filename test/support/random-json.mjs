// JSON that is nearly what an identity provider sends: known names with values of any kind, from a seed.

import { CUSTOM_FIELDS, ENTERPRISE, GROUP, GROUP_EXTENSION, TEAMMATE, USER } from './scim.mjs';

const NAMES = [
  'schemas',
  'id',
  'meta',
  'externalId',
  'userName',
  'USERNAME',
  'name',
  'name.givenName',
  'name.',
  '.name',
  'displayName',
  'title',
  'active',
  'password',
  'emails',
  'emails.value',
  'emails[type eq "work"].value',
  'emails[type eq "work"]',
  'emails[',
  'roles',
  'roles[primary eq "True"].value',
  'roles[not (value pr) or type co "a"]',
  'addresses[type eq "work"].country',
  'phoneNumbers',
  'groups',
  'members',
  'entitlements',
  'x509Certificates',
  'manager',
  ENTERPRISE,
  `${ENTERPRISE}:manager`,
  `${ENTERPRISE}:manager.value`,
  `${ENTERPRISE}:department`,
  `${ENTERPRISE}:`,
  TEAMMATE,
  `${TEAMMATE}:template`,
  CUSTOM_FIELDS,
  `${CUSTOM_FIELDS}:cf_1`,
  `${USER}:userName`,
  USER,
  'urn:x',
  'urn:x:y',
  'urn:x:y:z',
  'urn::',
  ':',
  '',
  ' ',
  '__proto__',
  'constructor',
  'value',
  'type',
  'primary',
  'display',
  '$ref',
  'Operations',
  'op',
  'path',
  '名前',
  'a b',
];

/** Names with values that are fine, so that many requests are taken and later ones meet what they left. */
const FINE = [
  ['title', 'Boss'],
  ['title', ''],
  ['displayName', null],
  ['active', true],
  ['active', 'False'],
  ['externalId', 'E-1'],
  ['password', 'secret'],
  ['name', { givenName: 'Rita', odd: [1] }],
  ['name.familyName', 'Marley'],
  ['emails', [{ value: 'x@example.com', type: 'work', primary: 'True' }]],
  ['emails', { value: 'y@example.com' }],
  [
    'emails',
    [
      { value: 'x@example.com', primary: true },
      { value: 'z@example.com', primary: true },
    ],
  ],
  ['emails[type eq "work"].value', 'w@example.com'],
  ['emails[type eq "home" and primary eq true].display', 'Home'],
  ['phoneNumbers[type eq "fax"].value', '1'],
  ['roles', [{ value: { any: 'thing' } }, { value: ['x'] }, 'bare']],
  ['roles[primary eq "True"].value', 'Admin'],
  ['addresses', [{ country: 'GB' }]],
  ['groups', [{ value: 'grp_1' }]],
  ['meta', { version: 7 }],
  ['id', 'tea_other'],
  ['schemas', [USER]],
  ['hobby', 'chess'],
  [ENTERPRISE, { department: 'Sales', manager: 'M-1' }],
  [`${ENTERPRISE}:manager`, [{ value: 'M-2' }]],
  [`${ENTERPRISE}:manager.displayName`, 'Charles'],
  [TEAMMATE, null],
  [CUSTOM_FIELDS, { cf_1: { deep: [null, 1.5, {}] } }],
  [`${CUSTOM_FIELDS}:cf_2`, 7],
  ['urn:x:y', { a: [[]], b: null }],
  ['urn:x:y:a', 'flat'],
  ['urn:x:y', []],
];

/** The same for a group whose members are of `ids`. */
const fineOfGroups = (id) => [
  ['displayName', 'Support'],
  ['displayName', 'SALES '],
  ['externalId', 'G-1'],
  ['externalId', ''],
  ['members', []],
  ['members', null],
  ['members', [{ value: id(), type: 'User', display: null }, { value: id() }]],
  ['members', { value: id(), $ref: null }],
  ['members', [id(), null, id()]],
  [`members[value eq "${id()}"]`, {}],
  [`MEMBERS[value eq "${id()}"]`, { display: 'someone' }],
  [`${GROUP}:members`, [{ value: id(), primary: true }]],
  ['groups', [{ value: 'grp_1' }]],
  ['meta', { version: 7 }],
  ['id', 'grp_other'],
  ['schemas', [GROUP]],
  ['hobby', 'chess'],
  [GROUP_EXTENSION, { description: 'First line' }],
  [GROUP_EXTENSION, null],
  [`${GROUP_EXTENSION}:description`, 'flat'],
  ['urn:x:y', { a: [[]], b: null }],
];

const TEXTS = [
  '',
  ' ',
  'x',
  'rita@example.com',
  'true',
  'False',
  'null',
  '0',
  'work',
  'template',
  'tea_none',
  'add',
  'é',
  '\u202e',
  "' OR 1=1 --",
  '%',
  '[',
  '"',
  '\\',
  'a'.repeat(2000),
];
const NUMBERS = [0, -0, 1, -1, 0.1, 1e300, -1e-300, 2 ** 53, 1e21];

/** A stream of choices that is the same for the same seed (mulberry32). */
export function choices(seed) {
  let state = seed >>> 0;
  const fraction = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit) => Math.floor(fraction() * limit);
  const of = (list) => list[below(list.length)];
  const value = (depth) => {
    const kind = below(depth > 0 ? 8 : 6);
    if (kind < 3) return of(TEXTS);
    if (kind === 3) return of(NUMBERS);
    if (kind === 4) return of([true, false]);
    if (kind === 5) return null;
    if (kind === 6) return Array.from({ length: below(4) }, () => value(depth - 1));
    return object(depth - 1);
  };
  const object = (depth) => Object.fromEntries(Array.from({ length: below(6) }, () => [of(NAMES), value(depth)]));
  const fineObject = (fine) => Object.fromEntries(Array.from({ length: below(5) }, () => of(fine)));
  const isOdd = () => below(4) === 0;
  const user = () => ({ userName: `user${below(30)}@example.com`, ...fineObject(FINE), ...(isOdd() && object(3)) });
  const fineOf = (ids) => fineOfGroups(() => of(ids));
  /** A group whose members are of `ids`. */
  const group = (ids) => ({ displayName: `Group ${below(30)}`, ...fineObject(fineOf(ids)), ...(isOdd() && object(3)) });
  const operation = (names) => {
    const op = of(['add', 'Replace', 'remove', 'replace']);
    if (isOdd())
      return { op: of([op, value(1)]), path: of([...NAMES, value(1)]), ...(below(4) && { value: value(3) }) };
    if (op !== 'remove' && below(2)) return { op, value: fineObject(names) };
    const [path, fine] = of(names);
    return { op, path, ...(op !== 'remove' && { value: fine }) };
  };
  const patchOf = (names) => ({
    Operations: below(10) === 0 ? value(2) : Array.from({ length: 1 + below(4) }, () => operation(names)),
  });
  const patch = () => patchOf(FINE);
  const groupPatch = (ids) => patchOf(fineOf(ids));
  return { below, of, value, user, patch, group, groupPatch };
}
