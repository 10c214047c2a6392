// The seed "User provisioning with Okta" of Front, sentence by sentence: its third part, teammate templates.

import { app, get } from '../support/dialect-cases.mjs';
import { OKTA, create, kept, lookUp, profile, update } from '../support/okta-wire.mjs';
import { atBothEndpoints, atOneEndpointEach, sentences } from '../support/seed-cases.mjs';

const says = sentences('Front, User provisioning with Okta');

const GRACE = profile('grace.hopper@navy.example');
const ADA = profile('ada.byron@navy.example');
const NOBODY = { status: 200, list: [] };

const role = (value, more) => ({ type: 'template', value, ...more });
const graceWith = (...values) => ({ ...GRACE, roles: values.map((value) => role(value)) });
/** What the app knows of somebody's template. */
const hasTemplate = (name, template_id, more) => [
  app('GET', `/teammates/{${name}}`),
  { status: 200, contains: { template_id, ...more } },
];

/** A create with roles that name `chosen`, one of `templates`, or null. */
const creates = (roles, chosen) => [
  [create({ ...GRACE, roles }), { status: 201, as: 'grace' }],
  hasTemplate('grace', chosen),
];

const squad = { squad: { name: 'Support squad' } };
const departments = { recruiting: { name: 'Recruiting' }, hr: { name: 'HR' } };

const choice = [
  says(
    'Automatically map a new user to a Front teammate template, based on Okta roles.',
    'the role of type template decides',
    {
      templates: squad,
      steps: [
        [lookUp(GRACE.userName), NOBODY],
        [
          create({ ...GRACE, roles: [{ type: 'license', value: 'pro' }, role('{squad}')] }),
          {
            status: 201,
            body: { ...kept(GRACE), roles: [{ type: 'license', value: 'pro' }, role('{squad}')] },
            events: ['teammate.created'],
            as: 'grace',
          },
        ],
        hasTemplate('grace', '{squad}'),
      ],
    },
  ),
  says(
    'If you want to automatically create your teammates with the correct access right, you will use specific Front teammate templates.',
    "its role is the teammate's",
    {
      templates: { admins: { name: 'Admins', role: 'admin', workspaces: ['wks_1'] }, squad: { name: 'Support squad' } },
      steps: [
        [create(graceWith('{admins}')), { status: 201, as: 'grace' }],
        [create({ ...ADA, roles: [role('{squad}')] }), { status: 201, as: 'ada' }],
        hasTemplate('grace', '{admins}', { role: 'admin' }),
        hasTemplate('ada', '{squad}', { role: 'teammate' }),
      ],
    },
  ),
  says('Create a new teammate template.', 'one that was made a moment ago is known', {
    steps: [
      [
        app('POST', '/templates', { name: 'Support squad', role: 'admin' }),
        { status: 201, contains: { name: 'Support squad', role: 'admin' }, as: 'squad' },
      ],
      ...creates([role('{squad}')], '{squad}'),
    ],
  }),
  says('Copy the Front Template ID.', 'the id says what it is, and the template is shown by it', {
    templates: squad,
    steps: [
      [app('GET', '/templates'), { status: 200, contains: { results: [{ id: '{squad}', name: 'Support squad' }] } }],
      [app('GET', '/templates/{squad}'), { status: 200, matches: { id: /^tea_\w+$/ } }],
    ],
  }),
];

