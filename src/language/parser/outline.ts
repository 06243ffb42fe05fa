/**
 * A file taken apart without parsing it: what holds it together, and its declarations, each a run of whole lines. So
 * that a keystroke costs the parsing of one declaration, and an error stays within the one that it is in.
 */
export interface Outline {
  /** The text with the lines of all declarations emptied: imports, and systems with nothing in them. */
  readonly skeleton: string;
  /** In the order of the text. */
  readonly parts: readonly Part[];
}

export interface Part {
  /** The number of the system that holds it, counted from 0; undefined at the top of the file. */
  readonly system: number | undefined;
  /** First line, zero-based, and the text from there: comments before a declaration belong to it. */
  readonly line: number;
  readonly text: string;
}

interface Place {
  readonly offset: number;
  readonly line: number;
}

const NEWLINE = 10;
const RETURN = 13;
const QUOTE = 34;
const SLASH = 47;
const STAR = 42;
const BACKSLASH = 92;
/** What cannot stand in a list: see the lexer. */
const NEVER_IN_LIST = '{}:>';

/** Undefined where the text is not regular: braces or brackets do not match, a system shares a line with what it holds, or an import comes late. */
export function outlineOf(text: string): Outline | undefined {
  const scan = new Scan(text);
  return scan.run() ? { skeleton: scan.skeleton(), parts: scan.parts } : undefined;
}

class Scan {
  readonly parts: Part[] = [];
  readonly #text: string;
  /** Runs of lines that stay in the skeleton. */
  readonly #kept: { readonly from: Place; readonly to: Place }[] = [];
  #offset = 0;
  #line = 0;
  #lineStart = 0;
  #depth = 0;
  #brackets = 0;
  #systems = 0;
  /** Within a system, declarations stand one brace deeper. */
  #level = 0;
  #open: { readonly from: Place; readonly kind: 'part' | 'kept' | 'header' } | undefined;
  /** Where the blank lines and comments before the next declaration begin. */
  #trivia: Place = { offset: 0, line: 0 };
  #members = false;
  /** Whether anything but space and comments stood on this line, and where it ended. */
  #lineUsed = false;
  #lastEnd = 0;
  /** The line of the header of a system: nothing may follow its brace. */
  #closedToLineEnd = false;

  constructor(text: string) {
    this.#text = text;
  }

