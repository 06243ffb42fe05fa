import type { DecisionRecord } from '../../analysis/decisions/record.ts';
import { madrOf } from './madr.ts';

/** A record as a file of a folder of records. */
export interface DecisionFile {
  /** `0001-serve-on-triton.md` */
  readonly name: string;
  readonly content: string;
  readonly record: DecisionRecord;
  /** `edited`: somebody changed it by hand, or wrote it; it is left as it is. */
  readonly state: 'new' | 'changed' | 'same' | 'edited';
}

/**
 * Numbers and writes records beside what is there. A record whose title has a file keeps its number; a new one gets the next.
 *
 * @param existing Content of the files of the folder, by name.
 * @param prefix Of the title part of a name, where several systems share a folder.
 */
export function decisionFiles(records: readonly DecisionRecord[], existing: ReadonlyMap<string, string>, prefix = ''): DecisionFile[] {
  const numbered = [...existing.keys()].flatMap((name) => {
    const [, digits, title] = /^(\d{4,})-(.+)\.md$/.exec(name) ?? [];
    return digits === undefined || title === undefined ? [] : [{ name, number: Number(digits), title }];
  });
  let last = Math.max(0, ...numbered.map(({ number }) => number));
  const taken = new Set<string>();
  return records.map((record) => {
    let slug = `${prefix}${slugOf(record.title)}`;
    for (let copy = 2; taken.has(slug); copy++) slug = `${prefix}${slugOf(record.title)}-${copy}`;
    taken.add(slug);
    const found = numbered.find(({ title }) => title === slug);
    const before = found && existing.get(found.name);
    const body = madrOf(record);
    if (found && before !== undefined) return { name: found.name, content: `${body}${markOf(body)}`, record, state: stateOf(before, body) };
    last += 1;
    return { name: `${String(last).padStart(4, '0')}-${slug}.md`, content: `${body}${markOf(body)}`, record, state: 'new' };
  });
}

/** A status or a date that only the day of writing changes is no change of the record. */
function stateOf(before: string, body: string): DecisionFile['state'] {
  const at = before.lastIndexOf(MARK);
  const old = at < 0 ? undefined : before.slice(0, at);
  if (old === undefined || before.slice(at) !== markOf(old)) return 'edited';
  return undated(old) === undated(body) ? 'same' : 'changed';
}

const undated = (text: string): string => text.replace(/^date: .*$/m, '');

const MARK = '\n<!-- Written by mlarch decisions; ';

/** Stands at the end of what was written, with a sum over it: a text that does not fit its sum was edited. */
const markOf = (body: string): string => `${MARK}edit it and it stays as you left it. ${sumOf(body)} -->\n`;

/** FNV-1a over UTF-16 in two halves, as sixteen digits: it tells an edit, and no more is asked of it. */
function sumOf(text: string): string {
  const half = (seed: number): string => {
    let sum = seed;
    for (let index = 0; index < text.length; index++) sum = Math.imul(sum ^ text.charCodeAt(index), 0x01000193);
    return (sum >>> 0).toString(16).padStart(8, '0');
  };
  return half(0x811c9dc5) + half(0x9747b28c);
}

const LONGEST = 60;

/** `Serve on Triton, not FastAPI` becomes `serve-on-triton-not-fastapi`; scripts other than Latin keep their letters. */
export function slugOf(title: string): string {
  const plain = title.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-+|-+$/g, '');
  const short = plain.length <= LONGEST ? plain : plain.slice(0, LONGEST + 1).replace(/-[^-]*$/, '').slice(0, LONGEST);
  return short === '' ? 'decision' : short;
}