const mapping = [
  ...[
    ['type before value', (id) => role(id)],
    ['value before type, and not primary', (id) => ({ value: id, type: 'template', primary: false })],
    ['primary, with a display', (id) => ({ primary: true, value: id, type: 'template', display: 'Support squad' })],
    ['another letter case of the type', (id) => ({ type: 'Template', value: id })],
  ].map((/** @type {any[]} */ [seen, entry]) =>
    says("External name: roles.^[type=='template'].value", `${seen}, and kept as sent`, {
      templates: squad,
      steps: [
        [
          create({ ...GRACE, roles: [entry('{squad}')] }),
          { status: 201, contains: { roles: [entry('{squad}')] }, as: 'grace' },
        ],
        hasTemplate('grace', '{squad}'),
        [get('/Users/{grace}', OKTA), { status: 200, contains: { roles: [entry('{squad}')] } }],
      ],
    }),
  ),
  says(
    'External namespace: urn:ietf:params:scim:schemas:core:2.0:User',
    'the core attribute in the object of its URN',
    {
      templates: squad,
      steps: [
        [
          create({ ...GRACE, 'urn:ietf:params:scim:schemas:core:2.0:User': { roles: [role('{squad}')] } }),
          { status: 201, contains: { roles: [role('{squad}')] }, as: 'grace' },
        ],
        hasTemplate('grace', '{squad}'),
      ],
    },
  ),
  says('Data type: string', 'a list, where the admin chose "string array", is noted and refuses nobody', {
    templates: squad,
    steps: [
      [
        create({ ...GRACE, roles: [role(['{squad}'])] }),
        { status: 201, note: /role|template|list/i, events: ['teammate.created'] },
      ],
    ],
  }),
  says(
    'Description: Template to automatically assign preferences when creating a user',
    'the preferences are found by the template',
    {
      templates: { squad: { name: 'Support squad', preferences: { theme: 'dark' }, inboxes: ['inb_1'] } },
      steps: [
        ...creates([role('{squad}')], '{squad}'),
        [
          app('GET', '/templates/{grace.roles.0.value}'),
          { status: 200, contains: { preferences: { theme: 'dark' }, inboxes: ['inb_1'] } },
        ],
      ],
    },
  ),
  says(
    'You should see the teammate template, but it is not mapped to any attribute.',
    'whoever is created so has none',
    {
      templates: squad,
      steps: [[create(GRACE), { status: 201, body: kept(GRACE), as: 'grace' }], hasTemplate('grace', null)],
    },
  ),
  ...[
    ['no roles', []],
    ['null', null],
    ['an empty text', [role('')]],
    ['no value', [{ type: 'template' }]],
    ['a null value', [role(null)]],
  ].map(([seen, roles]) =>
    says('choose how you want to map this attribute', `an expression that comes to ${seen} means none`, {
      templates: squad,
      steps: creates(roles, null),
    }),
  ),
  ...[
    ['the id', '{squad}'],
    ['the id with blanks around', ' {squad}  '],
    ['a label and the id', 'Support squad: {squad}'],
    ['the id and a label', '{squad} (Support squad)'],
    ['the name of the template', 'Support squad'],
  ].map(([seen, value]) =>
    says('In this example, we use Okta groups to map to the template ID you created in Front.', `as ${seen}`, {
      templates: { sales: { name: 'Sales' }, ...squad },
      steps: [
        [create(graceWith(value)), { status: 201, contains: { roles: [role(value)] }, as: 'grace' }],
        hasTemplate('grace', '{squad}'),
      ],
    }),
  ),
  says(
    'In this example, we use Okta groups to map to the template ID you created in Front.',
    'an id that is none is 400 and printed, and nobody is created',
    {
      templates: squad,
      steps: [
        [
          create(graceWith('Sales: tea_6nvkx')),
          { status: 400, error: 'invalidValue', detail: /Sales: tea_6nvkx/, events: [] },
        ],
        [lookUp(GRACE.userName), NOBODY],
      ],
    },
  ),
  says(
    'In this example, we use Okta groups to map to the template ID you created in Front.',
    'with unknown_template: ignore such an id creates without',
    {
      settings: { unknown_template: 'ignore' },
      steps: [
        [create(graceWith('tea_6nvkx')), { status: 201, note: /tea_6nvkx/, as: 'grace' }],
        hasTemplate('grace', null),
      ],
    },
  ),
  says(
    'When you assign a user to this application, it should show you the right template applied.',
    'in SCIM as it was sent, in the app as its id',
    {
      templates: squad,
      steps: [
        [create(graceWith('{squad}')), { status: 201, as: 'grace' }],
        [
          lookUp(GRACE.userName),
          { status: 200, list: ['grace'], contains: { Resources: [{ roles: [role('{squad}')] }] } },
        ],
        hasTemplate('grace', '{squad}'),
      ],
    },
  ),
];

