// The seed "User provisioning with Microsoft Entra ID" of Front, sentence by sentence: the description of a group (its
// Part 6).

import { app } from '../support/dialect-cases.mjs';
import { createGroup, person, withAndWithoutFlag } from '../support/entra-wire.mjs';
import { GROUP, GROUP_EXTENSION } from '../support/scim.mjs';
import { atBothEndpoints, sentences } from '../support/seed-cases.mjs';

const says = sentences('Front, User provisioning with Microsoft Entra ID');

const given = { linus: person('linus.pauling@contoso.example') };
const OBJECT_ID = '8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159';
const DESCRIPTION = `${GROUP_EXTENSION}:description`;

const squad = (...members) => ({ displayName: 'Support', externalId: OBJECT_ID, members });
const pushed = (...members) => ({
  squad: { displayName: 'Support', externalId: OBJECT_ID, members: members.map((one) => ({ value: `{${one}}` })) },
});

const NAME = 'Name: urn:ietf:params:scim:schemas:extension:frontapp:group:description';

const describing = (entra) => [
  says(NAME, 'it comes with the create, as an object that schemas does not name', {
    given,
    steps: [
      [
        createGroup('Support', OBJECT_ID, { [GROUP_EXTENSION]: { description: 'First line' } }),
        {
          status: 201,
          contains: { schemas: [GROUP, GROUP_EXTENSION], [GROUP_EXTENSION]: { description: 'First line' } },
          group: { ...squad(), description: 'First line' },
          as: 'squad',
        },
      ],
      [app('GET', '/groups/{squad}'), { status: 200, contains: { description: 'First line' } }],
    ],
  }),
  says('Type: String', 'any text, in any script, as long as it is', {
    groups: pushed(),
    steps: ['Erste Linie: "Hilfe" & mehr', '一线支持 🛟', 'x'.repeat(1000)].map((description) => [
      entra.change('/Groups/{squad}', { [DESCRIPTION]: description }),
      { status: 204, group: { ...squad(), description } },
    ]),
  }),
  says(
    'Mapping type: Direct. Source attribute: description',
    'where there is none in Entra, none is sent and none is there',
    {
      given,
      steps: [
        [createGroup('Support', OBJECT_ID), { status: 201, absent: [[GROUP_EXTENSION]], as: 'squad' }],
        [app('GET', '/groups/{squad}'), { status: 200, contains: { description: null } }],
      ],
    },
  ),
  says('Apply this mapping: Always', 'each change comes, and the members stay', {
    given,
    groups: pushed('linus'),
    steps: [
      [
        entra.change('/Groups/{squad}', { [DESCRIPTION]: 'First line' }),
        { status: 204, group: { ...squad('linus'), description: 'First line' }, events: ['group.updated'] },
      ],
      [
        entra.change('/Groups/{squad}', { displayName: 'Help', [DESCRIPTION]: 'Second line' }),
        { status: 204, group: { ...squad('linus'), displayName: 'Help', description: 'Second line' } },
      ],
      [
        entra.change('/Groups/{squad}', { [DESCRIPTION]: 'Second line' }),
        { status: 204, group: { ...squad('linus'), displayName: 'Help', description: 'Second line' }, events: [] },
      ],
      [
        entra.change('/Groups/{squad}', { [DESCRIPTION]: '' }),
        { status: 204, group: { ...squad('linus'), displayName: 'Help' } },
      ],
    ],
  }),
];

export default {
  idp: 'Seed: Front and Entra, group descriptions',
  cases: atBothEndpoints(withAndWithoutFlag(describing)),
};
