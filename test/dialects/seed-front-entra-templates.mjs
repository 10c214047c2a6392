// The seed "User provisioning with Microsoft Entra ID" of Front, sentence by sentence: teammate templates (its Part 4).

import { app, get, patch } from '../support/dialect-cases.mjs';
import { create, kept, lookUp, person, withAndWithoutFlag } from '../support/entra-wire.mjs';
import { TEAMMATE, USER } from '../support/scim.mjs';
import { atBothEndpoints, atOneEndpointEach, sentences } from '../support/seed-cases.mjs';

const says = sentences('Front, User provisioning with Microsoft Entra ID');

const LINUS = person('linus.pauling@contoso.example');
const MARIE = person('marie.curie@contoso.example');
const ATTRIBUTE = `${TEAMMATE}:template`;
const templates = { squad: { name: 'Support squad', role: 'admin' }, dummy: { name: 'Dummy' } };

const withTemplate = (template, one = LINUS) => ({ ...one, [TEAMMATE]: { template } });
const hasTemplate = (name, template_id, more) => [
  app('GET', `/teammates/{${name}}`),
  { status: 200, contains: { template_id, ...more } },
];
/** A create of this body, and the template that the app then sees: one of `templates`, or null. */
const creates = (body, chosen) => [[create(body), { status: 201, as: 'linus' }], hasTemplate('linus', chosen)];

const DEFAULTS = 'Teammate templates allow you to set a new user’s default values for several fields including:';
const DISPLAY_NAME = 'Display name: Enter the name of the role followed by a colon and then the template ID.';
const EXPRESSION = 'Expression: SingleAppRoleAssignment([appRoleAssignments])';

const made = [
  ...[
    ['Workspace and inbox access', { workspaces: ['wks_1'], inboxes: [{ id: 'inb_1', access: 'full' }] }],
    ['Custom fields', { custom_fields: { fld_1k9: 'Gold' } }],
    ['User preferences', { preferences: { theme: 'dark' } }],
  ].map((/** @type {any[]} */ [field, defaults]) =>
    says(`${DEFAULTS} ${field}`, 'the app is told the template that has them', {
      templates: { squad: { name: 'Support squad', ...defaults } },
      steps: [
        ...creates(withTemplate('{squad}'), '{squad}'),
        [app('GET', '/templates/{squad}'), { status: 200, contains: defaults }],
      ],
    }),
  ),
  says('In Front, create at least two teammate templates.', 'of two, the one that is named', {
    templates,
    steps: [
      [create(withTemplate('Support squad: {squad}')), { status: 201, as: 'linus' }],
      [create(withTemplate('Dummy: {dummy}', MARIE)), { status: 201, as: 'marie' }],
      hasTemplate('linus', '{squad}', { role: 'admin' }),
      hasTemplate('marie', '{dummy}', { role: 'teammate' }),
    ],
  }),
  says('For each template, take a note of the template ID in the Overview tab.', 'each has one', {
    templates,
    steps: [
      [
        app('GET', '/templates'),
        {
          status: 200,
          contains: { results: [{ id: '{squad}' }, { id: '{dummy}' }] },
          matches: { 'results.0.id': /^tea_/ },
        },
      ],
    ],
  }),
];

