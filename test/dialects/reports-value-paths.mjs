// What public bug reports of other servers tell of value paths, names and values, reduced to the requests.

import { patch, post, query } from '../support/dialect-cases.mjs';
import { ENTERPRISE, USER } from '../support/scim.mjs';

const ADA = { userName: 'ada@example.com', name: { givenName: 'Ada', familyName: 'King' } };
const MANAGED = { ...ADA, [ENTERPRISE]: { manager: { value: 'm-1' }, department: 'D' } };

const patched = (name, source, given, operations, after) => ({
  name,
  source,
  given: { ada: given },
  steps: [[patch('/Users/{ada}', ...operations), { status: 200, ...after }]],
});

const [ADMIN, VIEWER] = ['6f1c2a8e-57ab:admin', '0b7d94c1-99de:viewer'];

export default {
  idp: 'public reports: value paths',
  cases: [
    patched(
      'remove with a value filter on the single manager, as Entra was seen to send it',
      'bug reports of SCIM servers: Entra and manager[value eq ...]',
      MANAGED,
      [{ op: 'remove', path: `${ENTERPRISE}:manager[value eq "m-1"]` }],
      { contains: { [ENTERPRISE]: { department: 'D' } }, absent: [[ENTERPRISE, 'manager']] },
    ),
    patched(
      'add to the dotted value of the manager',
      'bug reports of SCIM servers: manager.value',
      ADA,
      [{ op: 'add', path: `${ENTERPRISE}:manager.value`, value: 'Ruth' }],
      { contains: { [ENTERPRISE]: { manager: { value: 'Ruth' } } } },
    ),
    patched(
      'a street of several words, of one address of two',
      'bug reports of SCIM servers: values with spaces behind a value filter',
      {
        ...ADA,
        addresses: [
          { type: 'work', streetAddress: '910 Broadway', locality: 'New York' },
          { type: 'home', streetAddress: '1 Home Lane' },
        ],
      },
      [{ op: 'replace', path: 'addresses[type eq "work"].streetAddress', value: '7070 Phoebe Hollow' }],
      {
        contains: {
          addresses: [
            { type: 'work', streetAddress: '7070 Phoebe Hollow', locality: 'New York' },
            { type: 'home', streetAddress: '1 Home Lane' },
          ],
        },
      },
    ),
    patched(
      'a role whose value holds a colon, by a filter',
      'bug reports of SCIM servers: a colon inside of a literal is no end of a URN',
      { ...ADA, roles: [{ value: ADMIN }, { value: VIEWER }] },
      [{ op: 'remove', path: `roles[value eq "${ADMIN}"]` }],
      { contains: { roles: [{ value: VIEWER }] } },
    ),
    patched(
      'remove of an address that is not there, among operations that do something',
      "zitadel's tests of PATCH",
      { ...ADA, addresses: [{ type: 'work', locality: 'Paris' }] },
      [
        { op: 'replace', path: 'title', value: 'Countess' },
        { op: 'remove', path: 'addresses[type eq "nothere"]' },
      ],
      { contains: { title: 'Countess', addresses: [{ type: 'work', locality: 'Paris' }] } },
    ),
    {
      name: 'attributes=emails[type eq "work"] shows the e-mails',
      source: "Microsoft's Postman collection for SCIM endpoints",
      given: { ada: { ...ADA, emails: [{ value: 'ada@example.com', type: 'work', primary: true }] } },
      steps: [
        [
          query('/Users', { attributes: 'emails[type eq "work"]', filter: 'userName eq "ada@example.com"' }),
          {
            status: 200,
            contains: {
              Resources: [
                { schemas: [USER], id: '{ada}', emails: [{ value: 'ada@example.com', type: 'work', primary: true }] },
              ],
            },
          },
        ],
      ],
    },
    {
      name: 'whether the manager is up to date: id and manager in one filter',
      source:
        'Microsoft docs, "Develop and plan provisioning for a SCIM endpoint": filter=id eq "..." and manager eq "..."',
      given: { ada: MANAGED },
      steps: [
        [
          query('/Users', { filter: 'id eq "{ada}" and manager eq "m-1"', attributes: 'id' }),
          { status: 200, list: ['ada'] },
        ],
        [
          query('/Users', { filter: 'id eq "{ada}" and manager eq "m-2"', attributes: 'id' }),
          { status: 200, list: [] },
        ],
      ],
    },
    {
      name: 'numbers where texts belong, and 1 for active',
      source: 'bug reports of SCIM servers: a directory that keeps employee numbers as numbers',
      steps: [
        [
          post('/Users', { schemas: [USER, ENTERPRISE], ...ADA, active: 1, [ENTERPRISE]: { employeeNumber: 701984 } }),
          { status: 201, contains: { active: true, [ENTERPRISE]: { employeeNumber: '701984' } } },
        ],
      ],
    },
  ],
};
