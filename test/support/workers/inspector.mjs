// A worker on Rollcall's own database, for tests that look into tables or fill them. It takes a POST of
// a list of {sql, params} and runs it as one D1 batch; it answers with D1's own results and meta.

export default {
  async fetch(request, env) {
    try {
      const statements = await request.json();
      const results = await env.DB.batch(statements.map(({ sql, params = [] }) => env.DB.prepare(sql).bind(...params)));
      return Response.json({ results: results.map(({ results: rows, meta }) => ({ rows, meta })) });
    } catch (error) {
      return Response.json({ error: error.message }, { status: 400 });
    }
  },
};
