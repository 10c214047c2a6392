// The floor: a bare Worker that makes one D1 read by a unique index, or one D1 insert, and answers JSON.
// Nothing that does the same work on D1 can be faster.

const READ = 'SELECT id, user_name, document FROM people WHERE company_id = ?1 AND user_name_folded = ?2';
const INSERT = 'INSERT INTO people (company_id, id, user_name, user_name_folded, document) VALUES (?1, ?2, ?3, ?4, ?5)';

export default {
  async fetch(request, { DB }) {
    if (request.method === 'GET') {
      const userName = request.url.slice(request.url.lastIndexOf('/') + 1);
      const row = await DB.prepare(READ).bind('floor', userName).first();
      return Response.json(row, { status: row ? 200 : 404 });
    }
    const person = await request.json();
    // In the order of time, as Rollcall's: a new row lands at the end of its table.
    const id = `${Date.now()}-${crypto.randomUUID()}`;
    await DB.prepare(INSERT)
      .bind('floor', id, person.userName, person.userName.toLowerCase(), JSON.stringify(person))
      .run();
    return Response.json({ id, ...person }, { status: 201 });
  },
};