const labels = [
  ...[
    'Support squad: {squad}',
    'Support squad:{squad}',
    'EU: Support squad: {squad}',
    '{squad}: Support squad',
    '{squad} - Support squad',
    'Support squad - {squad}',
    'Support squad {squad}',
    'Support squad ({squad})',
    'Support squad [{squad}]',
    'Support squad <{squad}>',
    'Support squad: "{squad}"',
    'Support squad: \u201c{squad}\u201d',
    "'{squad}'",
    '  {squad}\t',
    'Support squad:\u00a0{squad}\u00a0',
    'Support squad\uff1a{squad}',
    'Support squad',
  ].map((label) =>
    says(DISPLAY_NAME, `"${JSON.stringify(label).slice(1, -1)}"`, {
      templates,
      steps: [
        [create(withTemplate(label)), { status: 201, contains: { [TEAMMATE]: { template: label } }, as: 'linus' }],
        hasTemplate('linus', '{squad}', { role: 'admin' }),
      ],
    }),
  ),
  says(
    'If the template is called ‘Support squad’ and the template ID is tea_6nvkx, then enter the display name ‘Support squad: tea_6nvk’.',
    'a letter short is 400 and prints what was sent, and nobody is created',
    {
      templates,
      steps: [
        [
          create(withTemplate('Support squad: tea_6nvk')),
          { status: 400, error: 'invalidValue', detail: /Support squad: tea_6nvk/, events: [] },
        ],
        [lookUp(LINUS.userName), { status: 200, list: [] }],
      ],
    },
  ),
  says(
    'If the template is called ‘Support squad’ and the template ID is tea_6nvkx, then enter the display name ‘Support squad: tea_6nvk’.',
    'with unknown_template: ignore it creates without, and warns',
    {
      settings: { unknown_template: 'ignore' },
      steps: [
        [create(withTemplate('Support squad: tea_6nvk')), { status: 201, note: /tea_6nvk/, as: 'linus' }],
        hasTemplate('linus', null),
      ],
    },
  ),
  says('Value: The template ID again', 'as a role of Entra’s own type it is kept, and no template', {
    templates,
    steps: [
      [
        create({
          ...LINUS,
          roles: [
            {
              primary: true,
              type: 'WindowsAzureActiveDirectoryRole',
              value: '{squad}',
              display: 'Support squad: {squad}',
            },
          ],
        }),
        {
          status: 201,
          contains: { roles: [{ type: 'WindowsAzureActiveDirectoryRole', value: '{squad}' }] },
          as: 'linus',
        },
      ],
      hasTemplate('linus', null),
    ],
  }),
  ...['User', 'Default Access', 'msiam_access'].map((role) =>
    says(EXPRESSION, `Entra's default role "${role}" is none, with a warning`, {
      templates,
      steps: [
        [
          create(withTemplate(role)),
          { status: 201, contains: { [TEAMMATE]: { template: role } }, note: new RegExp(role), as: 'linus' },
        ],
        hasTemplate('linus', null),
      ],
    }),
  ),
  ...[
    ['no extension', {}],
    ['null', { [TEAMMATE]: null }],
    ['an empty object', { [TEAMMATE]: {} }],
    ['a null in it', { [TEAMMATE]: { template: null } }],
    ['an empty text in it', { [TEAMMATE]: { template: '' } }],
    ['a blank in it', { [TEAMMATE]: { template: ' ' } }],
    ['the whole name with null', { [ATTRIBUTE]: null }],
    ['the whole name with an empty text', { [ATTRIBUTE]: '' }],
  ].map((/** @type {any[]} */ [seen, extension]) =>
    says('Default value: Leave blank', `for whom nobody has chosen a role, ${seen}: 201, no template`, {
      templates,
      steps: creates({ ...LINUS, ...extension }, null),
    }),
  ),
  ...[
    ['the object of the URN, which schemas does not name', { [TEAMMATE]: { template: '{squad}' } }],
    ['the object of the URN, which it does name', { schemas: [USER, TEAMMATE], [TEAMMATE]: { template: '{squad}' } }],
    ['the whole name as a key', { [ATTRIBUTE]: '{squad}' }],
    ['other letters', { [TEAMMATE.toUpperCase()]: { Template: '{squad}' } }],
    ['a list of one, for a string', { [TEAMMATE]: { template: ['{squad}'] } }],
  ].map((/** @type {any[]} */ [seen, extension]) =>
    says('Name: urn:ietf:params:scim:schemas:extension:frontapp:teammate:template', `as ${seen}`, {
      templates,
      steps: creates({ ...LINUS, ...extension }, '{squad}'),
    }),
  ),
  says(
    'Name: urn:ietf:params:scim:schemas:extension:frontapp:teammate:template',
    'cut at the wrong place it refuses nobody, and the log says so',
    {
      templates,
      steps: [
        [
          create({ ...LINUS, 'urn:ietf:params:scim:schemas:extension:frontapp': { 'teammate:template': '{squad}' } }),
          { status: 201, note: /template/ },
        ],
      ],
    },
  ),
];

