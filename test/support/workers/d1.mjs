// A D1 binding of the same shape as the real one, each of whose round trips goes through one function of
// the test's: it gets the SQL texts with their parameters, and what sends them.

class Session {
  constructor(real, through) {
    this.real = real;
    this.through = through;
  }
  prepare(sql) {
    return new D1PreparedStatement(this.real.prepare(sql), { sql, values: [] }, this.through);
  }
  batch(statements) {
    return this.through(
      statements.map(({ text }) => text),
      () => this.real.batch(statements.map(({ real }) => real)),
    );
  }
  getBookmark() {
    return this.real.getBookmark();
  }
}

// The `worker` crate knows a D1 binding by the name of its class.
export class D1Database extends Session {
  withSession(constraint) {
    return new Session(this.real.withSession(constraint), this.through);
  }
  exec(sql) {
    return this.through([{ sql, values: [] }], () => this.real.exec(sql));
  }
}

class D1PreparedStatement {
  constructor(real, text, through) {
    this.real = real;
    this.text = text;
    this.through = through;
  }
  bind(...values) {
    return new D1PreparedStatement(this.real.bind(...values), { ...this.text, values }, this.through);
  }
  run() {
    return this.through([this.text], () => this.real.run());
  }
  all() {
    return this.through([this.text], () => this.real.all());
  }
  // D1 sends both as it sends `all`, but passes no meta on: so it is asked for that, and the rest done here.
  async first(column) {
    const row = (await this.all()).results[0] ?? null;
    return row && column !== undefined ? row[column] : row;
  }
  async raw() {
    return (await this.all()).results.map(Object.values);
  }
}

/** What D1 says of the rows that a call read and wrote; `memberships` counts rows of that table, without its index. */
export function rowsOf(statements, answer) {
  const results = [answer].flat();
  const sum = (number) => results.reduce((total, { meta }, place) => total + number(meta ?? {}, place), 0);
  const isOfMemberships = (place) => /^(INSERT INTO|UPDATE|DELETE FROM) memberships/.test(statements[place]?.sql);
  return {
    rowsRead: sum(({ rows_read: count = 0 }) => count),
    rowsWritten: sum(({ rows_written: count = 0 }) => count),
    memberships: sum(({ changes = 0 }, place) => (isOfMemberships(place) ? changes : 0)),
  };
}
