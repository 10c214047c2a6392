// A company of any size, made by SQL: what is measured against its size can't wait for 10,000 creates.

const PER_STATEMENT = 1000;
const CREATED_AT = Date.parse('2026-01-01T00:00:00Z');

/** The teammate number `i` of a population, in the form of a SCIM user: `i` counts from 0. */
export function person(i) {
  const number = String(i).padStart(6, '0');
  return {
    // Sorts by number, and before all that is created later.
    id: `tea_01jpopulation000000000${number}`,
    userName: `Person.${number}@example.com`,
    externalId: `00u${number}`,
    attributes: {
      name: { givenName: 'Person', familyName: number, formatted: `Person ${number}` },
      displayName: `Person ${number}`,
      emails: [{ value: `person.${number}@example.com`, type: 'work', primary: true }],
      title: 'Support agent',
      locale: 'en-US',
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: 'Support', employeeNumber: number },
    },
  };
}

/**
 * The statements that add `size` active teammates to a company: {sql, params}, to be run as one batch.
 * Counts and e-mails follow by the tables' own triggers.
 */
export function populate(companyId, size) {
  const statements = [];
  for (let first = 0; first < size; first += PER_STATEMENT) {
    const people = Array.from({ length: Math.min(PER_STATEMENT, size - first) }, (_, offset) => person(first + offset));
    const params = [companyId, JSON.stringify(people)];
    statements.push({ sql: INSERT_TEAMMATES, params });
  }
  return statements;
}

const INSERT_TEAMMATES = `
  INSERT INTO teammates (company_id, id, user_name, user_name_folded, external_id, state, role, origin,
    attributes, emails, version, created_at, updated_at, state_changed_at)
  SELECT ?1, value ->> 'id', value ->> 'userName', lower(value ->> 'userName'), value ->> 'externalId',
    'active', 'teammate', 'scim', value -> 'attributes', json_array(lower(value ->> 'userName')), 1, ${CREATED_AT}, ${CREATED_AT}, ${CREATED_AT}
  FROM json_each(?2)`;

/** The id of the teammate number `i` of a crowd. */
export const oneOfCrowd = (i) => `tea_01jsizes${String(i).padStart(14, '0')}`;

/** The statement that adds a crowd to a company: active teammates, of whom nothing but a name is known. */
export const crowd = (companyId, size) => ({ sql: INSERT_CROWD, params: [companyId, size] });

const INSERT_CROWD = `
  INSERT INTO teammates (company_id, id, user_name, user_name_folded, state, role, origin, attributes, emails,
    version, created_at, updated_at, state_changed_at)
  WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ?2 - 1)
  SELECT ?1, printf('tea_01jsizes%014d', i), printf('p%d@example.com', i), printf('p%d@example.com', i),
    'active', 'teammate', 'scim', '{}', '[]', 1, 1, 1, 1 FROM n`;

/** The group number `i` of a population; all have two members, and the first has eight more. */
export function crew(i) {
  const number = String(i).padStart(6, '0');
  return { id: `grp_01jpopulation0000000${number}`, displayName: `Crew ${number}`, externalId: `g-${number}` };
}

/** The member number `i` of the groups. Sorts behind the population, by every name and by the moment of its change. */
export const member = (i) => `tea_01kmembers000000000000000${i}`;

/** The statements that add `size` groups to a company, and ten teammates who are in them. */
export function populateGroups(companyId, size) {
  return [
    { sql: INSERT_MEMBERS, params: [companyId] },
    { sql: INSERT_GROUPS, params: [companyId, size] },
    { sql: INSERT_MEMBERSHIPS, params: [companyId] },
  ];
}

const INSERT_MEMBERS = `
  WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 9)
  INSERT INTO teammates (company_id, id, user_name, user_name_folded, state, role, origin, attributes, emails, version,
    created_at, updated_at, state_changed_at)
  SELECT ?1, 'tea_01kmembers000000000000000' || i, 'z' || i, 'z' || i, 'active', 'teammate', 'scim',
    json_object('displayName', 'Member ' || i), '[]', 1, ${CREATED_AT}, ${CREATED_AT + 1}, ${CREATED_AT} FROM n`;

const INSERT_GROUPS = `
  WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?2)
  INSERT INTO groups (company_id, id, display_name, display_name_folded, external_id, is_linked, state, member_count,
    unconfirmed_members, version, definition, created_at, updated_at, state_changed_at)
  SELECT ?1, printf('grp_01jpopulation0000000%06d', i), printf('Crew %06d', i), printf('crew %06d', i),
    printf('g-%06d', i), 1, 'active', iif(i = 0, 10, 2), 0, 1, 1, ${CREATED_AT}, ${CREATED_AT}, ${CREATED_AT} FROM n`;

const INSERT_MEMBERSHIPS = `
  INSERT INTO memberships (company_id, group_id, teammate_id, standing)
  SELECT g.company_id, g.id, t.id, 'idp' FROM groups g JOIN teammates t ON t.company_id = g.company_id
  AND t.id LIKE 'tea_01kmembers%' AND t.id < iif(g.display_name = 'Crew 000000', 'tea_02', 'tea_01kmembers0000000000000002')
  WHERE g.company_id = ?1`;
