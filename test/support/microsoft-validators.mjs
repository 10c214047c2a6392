// What Microsoft's two test suites for SCIM servers do to a user and to a group, and what has to come of it. The values
// are random texts, as theirs are.

import { post } from './dialect-cases.mjs';
import { ENTERPRISE, GROUP, USER } from './scim.mjs';

const TYPE = { 'content-type': 'application/scim+json; charset=utf-8' };

// Everything that the Validator ticks from our schemas, in its way: random text where formats are expected, one role
// whose `primary` is a string.
export const FULL = {
  userName: 'oma@vandervort.example',
  active: true,
  displayName: 'IEHJCZNLDDZA',
  title: 'PIOOGGDMWNYQ',
  externalId: '3f63bb43-7f2d-4eb4-bd1b-9ad5a4bd4ef4',
  emails: [{ type: 'work', value: 'jess@rau.example', primary: true }],
  preferredLanguage: 'ses',
  name: {
    givenName: 'Roberta',
    familyName: 'Daphney',
    formatted: 'Ransom',
    middleName: 'Clint',
    honorificPrefix: 'Jaydon',
    honorificSuffix: 'Lamar',
  },
  addresses: [
    {
      type: 'work',
      formatted: 'WFQZKHBSXFTQ',
      streetAddress: '7401 Elmira Union',
      locality: 'IMEXUQZJAQBH',
      region: 'PQXHZRQMPEJK',
      postalCode: 'gg3 7hb',
      country: 'Egypt',
      primary: true,
    },
    { type: 'home', formatted: 'HOMEFORMATTED' },
  ],
  phoneNumbers: [
    { type: 'work', value: '48-643-7155', primary: true },
    { type: 'mobile', value: '48-643-7156' },
    { type: 'fax', value: '48-643-7157' },
  ],
  roles: [{ primary: 'True', display: 'LIRBCMBFZLSE', value: 'SIQLBUVEPEXC', type: 'NMKFOZLHOUCV' }],
  nickName: 'BIWADOHHGDGZ',
  userType: 'JZPFSCQZYNDM',
  locale: 'FYBHYQHIUGWR',
  timezone: 'Africa/Kinshasa',
  profileUrl: 'QUVDAKJLIKGJ',
  [ENTERPRISE]: {
    employeeNumber: 'TNCPVVHHHBNG',
    department: 'MRTLKDSIEBAW',
    costCenter: 'OPMQIXBSRLLY',
    organization: 'BUOYYVBIPKOB',
    division: 'EAGWVHASKSKD',
    manager: { value: 'SKMDFYEGLSJP' },
  },
};
export const KEPT = { ...FULL, schemas: [USER, ENTERPRISE], roles: [{ ...FULL.roles[0], primary: true }] };
export const create = (/** @type {object} */ user = FULL) =>
  post('/Users', { schemas: [USER, ENTERPRISE], ...user }, TYPE);
export const SMALL = { userName: 'oma@vandervort.example' };

export const replace = (path, value) => ({ op: 'replace', path, value });
export const add = (path, value) => ({ op: 'add', path, value });

