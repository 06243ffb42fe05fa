/** A place in a text, counted from one as editors show it. */
export interface Location {
  readonly line: number;
  readonly column: number;
}

export interface LocatedJson {
  readonly value: unknown;
  /** Where a value stands, or the nearest one around it that is in the text. */
  locate(path: readonly PropertyKey[]): Location;
}

export interface JsonError extends Location {
  readonly error: string;
}

const MAX_DEPTH = 64;

/** Reads JSON and remembers where each value stands, so that a wrong one can be pointed at. It does not throw. */
export function readJson(text: string): LocatedJson | JsonError {
  const starts = new Map<string, number>();
  try {
    // A byte order mark is no part of the JSON.
    const value = parse(text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text, starts);
    const locate = (path: readonly PropertyKey[]): Location => {
      for (let length = path.length; length >= 0; length -= 1) {
        const start = starts.get(keyOf(path.slice(0, length)));
        if (start !== undefined) return locationAt(text, start);
      }
      return { line: 1, column: 1 };
    };
    return { value, locate };
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    return { error: fault.message, ...locationAt(text, fault.offset) };
  }
}

const keyOf = (path: readonly PropertyKey[]): string => JSON.stringify(path.map(String));

function locationAt(text: string, offset: number): Location {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

class Fault extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** The value of a text; `starts` receives the offset of every value, by its path. Throws a Fault. */
function parse(text: string, starts: Map<string, number>): unknown {
  let offset = 0;
  const document = value([]);
  space();
  if (offset < text.length) fail('There is more text after the end of the JSON value.');
  return document;

  function value(path: readonly PropertyKey[]): unknown {
    space();
    if (path.length > MAX_DEPTH) fail(`Nested more than ${MAX_DEPTH} levels deep.`);
    const key = keyOf(path);
    if (!starts.has(key)) starts.set(key, offset);
    const next = text[offset];
    if (next === '{') return object(path);
    if (next === '[') return array(path);
    if (next === '"') return string();
    return scalar();
  }

  function object(path: readonly PropertyKey[]): unknown {
    const entries = new Map<string, unknown>();
    offset += 1;
    if (take('}')) return {};
    do {
      space();
      const start = offset;
      if (text[start] !== '"') fail(text[start] === '}' ? 'A comma stands before the closing brace; remove it.' : 'Expected a name in double quotes.');
      const name = string();
      if (entries.has(name)) fail(`"${name}" is stated twice.`, start);
      if (!take(':')) fail(`Expected a colon after "${name}".`);
      // A value is found by its name: that is what a reader looks for.
      starts.set(keyOf([...path, name]), start);
      entries.set(name, value([...path, name]));
    } while (take(','));
    if (!take('}')) fail('Expected a comma or a closing brace.');
    return Object.fromEntries(entries);
  }

  function array(path: readonly PropertyKey[]): unknown[] {
    const items: unknown[] = [];
    offset += 1;
    if (take(']')) return items;
    do items.push(value([...path, items.length]));
    while (take(','));
    if (!take(']')) fail('Expected a comma or a closing bracket.');
    return items;
  }

  function string(): string {
    const literal = /"[^"\\\p{Cc}]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\p{Cc}]*)*"/uy;
    literal.lastIndex = offset;
    const [source] = literal.exec(text) ?? fail('This string is not closed on its line, or has an escape that JSON does not know.');
    offset += source.length;
    return JSON.parse(source) as string;
  }

  function scalar(): unknown {
    const literal = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y;
    literal.lastIndex = offset;
    const [source] = literal.exec(text) ?? fail(expectation());
    offset += source.length;
    return JSON.parse(source);
  }

  function expectation(): string {
    const next = text[offset];
    if (next === undefined) return 'The text ends where a value is expected.';
    if (next === '/') return 'JSON has no comments; remove this one.';
    if (next === ']') return 'A comma stands before the closing bracket; remove it.';
    return 'Expected a value: an object, an array, a string in double quotes, a number, true, false or null.';
  }

  function take(character: string): boolean {
    space();
    if (text[offset] !== character) return false;
    offset += 1;
    return true;
  }

  function space(): void {
    const space = /[ \t\r\n]*/y;
    space.lastIndex = offset;
    offset += space.exec(text)?.[0].length ?? 0;
  }

  function fail(message: string, at = offset): never {
    throw new Fault(message, at);
  }
}
