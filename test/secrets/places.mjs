// Where a secret may be put: in a user, in a group, in an operation, in a template, in a header. Each place gets a mark
// of its own, so that a test that finds one in a table can say how it got there.

import { CUSTOM_FIELDS, ENTERPRISE, GROUP_EXTENSION, TEAMMATE, USER } from '../support/scim.mjs';

const HR = 'urn:example:hr:2.0:User';

/** Names of secrets, as admins spell them. */
const NAMES = [
  ...['password', 'Password', 'PASSWORD', 'pAsSwOrD', 'password ', ' password', '\tpassword', 'pass word', 'pass_word'],
  ...['pass-word', 'passWord', 'pass\u200bword', 'ｐａｓｓｗｏｒｄ', 'userPassword', 'userpassword', 'password2'],
  ...['passwordHash', 'password_salt', 'passwordSha256Digest', 'secretHash', 'hashedPassword', 'oldPasswd', 'unixPwd'],
  ...[
    'apiKey',
    'API key',
    'api_key',
    'APIKey',
    'privateKey',
    'ssh-private-key',
    'secretKey',
    'accessKey',
    'credential',
  ],
  ...[
    'userCredentials',
    'passcode',
    'pass code',
    'passphrase',
    'pin',
    'User PIN',
    'otp',
    'idJwt',
    'bearer',
    'bearerToken',
  ],
  ...['clientSecret', 'token', 'tokens', 'api_token2', 'http://schemas.example.com/claims/password'],
];

/** Counts marks: `mark.next()` is one that stands nowhere else. */
export function marks(word) {
  let count = 0;
  return { next: () => `${word}-${(count += 1)}-`, count: () => count };
}

const object = (entries) => Object.fromEntries(entries);

/** A user whose attributes are full of marks, under every roof. */
export function user(mark) {
  const m = () => mark.next();
  const json = (name) => JSON.stringify({ id: 1, [name]: m() });
  return {
    password: m(),
    'password ': m(),
    apiKey: m(),
    [`${USER}:password`]: m(),
    [`${HR}:password`]: m(),
    [`${HR}:pin `]: m(),
    'urn:example:secrets': { title: m() },
    title: json('password'),
    nickName: JSON.stringify({ inner: json('apiKey') }),
    displayName: `{'password': '${m()}'}`,
    name: { givenName: 'Rita', password: m(), 'pass word': m(), formatted: json('privateKey') },
    emails: [{ value: 'rita@example.com', type: 'work', oldPassword: { text: m() }, display: json('pin') }],
    roles: [
      { value: { id: 7, clientSecret: m() }, apiKey: m(), level: 3 },
      { value: json('otp'), display: JSON.stringify([{ jwt: m() }]) },
      json('bearer'),
      `roles={"credential": "${m()}"`,
    ],
    [ENTERPRISE]: { department: 'Sales', token: m(), manager: { value: 'm1', passcode: [m()] } },
    [CUSTOM_FIELDS]: object([
      ...NAMES.map((name) => [name, m()]),
      ['door', { secret: m(), floor: 2 }],
      ['note', json('pin')],
    ]),
    [HR]: { badge: [{ passphrase: m(), code: 'B-7' }], change: { path: 'password', value: m(), was: m() } },
    [TEAMMATE]: { template: 'Default Access', secretKey: m() },
  };
}

/** Operations of a PATCH on a user, each with marks. */
export function operations(mark) {
  const m = () => mark.next();
  const paths = [
    ...['password', 'password ', ' Password', 'PASSWORD', `${USER}:password`, `${HR}:apiKey`],
    ...[`${HR}:pin`, `${HR}:passwords[type eq "x"]`, `${HR}:door.passcode`, `${CUSTOM_FIELDS}:otp`],
  ];
  return [
    ...paths.map((path) => ({ op: 'add', path, value: m(), oldValue: m(), Value: m() })),
    ...paths.map((path) => ({ op: 'remove', path, value: [{ value: m() }] })),
    { op: 'remove', path: `${HR}:passwords[value eq "${m()}"]` },
    { op: 'replace', path: 'title', value: 'T', password: m(), note: m(), PATH: m() },
    { op: 'replace', value: { nickName: 'N', 'password ': m(), [`${HR}:secretKey`]: m() } },
  ];
}

/** Operations that can't be used, so that only a PATCH that blocks is done in spite of them. */
export function unusable(mark) {
  const m = () => mark.next();
  return [
    { op: 'add', path: 'name.password', value: m() },
    { op: 'add', path: `${HR}:door.pass code`, value: m() },
    { op: 'add', path: 'pass\u200bword', value: m() },
    { op: 'add', path: `roles[password eq "${m()}"].value`, value: 'x' },
    { op: 'add', path: `emails[pin eq "${m()}" and`, value: 'x' },
    { op: 'add', path: `emails[value eq "{\\"apiKey\\":\\"${m()}\\"}"].display`, value: 'x' },
    { op: 'add', path: `emails[type eq "work" and not (otp eq "${m()}")]`, value: 'x' },
    { op: 'replace', value: JSON.stringify({ password: m() }) },
    { op: 'replace', path: 'userName', value: { password: m() } },
    { op: 'add', path: 'no.such.secret', value: m() },
  ];
}

/** A group's body. */
export function group(mark) {
  const m = () => mark.next();
  return {
    password: m(),
    'token ': m(),
    [GROUP_EXTENSION]: { description: JSON.stringify({ a: 1, secret: m() }), secret: m() },
    'urn:example:app:2.0:Group': { apiKey: m(), inner: { 'pass word': m(), kept: 1 } },
  };
}

/** What an operator may say of a template. */
export function template(mark) {
  const m = () => mark.next();
  return {
    preferences: {
      theme: 'dark',
      smtp: { user: 'a', password: m() },
      'api key': m(),
      raw: JSON.stringify({ pin: m() }),
    },
    custom_fields: { token: m() },
    workspaces: [{ id: 1, secretKey: m() }],
    inboxes: [JSON.stringify({ id: 1, jwt: m() })],
  };
}

/** User-Agents. */
export function userAgents(mark) {
  const m = () => mark.next();
  return [
    `Sync/1.0 (password=${m()})`,
    `Bearer ${m()}`,
    `Sync api key: ${m()}`,
    `Sync/1.0 {"token":"${m()}"}`,
    `Sync/1.0 rc_${m()}${'0a'.repeat(20)}`,
  ];
}

/** Headers beside. */
export function headers(mark) {
  return { 'x-api-key': mark.next(), cookie: `token=${mark.next()}`, referer: `https://x/?pin=${mark.next()}` };
}
