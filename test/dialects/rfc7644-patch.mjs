// RFC 7644 section 3.5.2: what PATCH does, and what it refuses.

import { get, patch, patchWith, query } from '../support/dialect-cases.mjs';
import { ENTERPRISE, USER } from '../support/scim.mjs';

const rfc = (section) => `RFC 7644 section ${section}`;

const MARIE = {
  userName: 'marie@sorbonne.example',
  externalId: 'mc-1867',
  name: { familyName: 'Curie', givenName: 'Marie' },
  displayName: 'Marie Curie',
  emails: [
    { value: 'marie@sorbonne.example', type: 'work', primary: true },
    { value: 'marie@home.example', type: 'home' },
  ],
  addresses: [
    { type: 'work', streetAddress: 'Rue Cuvier', locality: 'Paris', country: 'FR' },
    { type: 'home', locality: 'Sceaux' },
  ],
};
const KEPT = { schemas: [USER], ...MARIE, active: true };

/** One PATCH of Marie. */
const patched = (name, section, operations, after) => ({
  name,
  source: rfc(section),
  given: { marie: MARIE },
  steps: [[patch('/Users/{marie}', ...operations), { status: 200, ...after }]],
});
const becomes = (more) => ({ body: { ...KEPT, ...more } });
const refused = (name, section, operations, error) => ({
  name,
  source: rfc(section),
  given: { marie: MARIE },
  steps: [
    [patch('/Users/{marie}', ...operations), { status: 400, error }],
    [get('/Users/{marie}'), { status: 200, body: KEPT }],
  ],
});