const groups = [
  says(
    "The best way to scale creating new users is to link Front Teammate template to Okta's user groups.",
    'each group has its own',
    {
      templates: departments,
      steps: [
        [create(graceWith('{hr}')), { status: 201, as: 'grace' }],
        [create({ ...ADA, roles: [role('{recruiting}')] }), { status: 201, as: 'ada' }],
        hasTemplate('grace', '{hr}'),
        hasTemplate('ada', '{recruiting}'),
      ],
    },
  ),
  says(
    'Any Okta user added to this group will then be invited to Front with the right permissions based on the Teammate template mapped to the group.',
    'the second like the first',
    {
      templates: { admins: { name: 'Admins', role: 'admin' } },
      steps: [
        [create(graceWith('{admins}')), { status: 201, as: 'grace' }],
        [create({ ...ADA, roles: [role('{admins}')] }), { status: 201, as: 'ada' }],
        hasTemplate('grace', '{admins}', { role: 'admin' }),
        hasTemplate('ada', '{admins}', { role: 'admin' }),
      ],
    },
  ),
  says(
    'What happens when someone is moved to a new Front group in Okta? Front user permissions are not updated.',
    'the new role is shown, and the log says that it does nothing',
    {
      templates: { hr: { name: 'HR', role: 'admin' }, recruiting: { name: 'Recruiting' } },
      steps: [
        [create(graceWith('{hr}')), { status: 201, as: 'grace' }],
        [
          update('grace', graceWith('{recruiting}')),
          { status: 200, contains: { roles: [role('{recruiting}')] }, note: /template/ },
        ],
        hasTemplate('grace', '{hr}', { role: 'admin' }),
      ],
    },
  ),
  says(
    'For example, if a user is moved from "HR" to the "Recruiting" group in Okta, the user would keep the "HR" role in Front.',
    'also where Okta still sends the old role beside the new',
    {
      templates: departments,
      steps: [
        [create(graceWith('{recruiting}')), { status: 201, as: 'grace' }],
        [update('grace', graceWith('{hr}', '{recruiting}')), { status: 200 }],
        hasTemplate('grace', '{recruiting}'),
      ],
    },
  ),
  says('They would retain the permissions from their old role.', 'also through a block', {
    templates: departments,
    steps: [
      [create(graceWith('{hr}')), { status: 201, as: 'grace' }],
      [update('grace', { ...graceWith('{recruiting}'), active: false }), { status: 200, events: ['teammate.blocked'] }],
      [update('grace', graceWith('{recruiting}')), { status: 200, events: ['teammate.unblocked'] }],
      hasTemplate('grace', '{hr}', { state: 'active' }),
    ],
  }),
  ...[[['{recruiting}', '{hr}']], [['{hr}', '{recruiting}']]].map(([values]) =>
    says(
      'If a user belongs to “HR” and “Recruiting” groups in Okta, the user would be created with “HR” role in Front.',
      `sent as ${values.join(', ')}`,
      {
        templates: departments,
        steps: [
          [
            create(graceWith(...values)),
            { status: 201, contains: { roles: values.map((value) => role(value)) }, as: 'grace' },
          ],
          hasTemplate('grace', '{hr}'),
        ],
      },
    ),
  ),
  ...[
    ['small letters are no later', 'recruiting', 'Sales'],
    ['nor are accents', 'Écoute', 'Finance'],
    ['letters count before accents', 'Résumé', 'Resumes'],
    ['and accents before case', 'RESUME', 'résumé'],
  ].map(([seen, first, second]) =>
    says(
      'They will get the permissions of the first group in alphabetical order.',
      `${seen}: ${first} before ${second}`,
      {
        templates: { second: { name: second }, first: { name: first } },
        steps: creates([role('{second}'), role('{first}')], '{first}'),
      },
    ),
  ),
];

export default {
  idp: 'Seed: Front and Okta, templates',
  cases: [...atBothEndpoints([...choice, ...groups]), ...atOneEndpointEach(mapping)],
};
