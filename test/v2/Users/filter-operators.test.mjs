// GET /Users?filter=...: every operator, on every kind of attribute.

import { beforeAll, expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { CUSTOM_FIELDS, ENTERPRISE, TEAMMATE, USER, filtered, newUser, patchOp } from '../../support/scim.mjs';

const PEOPLE = {
  ada: {
    userName: 'Ada@example.com',
    externalId: 'E-1',
    displayName: 'Ada Lovelace',
    name: { givenName: 'Ada', familyName: 'Lovelace' },
    title: 'Analyst',
    emails: [
      { value: 'ada@example.com', type: 'work', primary: true },
      { value: 'ada@home.example', type: 'home' },
    ],
    [ENTERPRISE]: { department: 'R&D', employeeNumber: '7', manager: { value: 'M-1' } },
    [CUSTOM_FIELDS]: { level: 3, colour: 'Blue', remote: true, tags: ['a', 'b'] },
  },
  elodie: {
    userName: 'élodie@example.com',
    displayName: 'ÉLODIE Straße',
    nickName: 'Élo',
    emails: [{ value: 'ada@home.example', type: 'work' }],
    roles: [{ value: 'Agent', primary: true }, { value: { id: 7 } }],
    [TEAMMATE]: {},
    [CUSTOM_FIELDS]: { level: 5.5, colour: 'GRÜN', remote: false },
  },
  rita: {
    userName: 'rita@example.com',
    externalId: 'e-1',
    title: 'analyst',
    active: false,
    addresses: [{ type: 'work', locality: 'Kingston' }],
  },
};

const ids = {};
let company;
let ritaChanged;
beforeAll(async () => {
  company = await newCompany();
  for (const [name, person] of Object.entries(PEOPLE)) ids[name] = (await newUser(company, person)).id;
  const gone = await newUser(company, { userName: 'gone@example.com', title: 'Analyst' });
  await company.scim('DELETE', `/Users/${gone.id}`);
  const { body } = await company.scim(
    'PATCH',
    `/Users/${ids.rita}`,
    patchOp({ op: 'add', path: 'locale', value: 'en' }),
  );
  ritaChanged = body.meta.lastModified;
});

const names = (resources) => resources.map(({ id }) => Object.keys(ids).find((name) => ids[name] === id)).join(' ');

test.each([
  // Operators on a text that is not caseExact.
  ['userName eq "ADA@EXAMPLE.COM"', 'ada'],
  ['userName eq "ÉLODIE@example.com"', 'elodie'],
  ['userName ne "ada@example.com"', 'elodie rita'],
  ['userName co "DIE@"', 'elodie'],
  ['userName sw "É"', 'elodie'],
  ['userName ew "A@EXAMPLE.COM"', 'ada rita'],
  ['userName gt "ada@example.com"', 'elodie rita'],
  ['userName ge "ada@example.com"', 'ada elodie rita'],
  ['userName lt "rita@example.com"', 'ada'],
  ['userName le "RITA@example.com"', 'ada rita'],
  ['userName pr', 'ada elodie rita'],
  ['title eq "ANALYST"', 'ada rita'],
  ['displayName eq "élodie strasse"', 'elodie'],
  ['displayName sw "éLO"', 'elodie'],
  ['displayName co "lace"', 'ada'],
  ['displayName pr', 'ada elodie'],
  ['displayName eq null', 'rita'],
  ['nickName sw "ÉL"', 'elodie'],
  ['nickName ne "x"', 'ada elodie rita'],
  ['nickName ne null', 'elodie'],
  ['name.familyName ew "LACE"', 'ada'],
  ['name pr', 'ada'],
  [`${USER}:name.givenName eq "ada"`, 'ada'],
  // Of one that is.
  ['externalId eq "E-1"', 'ada'],
  ['externalId sw "e"', 'rita'],
  ['externalId eq null', 'elodie'],
  // Booleans, quoted as Entra quotes them.
  ['active eq true', 'ada elodie'],
  ['active eq "False"', 'rita'],
  ['active ne "True"', 'rita'],
  ['active pr', 'ada elodie rita'],
  ['roles.primary eq "True"', 'elodie'],
  // Lists: any value is enough; one element has to satisfy a whole value filter.
  ['emails eq "ADA@home.example"', 'ada elodie'],
  ['emails.value sw "ada@h"', 'ada elodie'],
  ['emails.type eq "home"', 'ada'],
  ['emails[type eq "work" and value co "@home"]', 'elodie'],
  ['emails[type eq "home"].value eq "ada@home.example"', 'ada'],
  ['emails[type eq "work"].value eq "ada@home.example"', 'elodie'],
  ['emails[not (type eq "work")]', 'ada'],
  ['not (emails[type eq "home"])', 'elodie rita'],
  ['emails pr', 'ada elodie'],
  ['addresses[locality eq "kingston" and type eq "WORK"]', 'rita'],
  ['roles eq "agent"', 'elodie'],
  ['roles pr', 'elodie'],
  ['phoneNumbers pr', ''],
  // Extensions and custom fields.
  [`${ENTERPRISE}:department eq "r&d"`, 'ada'],
  [`${ENTERPRISE}:manager.value eq "M-1"`, 'ada'],
  [`${ENTERPRISE}:manager eq "m-1"`, ''],
  [`${ENTERPRISE.toLowerCase()}:EMPLOYEENUMBER eq "7"`, 'ada'],
  [`schemas eq "${ENTERPRISE}"`, 'ada'],
  [`${CUSTOM_FIELDS}:level gt 3`, 'elodie'],
  [`${CUSTOM_FIELDS}:level eq 3.0`, 'ada'],
  [`${CUSTOM_FIELDS}:colour eq "grün"`, 'elodie'],
  [`${CUSTOM_FIELDS}:remote eq false`, 'elodie'],
  [`${CUSTOM_FIELDS}:tags eq "B"`, 'ada'],
  [`${CUSTOM_FIELDS}:nothing eq null`, 'ada elodie rita'],
  // Moments.
  ['meta.created gt "2020-01-01T00:00:00Z"', 'ada elodie rita'],
  ['meta.created lt "2020-01-01T00:00:00Z"', ''],
  ['meta.resourceType eq "User"', 'ada elodie rita'],
  // and binds closer than or; parentheses and not.
  ['title eq "analyst" and active eq true or nickName pr', 'ada elodie'],
  ['title eq "analyst" and (active eq true or nickName pr)', 'ada'],
  ['not (title pr) or active eq false', 'elodie rita'],
  ['userName eq "ada@example.com" or externalId eq "e-1" or emails eq "nobody"', 'ada rita'],
  ['userName eq "rita@example.com" and active eq true', ''],
  ['TITLE PR AND NOT (ACTIVE EQ FALSE)', 'ada'],
])('%s', async (filter, expected) => {
  const { status, body } = await company.scim('GET', filtered(filter));
  expect([status, names(body.Resources ?? []), body.totalResults, body.detail]).toEqual([
    200,
    // In the order of creation.
    expected,
    expected.split(' ').filter(Boolean).length,
    undefined,
  ]);
});

test('a moment is a moment, however it is written', async () => {
  const moment = new Date(ritaChanged);
  const inBerlin = new Date(moment.getTime() + 3_600_000).toISOString().replace('Z', '+01:00');
  for (const text of [ritaChanged, inBerlin, ritaChanged.replace('Z', '000000Z'), ritaChanged.replace('Z', '+00:00')]) {
    const { body } = await company.scim('GET', filtered(`meta.lastModified eq "${text}" and locale eq "EN"`));
    expect([text, names(body.Resources)]).toEqual([text, 'rita']);
    const later = await company.scim('GET', filtered(`meta.lastModified gt "${text}"`));
    expect([text, later.body.totalResults]).toEqual([text, 0]);
  }
});

test('pages of a filter keep its total', async () => {
  const page = `${filtered('title pr or nickName pr')}&startIndex=2&count=1`;
  const { body } = await company.scim('GET', page);
  expect([names(body.Resources), body.totalResults, body.itemsPerPage]).toEqual(['elodie', 3, 1]);
});

test('a filter sees what was changed a moment ago', async () => {
  const { id } = await newUser(company, { userName: 'ümit@example.com', title: 'Öffner' });
  const found = async (filter) => (await company.scim('GET', filtered(filter))).body.totalResults;
  expect(await found('title eq "öFFNER"')).toBe(1);
  await company.scim(
    'PATCH',
    `/Users/${id}`,
    patchOp({ op: 'replace', value: { title: 'ÖFFNER', displayName: 'Ümit' } }),
  );
  expect(await found('title eq "öffner"')).toBe(1);
  expect(await found('displayName eq "ÜMIT"')).toBe(1);
  await company.scim('PATCH', `/Users/${id}`, patchOp({ op: 'replace', path: 'title', value: 'Opener' }));
  expect(await found('title eq "öffner"')).toBe(0);
  expect(await found('title eq "OPENER"')).toBe(1);
  await company.scim('DELETE', `/Users/${id}`);
  expect(await found('title eq "OPENER"')).toBe(0);
});
