// The seed "OKTA integration SCIM", an early page of Front, sentence by sentence. What it says like the later one,
// "User provisioning with Okta", is sent as the app of the catalogue sends it, which this page speaks of.

import { app, get } from '../support/dialect-cases.mjs';
import { OIN, OKTA, create, createGroup, kept, lookUp, probe, profile } from '../support/okta-wire.mjs';
import { atBothEndpoints, sentences } from '../support/seed-cases.mjs';

const says = sentences('Front, OKTA integration SCIM');

const GRACE = profile('grace.hopper@navy.example');
const NOBODY = { status: 200, list: [] };
const given = { grace: GRACE };
const withTemplate = (value) => ({ ...GRACE, roles: [{ type: 'template', value }] });
const squad = { squad: { name: 'Support squad', role: 'admin' } };
const lacks = (entitlement) => ({
  status: 403,
  error: null,
  detail: new RegExp(`plan does not include "${entitlement}"`),
});
const newToken = (...scopes) => [app('POST', '/tokens', { name: 'Okta', scopes }), { status: 201, as: 'key' }];

const requirements = [
  says(
    'This integration with Okta is currently under development and is not available to customers yet.',
    'who has it already, has it by itself',
    {
      settings: { plan: 'growth' },
      steps: [
        [probe(), lacks('scim')],
        [app('PATCH', '', { entitlements: ['scim'] }), { status: 200 }],
        [probe(), NOBODY],
      ],
    },
  ),
  says(
    'Please contact Front to get access to the SCIM feature if you do not have it.',
    'it counts from the next call on, and so does its end',
    {
      settings: { plan: 'starter' },
      steps: [
        [create(GRACE), { ...lacks('scim'), events: [] }],
        [app('PATCH', '', { entitlements: ['scim'] }), { status: 200 }],
        [create(GRACE), { status: 201, as: 'grace' }],
        [app('PATCH', '', { entitlements: [] }), { status: 200 }],
        [OIN.setActive('grace', GRACE, false), { ...lacks('scim'), events: [] }],
      ],
    },
  ),
  says('You must be an admin to your Front account.', "an identity provider's token reads no setting", {
    steps: [[app('GET', '', undefined, { authorization: 'Bearer {token}' }), { status: 401 }]],
  }),
  says(
    'If you want to use template, you must have templates available in your plan.',
    'without them a create that names one is 403, and one that names none works',
    {
      settings: { plan: 'growth', entitlements: ['scim'] },
      templates: squad,
      steps: [
        [create(withTemplate('{squad}')), { ...lacks('templates'), events: [] }],
        [lookUp(GRACE.userName), NOBODY],
        [create(GRACE), { status: 201, body: kept(GRACE) }],
      ],
    },
  ),
  says('If you want to use template, you must have templates available in your plan.', 'granted by themselves', {
    settings: { plan: 'growth', entitlements: ['scim', 'templates'] },
    templates: squad,
    steps: [
      [create(withTemplate('{squad}')), { status: 201, as: 'grace' }],
      [app('GET', '/teammates/{grace}'), { status: 200, contains: { template_id: '{squad}' } }],
    ],
  }),
  says('Entreprise plans have this by default.', 'there it works', {
    settings: { plan: 'enterprise' },
    templates: squad,
    steps: [
      [create(withTemplate('{squad}')), { status: 201, as: 'grace' }],
      [app('GET', '/teammates/{grace}'), { status: 200, contains: { template_id: '{squad}', role: 'admin' } }],
    ],
  }),
];

