// Cuts an SQL file into its statements: at semicolons that stand in no string, comment or trigger body.

const TOKEN = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|;|\w+|\s+|./g;

export function statementsOf(sql) {
  const statements = [];
  let current = '';
  let words = [];
  let depth = 0;
  for (const [token] of sql.matchAll(TOKEN)) {
    if (token.startsWith('--') || token.startsWith('/*')) continue;
    const word = token.toUpperCase();
    if (/^\w+$/.test(token)) {
      words.push(word);
      // A trigger's body, BEGIN ... END, holds statements of its own; CASE ... END may stand in one.
      if (words[0] === 'CREATE' && words.includes('TRIGGER')) {
        if (word === 'BEGIN' || word === 'CASE') depth += 1;
        if (word === 'END') depth -= 1;
      }
    }
    if (token === ';' && depth === 0) {
      if (current.trim()) statements.push(current.trim());
      current = '';
      words = [];
    } else {
      current += token;
    }
  }
  if (current.trim()) statements.push(current.trim());
  return statements;
}
