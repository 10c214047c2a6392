// What a call asks of D1.

export const cost = (calls, rowsRead, rowsWritten) => ({ calls, rowsRead, rowsWritten });

export const NOTHING = cost(0, 0, 0);
