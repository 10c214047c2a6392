// What a call asks of D1.

export const cost = (calls, rowsRead, rowsWritten) => ({ calls, rowsRead, rowsWritten });

/** What several calls cost together. */
export const sum = (...costs) =>
  costs.reduce((one, other) =>
    cost(one.calls + other.calls, one.rowsRead + other.rowsRead, one.rowsWritten + other.rowsWritten),
  );

export const NOTHING = cost(0, 0, 0);