  /** Whether the text could be taken apart. */
  run(): boolean {
    const text = this.#text;
    while (this.#offset < text.length) {
      const code = text.charCodeAt(this.#offset);
      if (code === NEWLINE) this.#newLine();
      else if (code === RETURN && text.charCodeAt(this.#offset + 1) !== NEWLINE) return false;
      else if (code === 32 || code === 9 || code === RETURN || code === 12 || code === 0xfeff) this.#offset += 1;
      else if (code === SLASH && text.charCodeAt(this.#offset + 1) === SLASH) this.#skipLine();
      else if (code === SLASH && text.charCodeAt(this.#offset + 1) === STAR) {
        if (!this.#skipBlockComment()) return false;
      } else if (!this.#significant(code)) return false;
    }
    if (this.#depth !== 0 || this.#brackets !== 0 || this.#open?.kind === 'header') return false;
    if (this.#open) this.#close({ offset: text.length, line: this.#line });
    return true;
  }

  skeleton(): string {
    let skeleton = '';
    let line = 0;
    for (const { from, to } of this.#kept) {
      skeleton += '\n'.repeat(from.line - line) + this.#text.slice(from.offset, to.offset);
      line = to.line;
    }
    return skeleton;
  }

  #newLine(): void {
    this.#offset += 1;
    this.#line += 1;
    this.#lineStart = this.#offset;
    if (this.#lineUsed && this.#depth === this.#level) this.#trivia = this.#place();
    this.#lineUsed = false;
    this.#closedToLineEnd = false;
  }

  #place(): Place {
    return { offset: this.#lineStart, line: this.#line };
  }

  #skipLine(): void {
    const end = this.#text.indexOf('\n', this.#offset);
    this.#offset = end < 0 ? this.#text.length : end;
  }

  #skipBlockComment(): boolean {
    const end = this.#text.indexOf('*/', this.#offset + 2);
    if (end < 0) return false;
    const first = this.#line;
    for (let next = this.#text.indexOf('\n', this.#offset); next >= 0 && next < end; next = this.#text.indexOf('\n', next + 1)) {
      this.#line += 1;
      this.#lineStart = next + 1;
    }
    this.#offset = end + 2;
    // A comment over several lines that begins after a declaration belongs to two of them.
    return this.#line === first || !this.#lineUsed || this.#depth > this.#level;
  }

  #significant(code: number): boolean {
    if (this.#closedToLineEnd) return false;
    if (!this.#lineUsed && this.#depth === this.#level && this.#brackets === 0 && !this.#begin()) return false;
    this.#lineUsed = true;
    const character = this.#text.charAt(this.#offset);
    if (code === QUOTE) this.#skipString();
    else this.#offset += 1;
    const done = this.#count(character);
    this.#lastEnd = this.#offset;
    return done;
  }

  /** The first word of a line on which a declaration may begin. */
  #begin(): boolean {
    const closing = this.#text.startsWith('}', this.#offset);
    if (this.#continues() && !closing) return true;
    if ((closing && this.#level === 0) || this.#open?.kind === 'header') return false;
    if (this.#open) this.#close(this.#trivia);
    if (closing) {
      this.#open = { from: this.#place(), kind: 'kept' };
      return true;
    }
    const word = /\w+/y;
    word.lastIndex = this.#offset;
    const first = word.exec(this.#text)?.[0];
    if (this.#level === 0 && first === 'import' && this.#members) return false;
    if (this.#level === 0 && first === 'system') this.#open = { from: this.#trivia, kind: 'header' };
    else if (this.#level === 0 && first === 'import') this.#open = { from: this.#trivia, kind: 'kept' };
    else this.#open = { from: this.#trivia, kind: 'part' };
    if (this.#open.kind !== 'kept') this.#members = true;
    return true;
  }

  /** Whether the line before cannot end here, as the lexer has it. */
  #continues(): boolean {
    if (!this.#open) return false;
    const before = this.#text.slice(Math.max(0, this.#lastEnd - 5), this.#lastEnd);
    return before.endsWith(',') || before.endsWith('->') || /(?:^|\W)from$/.test(before);
  }

  #close(end: Place): void {
    const open = this.#open;
    if (!open) return;
    if (open.kind === 'part') this.parts.push({ system: this.#level === 1 ? this.#systems - 1 : undefined, line: open.from.line, text: this.#text.slice(open.from.offset, end.offset) });
    else this.#kept.push({ from: open.from, to: end });
    this.#open = undefined;
  }

  #count(character: string): boolean {
    if (this.#brackets > 0 && NEVER_IN_LIST.includes(character) && (character !== '>' || this.#text.charAt(this.#offset - 2) === '-')) return false;
    switch (character) {
      case '[':
        this.#brackets += 1;
        return true;
      case ']':
        this.#brackets -= 1;
        return this.#brackets >= 0;
      case '{':
        this.#depth += 1;
        if (this.#open?.kind === 'header') this.#enterSystem();
        return true;
      case '}':
        return this.#leave();
      default:
        return true;
    }
  }

  #enterSystem(): void {
    this.#systems += 1;
    this.#level = 1;
    this.#closedToLineEnd = true;
    const end = this.#text.indexOf('\n', this.#offset);
    this.#close(end < 0 ? { offset: this.#text.length, line: this.#line } : { offset: end + 1, line: this.#line + 1 });
  }

  #leave(): boolean {
    this.#depth -= 1;
    if (this.#depth >= this.#level) return true;
    // Only a brace that stands first on its line closes a system; at the top there is none to close.
    if (this.#level === 0 || this.#open?.kind !== 'kept') return false;
    this.#level = 0;
    this.#closedToLineEnd = true;
    return true;
  }

  #skipString(): void {
    const text = this.#text;
    for (this.#offset += 1; this.#offset < text.length; this.#offset += 1) {
      const code = text.charCodeAt(this.#offset);
      if (code === NEWLINE || code === RETURN) return;
      if (code === QUOTE) {
        this.#offset += 1;
        return;
      }
      const next = text.charCodeAt(this.#offset + 1);
      if (code === BACKSLASH && next !== NEWLINE && next !== RETURN && !Number.isNaN(next)) this.#offset += 1;
    }
  }
}