export default {
  idp: 'RFC 7644 PATCH',
  cases: [
    patched(
      'add without a path merges',
      '3.5.2.1',
      [{ op: 'add', value: { emails: [{ value: 'm@radium.example', type: 'other' }], nickName: 'Manya' } }],
      becomes({ nickName: 'Manya', emails: [...MARIE.emails, { value: 'm@radium.example', type: 'other' }] }),
    ),
    patched(
      'add to a list by path',
      '3.5.2.1',
      [{ op: 'add', path: 'emails', value: [{ value: 'm@radium.example', type: 'other' }] }],
      becomes({ emails: [...MARIE.emails, { value: 'm@radium.example', type: 'other' }] }),
    ),
    patched(
      'add of one that is there changes nothing',
      '3.5.2.1',
      [{ op: 'add', path: 'emails', value: [MARIE.emails[1]] }],
      { body: KEPT, contains: { meta: { lastModified: '{marie.meta.lastModified}' } } },
    ),
    patched(
      'add to a single value replaces it',
      '3.5.2.1',
      [{ op: 'add', path: 'displayName', value: 'Mme Curie' }],
      becomes({ displayName: 'Mme Curie' }),
    ),
    patched(
      'add of a complex value adds its parts',
      '3.5.2.1',
      [{ op: 'add', path: 'name', value: { middleName: 'Salomea' } }],
      becomes({ name: { ...MARIE.name, middleName: 'Salomea' } }),
    ),
    patched('remove of an attribute', '3.5.2.2', [{ op: 'remove', path: 'displayName' }], {
      body: (({ displayName: _, ...rest }) => rest)(KEPT),
    }),
    {
      name: 'remove of active: it is unassigned until somebody sets it again',
      source: rfc('3.5.2.2'),
      given: { marie: MARIE },
      steps: [
        [
          patch('/Users/{marie}', { op: 'remove', path: 'active' }),
          { status: 200, body: { schemas: [USER], ...MARIE } },
        ],
        [
          patch('/Users/{marie}', { op: 'add', path: 'title', value: 'Prof.' }),
          { status: 200, contains: { title: 'Prof.' }, absent: ['active'] },
        ],
        [
          query('/Users', { filter: 'active eq true' }),
          { status: 200, list: ['marie'], absent: ['Resources.0.active'] },
        ],
        [
          patch('/Users/{marie}', { op: 'add', path: 'active', value: true }),
          { status: 200, body: { ...KEPT, title: 'Prof.' } },
        ],
      ],
    },
    patched(
      'remove of a part',
      '3.5.2.2',
      [{ op: 'remove', path: 'name.givenName' }],
      becomes({ name: { familyName: 'Curie' } }),
    ),
    patched('remove of all elements', '3.5.2.2', [{ op: 'remove', path: 'addresses' }], {
      body: (({ addresses: _, ...rest }) => rest)(KEPT),
    }),
    patched(
      'remove of the elements that a filter chooses',
      '3.5.2.2',
      [{ op: 'remove', path: 'emails[type eq "home" and value ew "home.example"]' }],
      becomes({ emails: [MARIE.emails[0]] }),
    ),
    patched(
      'remove of a part of the elements that a filter chooses',
      '3.5.2.2',
      [{ op: 'remove', path: 'addresses[type eq "work"].streetAddress' }],
      becomes({ addresses: [{ type: 'work', locality: 'Paris', country: 'FR' }, MARIE.addresses[1]] }),
    ),
    patched(
      'replace of a list',
      '3.5.2.3',
      [{ op: 'replace', path: 'emails', value: [{ value: 'only@x.example' }] }],
      becomes({ emails: [{ value: 'only@x.example' }] }),
    ),
    patched(
      'replace of a chosen element',
      '3.5.2.3',
      [
        {
          op: 'replace',
          path: 'addresses[type eq "work"]',
          value: { type: 'work', streetAddress: '911 Universal', locality: 'Paris' },
        },
      ],
      {
        contains: {
          addresses: [{ type: 'work', streetAddress: '911 Universal', locality: 'Paris' }, MARIE.addresses[1]],
        },
      },
    ),
    patched(
      'replace of a part of a chosen element',
      '3.5.2.3',
      [{ op: 'replace', path: 'addresses[type eq "work"].streetAddress', value: '1010 Broadway' }],
      becomes({ addresses: [{ ...MARIE.addresses[0], streetAddress: '1010 Broadway' }, MARIE.addresses[1]] }),
    ),
    patched(
      'replace without a path',
      '3.5.2.3',
      [
        {
          op: 'replace',
          value: { emails: [{ value: 'new@x.example', type: 'work', primary: true }], nickName: 'Manya' },
        },
      ],
      becomes({ nickName: 'Manya', emails: [{ value: 'new@x.example', type: 'work', primary: true }] }),
    ),
    patched(
      'replace of what is not there adds it',
      '3.5.2.3',
      [{ op: 'replace', path: 'title', value: 'Professor' }],
      becomes({ title: 'Professor' }),
    ),
    patched(
      'operations are applied in their order',
      '3.5.2',
      [
        { op: 'add', path: 'title', value: 'a' },
        { op: 'remove', path: 'title' },
        { op: 'add', path: 'title', value: 'b' },
      ],
      becomes({ title: 'b' }),
    ),
    patched(
      'a path with the core URN',
      '3.10',
      [{ op: 'replace', path: `${USER}:name.familyName`, value: 'Skłodowska' }],
      becomes({ name: { ...MARIE.name, familyName: 'Skłodowska' } }),
    ),
    patched(
      "a path with an extension's URN",
      '3.10',
      [{ op: 'add', path: `${ENTERPRISE}:costCenter`, value: '88' }],
      becomes({ schemas: [USER, ENTERPRISE], [ENTERPRISE]: { costCenter: '88' } }),
    ),
    patched(
      "a path that is an extension's URN",
      '3.10',
      [{ op: 'add', path: ENTERPRISE, value: { division: 'Physics' } }],
      becomes({ schemas: [USER, ENTERPRISE], [ENTERPRISE]: { division: 'Physics' } }),
    ),
    patched(
      'a new primary unmakes the old',
      '3.5.2',
      [{ op: 'replace', path: 'emails[type eq "home"].primary', value: true }],
      {
        contains: {
          emails: [
            { value: 'marie@sorbonne.example', type: 'work', primary: false },
            { value: 'marie@home.example', type: 'home', primary: true },
          ],
        },
      },
    ),
    patched(
      'a filter that matches nothing to remove: what was to be gone is gone, against the 400 of the section',
      '3.5.2.2',
      [{ op: 'remove', path: 'emails[type eq "other"]' }],
      { body: KEPT },
    ),
    refused('remove without a path', '3.5.2.2', [{ op: 'remove' }], 'noTarget'),
    refused(
      "a path that can't be read",
      '3.5.2',
      [{ op: 'replace', path: 'emails[type eq', value: 'x' }],
      'invalidPath',
    ),
    refused(
      'an attribute that there is not',
      '3.5.2',
      [
        { op: 'replace', path: 'title', value: 'x' },
        { op: 'replace', path: 'halfLife', value: 1600 },
      ],
      'invalidPath',
    ),
    refused(
      'a read-only attribute by path',
      '3.5.2',
      [{ op: 'replace', path: 'meta.created', value: '1999-01-01T00:00:00Z' }],
      'mutability',
    ),
    refused(
      'a value of the wrong type',
      '3.5.2',
      [{ op: 'replace', path: 'active', value: { yes: true } }],
      'invalidValue',
    ),
    refused('replace without a value', '3.5.2.3', [{ op: 'replace', path: 'title' }], /./),
    refused(
      'operations after one that fails are not applied, nor those before',
      '3.5.2',
      [
        { op: 'add', path: 'nickName', value: 'x' },
        { op: 'replace', path: 'emails[type ne "work" and type ne "home"]', value: { value: 'x' } },
        { op: 'add', path: 'title', value: 'x' },
      ],
      'noTarget',
    ),
    {
      name: 'a PATCH that is no JSON',
      source: rfc('3.12'),
      given: { marie: MARIE },
      steps: [[patchWith('/Users/{marie}', '{'), { status: 400, error: 'invalidSyntax' }]],
    },
    {
      name: 'a PATCH that is a list',
      source: rfc('3.12'),
      given: { marie: MARIE },
      steps: [[patchWith('/Users/{marie}', []), { status: 400, error: 'invalidSyntax' }]],
    },
  ],
};