const token = [
  says('An API key is necessary for Okta and Front to communicate.', 'neither the endpoint nor the userName will do', {
    given,
    steps: [
      [
        { ...probe(), token: null },
        { status: 401, error: null },
      ],
      [
        { ...lookUp(GRACE.userName), token: GRACE.userName },
        { status: 401, error: null },
      ],
      [
        { ...OIN.setActive('grace', GRACE, false), token: null },
        { status: 401, error: null, events: [] },
      ],
    ],
  }),
  says('Create a new token with “auto provisioning” scope', 'people, and no groups', {
    steps: [
      newToken('auto_provisioning'),
      [{ ...create(GRACE), token: '{key.token}' }, { status: 201 }],
      [
        { ...createGroup('Navy'), token: '{key.token}' },
        { status: 403, error: null, detail: /scope "provisioning"/ },
      ],
    ],
  }),
  says(
    'You can get your token value when you click on your token name',
    'since decided otherwise: it is shown where it is made, this once',
    {
      steps: [
        newToken('auto_provisioning'),
        [
          app('GET', '/tokens/{key}'),
          { status: 200, contains: { name: 'Okta', scopes: ['auto_provisioning'] }, absent: ['token'] },
        ],
        [app('GET', '/tokens'), { status: 200, absent: ['results.0.token', 'results.1.token'] }],
      ],
    },
  ),
  says('Use this token in the Okta configuration to enable SCIM provisioning.', 'it lets Okta in', {
    steps: [newToken('auto_provisioning'), [{ ...probe(), token: '{key.token}' }, NOBODY]],
  }),
  says('SCIM URL: https://scim.frontapp.com/v2 (should be preconfigured)', 'with a slash at its end, too', {
    given,
    steps: [
      [get('/Users?startIndex=1&count=2', OKTA), { status: 200, list: ['grace'] }],
      [get('//Users?startIndex=1&count=2', OKTA), { status: 200, list: ['grace'] }],
      [get('/Users/?startIndex=1&count=2', OKTA), { status: 200, list: ['grace'] }],
      [get('/Users/{grace}/', OKTA), { status: 200, contains: { meta: { location: '{grace.location}' } } }],
    ],
  }),
  says(
    'OAuth Bearer token: <The token you created in Front, and copied>',
    'as a bearer token, its scheme in any letters',
    {
      steps: ['Bearer {token}', 'bearer {token}', 'BEARER  {token}'].map((authorization) => [
        { ...probe({ authorization }), token: null },
        NOBODY,
      ]),
    },
  ),
  says('#3 - Verifying access rights', 'a right token is 200, a wrong one 401 in JSON', {
    steps: [
      [probe(), { ...NOBODY, number: ['totalResults', 'startIndex', 'itemsPerPage'] }],
      [
        { ...probe(), token: 'rc_wrong' },
        { status: 401, error: null, headers: { 'www-authenticate': /^Bearer/ } },
      ],
    ],
  }),
];

const features = [
  says('Automatically create users in Front', 'looked up, created, active', {
    steps: [
      [lookUp(GRACE.userName), NOBODY],
      [create(GRACE), { status: 201, body: kept(GRACE), events: ['teammate.created'], as: 'grace' }],
      [app('GET', '/teammates/{grace}'), { status: 200, contains: { state: 'active', user_name: GRACE.userName } }],
    ],
  }),
  says('Automatically block users when the Okta profile is suspended.', 'blocked by one PATCH', {
    given,
    steps: [
      [
        OIN.setActive('grace', GRACE, false),
        { status: 200, body: { ...kept(GRACE), active: false }, events: ['teammate.blocked'] },
      ],
      [app('GET', '/teammates/{grace}'), { status: 200, contains: { state: 'blocked' } }],
    ],
  }),
  says('Automatically map a new user to a Front template, based on Okta roles.', 'by the role of type template', {
    templates: squad,
    steps: [
      [create(withTemplate('{squad}')), { status: 201, as: 'grace' }],
      [app('GET', '/teammates/{grace}'), { status: 200, contains: { template_id: '{squad}', role: 'admin' } }],
    ],
  }),
  says(
    'We need to configure provisioning in Okta in order to start create/block users in Front.',
    'created, blocked, and free for another block',
    {
      steps: [
        [create(GRACE), { status: 201, as: 'grace' }],
        [OIN.setActive('grace', GRACE, false), { status: 200, events: ['teammate.blocked'] }],
        [OIN.setActive('grace', GRACE, true), { status: 200, events: ['teammate.unblocked'] }],
        [OIN.setActive('grace', GRACE, false), { status: 200, events: ['teammate.blocked'] }],
      ],
    },
  ),
  says(
    'If you want to automatically create your teammates using a specific Front Teammate template, it requires a little more configuration.',
    'without it there is none',
    {
      templates: squad,
      steps: [
        [create(GRACE), { status: 201, as: 'grace' }],
        [app('GET', '/teammates/{grace}'), { status: 200, contains: { template_id: null, role: 'teammate' } }],
      ],
    },
  ),
  says(
    'In the settings go to Teammates > Teammate templates and click on "Add a template”',
    'made there, it is known here',
    {
      steps: [
        [
          app('POST', '/templates', { name: 'Support squad' }),
          { status: 201, events: ['template.created'], as: 'squad' },
        ],
        [create(withTemplate('{squad}')), { status: 201, as: 'grace' }],
        [app('GET', '/teammates/{grace}'), { status: 200, contains: { template_id: '{squad}' } }],
      ],
    },
  ),
  says('Choose a name for your template and click on the Save button', 'the name may change, the id stays', {
    templates: squad,
    steps: [
      [app('POST', '/templates', { role: 'admin' }), { status: 400 }],
      [
        app('PATCH', '/templates/{squad}', { name: 'Help desk' }),
        { status: 200, contains: { id: '{squad}', name: 'Help desk' } },
      ],
      [create(withTemplate('Support squad: {squad}')), { status: 201, as: 'grace' }],
      [app('GET', '/teammates/{grace}'), { status: 200, contains: { template_id: '{squad}' } }],
    ],
  }),
];

export default {
  idp: 'Seed: Front and Okta, the early page',
  cases: atBothEndpoints([...requirements, ...token, ...features]),
};