// Each attribute by a path of its own, and the value that the Validator reads back afterwards.
export const VERBOSE = [
  ['displayName', 'AXRSBGPMGHWX'],
  ['title', 'KQRWTZYFOKFE'],
  ['externalId', 'e7e0a5a8-43f9-4b86-9a5f-c92a0f6d3f3b'],
  ['emails[type eq "work"].value', 'noemy@hauck.example'],
  ['preferredLanguage', 'mr'],
  ['name.givenName', 'Stephan'],
  ['name.familyName', 'Rico'],
  ['name.formatted', 'Tavares'],
  ['name.middleName', 'Keven'],
  ['name.honorificPrefix', 'Rosalyn'],
  ['name.honorificSuffix', 'Elsie'],
  ['addresses[type eq "work"].formatted', 'ZEQNBTMFIKIY'],
  ['addresses[type eq "work"].streetAddress', '2190 Bins Road'],
  ['addresses[type eq "work"].locality', 'MUXQWGVPBFRT'],
  ['addresses[type eq "work"].region', 'UIKZAHOXVBYA'],
  ['addresses[type eq "work"].postalCode', 'ub0 7gu'],
  ['addresses[type eq "work"].country', 'Guam'],
  ['phoneNumbers[type eq "work"].value', '4-330-3811'],
  ['phoneNumbers[type eq "mobile"].value', '4-330-3812'],
  ['phoneNumbers[type eq "fax"].value', '4-330-3813'],
  ['roles[primary eq "True"].display', 'HFYHSUSHTMKT'],
  ['roles[primary eq "True"].value', 'QSJRJCYYQSIU'],
  ['roles[primary eq "True"].type', 'FBPMWRYDKNHT'],
  ['nickName', 'ZLPVJYDUQNWB'],
  ['userType', 'AGZPYVPJRJGU'],
  ['locale', 'OLGQGZZXOQXR'],
  ['timezone', 'America/Mazatlan'],
  ['profileUrl', 'MYZRUSCANCKG'],
  [`${ENTERPRISE}:employeeNumber`, 'PJRTXPNAOMYX'],
  [`${ENTERPRISE}:department`, 'ZWIXYEDLBSCA'],
  [`${ENTERPRISE}:costCenter`, 'OOVYVJXBCVPN'],
  [`${ENTERPRISE}:organization`, 'BXACXRQIDLHM'],
  [`${ENTERPRISE}:division`, 'MOBTCLNYNGJD'],
];
const AFTER = {
  displayName: 'AXRSBGPMGHWX',
  title: 'KQRWTZYFOKFE',
  externalId: 'e7e0a5a8-43f9-4b86-9a5f-c92a0f6d3f3b',
  preferredLanguage: 'mr',
  name: {
    givenName: 'Stephan',
    familyName: 'Rico',
    formatted: 'Tavares',
    middleName: 'Keven',
    honorificPrefix: 'Rosalyn',
    honorificSuffix: 'Elsie',
  },
  nickName: 'ZLPVJYDUQNWB',
  userType: 'AGZPYVPJRJGU',
  locale: 'OLGQGZZXOQXR',
  timezone: 'America/Mazatlan',
  profileUrl: 'MYZRUSCANCKG',
};
const ADDRESS_AFTER = {
  type: 'work',
  formatted: 'ZEQNBTMFIKIY',
  streetAddress: '2190 Bins Road',
  locality: 'MUXQWGVPBFRT',
  region: 'UIKZAHOXVBYA',
  postalCode: 'ub0 7gu',
  country: 'Guam',
};
const ROLE_AFTER = { primary: true, display: 'HFYHSUSHTMKT', value: 'QSJRJCYYQSIU', type: 'FBPMWRYDKNHT' };
const PHONES_AFTER = [
  { type: 'work', value: '4-330-3811' },
  { type: 'mobile', value: '4-330-3812' },
  { type: 'fax', value: '4-330-3813' },
];
const ENTERPRISE_AFTER = {
  employeeNumber: 'PJRTXPNAOMYX',
  department: 'ZWIXYEDLBSCA',
  costCenter: 'OOVYVJXBCVPN',
  organization: 'BXACXRQIDLHM',
  division: 'MOBTCLNYNGJD',
};

const isBracketed = ([path]) => path.includes('[');
/** With the flag: bracketed paths on their own, the rest as flat keys of one value. */
export const nonVerbose = (op, list) => [
  ...list.filter(isBracketed).map(([path, value]) => ({ op, path, value })),
  { op, value: Object.fromEntries(list.filter((one) => !isBracketed(one))) },
];

export const REPLACED = {
  status: 200,
  body: {
    ...KEPT,
    ...AFTER,
    emails: [{ type: 'work', value: 'noemy@hauck.example', primary: true }],
    addresses: [{ ...ADDRESS_AFTER, primary: true }, FULL.addresses[1]],
    phoneNumbers: [{ ...PHONES_AFTER[0], primary: true }, PHONES_AFTER[1], PHONES_AFTER[2]],
    roles: [ROLE_AFTER],
    [ENTERPRISE]: { ...ENTERPRISE_AFTER, manager: { value: 'SKMDFYEGLSJP' } },
  },
};
export const ADDED = {
  status: 200,
  body: {
    schemas: [USER, ENTERPRISE],
    ...SMALL,
    active: true,
    ...AFTER,
    emails: [{ type: 'work', value: 'noemy@hauck.example' }],
    addresses: [ADDRESS_AFTER],
    phoneNumbers: PHONES_AFTER,
    roles: [ROLE_AFTER],
    [ENTERPRISE]: ENTERPRISE_AFTER,
  },
};

// Every optional attribute of the user that can be cleared by a path of its own.
export const CLEARED = VERBOSE.map(([path]) => path).filter((path) => path !== 'externalId');
export const NULLED = {
  status: 200,
  body: {
    schemas: [USER, ENTERPRISE],
    userName: FULL.userName,
    externalId: FULL.externalId,
    active: true,
    addresses: [FULL.addresses[1]],
    [ENTERPRISE]: { manager: FULL[ENTERPRISE].manager },
  },
};

// A group is created without its members.
export const GROUP_SENT = { displayName: 'YQMGFDHHYTQD', externalId: 'd5a4c1f7-0f7b-4b0c-8a3e-6a7d9f3f2c11' };
export const GROUP_KEPT = { schemas: [GROUP], ...GROUP_SENT, members: [] };
export const createGroup = (group = GROUP_SENT) => post('/Groups', { schemas: [GROUP], ...group }, TYPE);
/** What the group is, with these members. */
export const groupOf = (...members) => ({ ...GROUP_SENT, members });
/** Those who can be its members. */
export const PEOPLE = { oma: SMALL, ray: { userName: 'ray@vandervort.example' } };
export const groupWith = (...members) => ({
  team: { ...GROUP_SENT, members: members.map((name) => ({ value: `{${name}}` })) },
});
