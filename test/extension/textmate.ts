import type { Captures, Grammar, Pattern } from '../../scripts/syntax/textmate.ts';

/** A part of a line and the scopes that it has, from the outermost to the innermost; the scope of the file is left out. */
export interface Token {
  readonly line: number;
  readonly start: number;
  readonly text: string;
  readonly scopes: readonly string[];
}

interface Rule {
  readonly pattern: Pattern;
  readonly scopes: readonly string[];
  readonly end?: RegExp;
}

/**
 * Colours text as an editor does, for the part of TextMate that our grammars use: they are written in what Oniguruma and
 * JavaScript read alike. Compared with vscode-textmate over all examples when it was written.
 */
export function tokenize(grammar: Grammar, text: string, embedded: Readonly<Record<string, Grammar>> = {}): Token[] {
  const tokens: Token[] = [];
  const stack: Rule[] = [{ pattern: { patterns: grammar.patterns }, scopes: [] }];
  const owners = new Map<Pattern, Grammar>();
  for (const [line, content] of text.split('\n').entries()) {
    let at = continueWhile(stack, content);
    const emit = (start: number, end: number, scopes: readonly string[]): void => {
      if (content.slice(start, end).trim() !== '') tokens.push({ line, start, text: content.slice(start, end), scopes });
    };
    for (;;) {
      const top = stack.at(-1)!;
      const inner = innerScopes(top);
      const found = next(top, content, at);
      if (!found) {
        emit(at, content.length, inner);
        break;
      }
      const { match, pattern } = found;
      emit(at, match.index, inner);
      const from = at;
      at = match.index + match[0].length;
      if (!pattern) {
        emitCaptures(match, top.pattern.endCaptures, top.scopes, emit);
        stack.pop();
      } else if (pattern.begin === undefined) emitCaptures(match, pattern.captures, named(top, pattern), emit);
      else {
        const rule: Rule = { pattern, scopes: named(top, pattern), end: pattern.end === undefined ? undefined : regexp(withReferences(pattern.end, match)) };
        emitCaptures(match, pattern.beginCaptures, rule.scopes, emit);
        stack.push(rule);
      }
      // A rule that begins and ends without taking anything would go on for ever.
      if (at === from && match[0] === '' && stack.length > 100) throw new Error(`Line ${line + 1}: the grammar does not advance`);
    }
  }
  return tokens;

  function next(top: Rule, content: string, from: number): { match: RegExpExecArray; pattern?: Pattern } | undefined {
    let best: { match: RegExpExecArray; pattern?: Pattern } | undefined;
    const consider = (expression: RegExp, pattern?: Pattern): void => {
      expression.lastIndex = from;
      const match = expression.exec(content);
      if (match && (!best || match.index < best.match.index)) best = { match, pattern };
    };
    if (top.end) consider(top.end);
    for (const pattern of flatten(top.pattern, owners.get(top.pattern) ?? grammar)) consider(regexp(pattern.match ?? pattern.begin ?? ''), pattern);
    return best;
  }

  function flatten(pattern: Pattern, owner: Grammar): Pattern[] {
    return (pattern.patterns ?? []).flatMap((child) => {
      const other = child.include !== undefined && !child.include.startsWith('#') ? embedded[child.include] : undefined;
      const target = other ? { patterns: other.patterns } : child.include === undefined ? child : owner.repository[child.include.slice(1)];
      if (!target) throw new Error(`Nothing is called ${child.include}`);
      owners.set(target, other ?? owner);
      return target.match === undefined && target.begin === undefined ? flatten(target, other ?? owner) : [target];
    });
  }
}

/** Rules with `while` end at the first line that it does not match. */
function continueWhile(stack: Rule[], content: string): number {
  for (const [depth, { pattern }] of stack.entries()) {
    if (pattern.while !== undefined && !regexp(pattern.while).test(content)) {
      stack.splice(depth);
      break;
    }
  }
  return 0;
}

const split = (name: string | undefined): string[] => (name === undefined ? [] : name.split(' '));
const named = (top: Rule, pattern: Pattern): string[] => [...innerScopes(top), ...split(pattern.name)];
const innerScopes = ({ scopes, pattern }: Rule): string[] => [...scopes, ...split(pattern.contentName)];

function emitCaptures(match: RegExpExecArray, captures: Captures | undefined, scopes: readonly string[], emit: (start: number, end: number, scopes: readonly string[]) => void): void {
  const whole = [...scopes, ...split(captures?.['0']?.name)];
  let at = match.index;
  for (const [group, bounds] of (match.indices ?? []).entries()) {
    const name = captures?.[String(group)]?.name;
    if (group === 0 || !bounds || name === undefined) continue;
    emit(at, bounds[0], whole);
    emit(bounds[0], bounds[1], [...whole, ...split(name)]);
    at = bounds[1];
  }
  emit(at, match.index + match[0].length, whole);
}

const withReferences = (source: string, match: RegExpExecArray): string => source.replaceAll(/\\(\d)/g, (_, group: string) => (match[Number(group)] ?? '').replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));

const compiled = new Map<string, RegExp>();

function regexp(source: string): RegExp {
  const expression = compiled.get(source) ?? new RegExp(source, 'dg');
  compiled.set(source, expression);
  expression.lastIndex = 0;
  return expression;
}