const later = (entra) => [
  says('Create a user from a teammate template.', 'found afterwards with what was sent', {
    templates,
    steps: [
      [create(withTemplate('Support squad: {squad}')), { status: 201, as: 'linus' }],
      [
        lookUp(LINUS.userName),
        {
          status: 200,
          list: ['linus'],
          contains: { Resources: [{ [TEAMMATE]: { template: 'Support squad: {squad}' } }] },
        },
      ],
    ],
  }),
  says(
    'You can apply teammate templates to a user or group in Microsoft Entra ID when they are provisioned in Front.',
    'it comes with the create',
    {
      templates,
      steps: [
        [lookUp(LINUS.userName), { status: 200, list: [] }],
        [
          create(withTemplate('Support squad: {squad}')),
          {
            status: 201,
            body: { ...kept(withTemplate('Support squad: {squad}')), schemas: [USER, TEAMMATE] },
            events: ['teammate.created'],
            as: 'linus',
          },
        ],
        hasTemplate('linus', '{squad}', { role: 'admin' }),
      ],
    },
  ),
  says(
    'Teammate templates can only be used upon initial user creation.',
    'another one later is shown, and the log says that it does nothing',
    {
      templates,
      given: { linus: withTemplate('Support squad: {squad}') },
      steps: [
        [
          entra.change('/Users/{linus}', { [ATTRIBUTE]: 'Dummy: {dummy}' }),
          { status: 200, contains: { [TEAMMATE]: { template: 'Dummy: {dummy}' } }, note: /template/ },
        ],
        hasTemplate('linus', '{squad}', { role: 'admin' }),
      ],
    },
  ),
  says('A template cannot be applied to an existing user.', 'nor a first one', {
    templates,
    given: { linus: LINUS },
    steps: [
      [
        entra.change('/Users/{linus}', { [ATTRIBUTE]: 'Support squad: {squad}' }),
        { status: 200, contains: { [TEAMMATE]: { template: 'Support squad: {squad}' } }, note: /template/ },
      ],
      hasTemplate('linus', null, { role: 'teammate' }),
    ],
  }),
  says('A template cannot be applied to an existing user.', 'nor one that does not exist, which refuses nothing', {
    given: { linus: LINUS },
    steps: [
      [
        entra.change('/Users/{linus}', { [ATTRIBUTE]: 'Squad: tea_gone', displayName: 'L. Pauling' }),
        { status: 200, contains: { displayName: 'L. Pauling' } },
      ],
    ],
  }),
  says(
    'Users will not stay in sync with edits to the template.',
    'the template has another role then, the teammate not',
    {
      templates,
      given: { linus: withTemplate('{squad}') },
      steps: [
        [app('PATCH', '/templates/{squad}', { name: 'Help desk', role: 'teammate' }), { status: 200 }],
        hasTemplate('linus', '{squad}', { role: 'admin' }),
        [app('DELETE', '/templates/{squad}'), { status: 204 }],
        [
          entra.change('/Users/{linus}', { displayName: 'L. Pauling' }),
          { status: 200, contains: { displayName: 'L. Pauling' } },
        ],
        [app('GET', '/teammates/{linus}'), { status: 200, contains: { role: 'admin' } }],
      ],
    },
  ),
  says('Apply this mapping: Only during object creation', 'an update that does not name it leaves it as it was sent', {
    templates,
    given: { linus: withTemplate('Support squad: {squad}') },
    steps: [
      [
        entra.change('/Users/{linus}', { displayName: 'L. Pauling' }),
        { status: 200, contains: { [TEAMMATE]: { template: 'Support squad: {squad}' } } },
      ],
      hasTemplate('linus', '{squad}'),
    ],
  }),
  says(
    'New users added to the group in Microsoft Entra ID will automatically be provisioned with the correct template in Front.',
    'each of them',
    {
      templates,
      steps: [
        [create(withTemplate('Support squad: {squad}')), { status: 201, as: 'linus' }],
        [create(withTemplate('Support squad: {squad}', MARIE)), { status: 201, as: 'marie' }],
        hasTemplate('linus', '{squad}', { role: 'admin' }),
        hasTemplate('marie', '{squad}', { role: 'admin' }),
      ],
    },
  ),
  says(
    'You can also use Microsoft Entra ID’s Provision on demand function to test the provisioning immediately.',
    'it sends no roles, so that there is no template, and none later',
    {
      templates,
      steps: [
        [create(LINUS), { status: 201, as: 'linus' }],
        hasTemplate('linus', null),
        [entra.change('/Users/{linus}', { [ATTRIBUTE]: 'Support squad: {squad}' }), { status: 200, note: /template/ }],
        hasTemplate('linus', null),
      ],
    },
  ),
  says(
    'You will need to create an app role for each teammate template.',
    'several at once as roles, each a text of JSON: kept, and no template',
    {
      templates,
      given: { linus: LINUS },
      steps: [
        [
          patch('/Users/{linus}', {
            op: 'Add',
            path: 'roles',
            value: [
              { value: '{"id":"18d1","value":"tea_1","displayName":"Support squad: tea_1"}' },
              { value: '{"id":"18d2","value":"tea_2","displayName":"Dummy: tea_2"}' },
            ],
          }),
          { status: 200, matches: { 'roles.0.value': /Support squad: tea_1/, 'roles.1.value': /Dummy: tea_2/ } },
        ],
        [get('/Users/{linus}'), { status: 200, matches: { 'roles.1.value': /^\{"id"/ } }],
        hasTemplate('linus', null),
      ],
    },
  ),
];

export default {
  idp: 'Seed: Front and Entra, templates',
  cases: [...atBothEndpoints([...made, ...withAndWithoutFlag(later)]), ...atOneEndpointEach(labels)],
};
