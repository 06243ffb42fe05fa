import type { Architecture, Change, DraftValue } from '../../model/architecture.ts';
import { vocabulary } from '../../model/vocabulary.generated.ts';
import type { PropertyTable } from '../../model/vocabulary-table.ts';
import { format } from '../formatting/format.ts';
import { REMOVE } from '../lowering/removal.ts';
import type { MlarchLexer } from '../parser/lexer.ts';
import { printComponent, printFlow, printProperty } from './change-edits.ts';
import { quoted } from '../../model/print-value.ts';

export interface TargetDraft {
  readonly name: string;
  /** Shown above the block as its description. */
  readonly doc?: string;
  readonly because?: string;
  /** The day by which it is to be reached, `2027-03-31`. */
  readonly by?: string;
  readonly groups: readonly ChangeGroup[];
}

/** Changes that belong together, such as those of one remedy. */
export interface ChangeGroup {
  /** Written above the changes; may have several lines. */
  readonly comment?: string;
  readonly changes: readonly Change[];
}

/**
 * A target state as text, laid out as `mlarch fmt` would and indented as a member of a system. What a group says of one
 * component stands in one `change`. Reading the text back gives changes with the same effect on the architecture.
 */
export function printTarget(lexer: MlarchLexer, architecture: Architecture, { name, doc, because, by, groups }: TargetDraft): string {
  const kinds = new Map([...architecture.components.values()].map((component) => [component.name, component.kind as string]));
  for (const change of groups.flatMap((group) => group.changes)) if (change.op === 'add-component') kinds.set(change.component.name, change.component.kind);
  const tableOf = (subject: string): PropertyTable => (kinds.has(subject) ? (vocabulary.kinds[kinds.get(subject) ?? '']?.properties ?? {}) : vocabulary.forms.system);
  const head = [...(because === undefined ? [] : [`because ${quoted(because)}`]), ...(by === undefined ? [] : [`by ${by}`])];
  const parts = [...(head.length > 0 ? [head] : []), ...onlyEffective(architecture, groups).map((group) => printGroup(group, tableOf))];
  const text = [...docLines(doc), `target ${name} {`, parts.map((lines) => lines.join('\n')).join('\n\n'), '}'].join('\n');
  return format(lexer, text).replaceAll(/^(?=.)/gm, '  ');
}

/** Without additions of what is there already, which have no effect, and without groups that have nothing left. */
function onlyEffective({ components }: Architecture, groups: readonly ChangeGroup[]): ChangeGroup[] {
  const present = new Set(components.keys());
  const isEffective = (change: Change): boolean => {
    if (change.op === 'remove-component') present.delete(change.name);
    if (change.op !== 'add-component') return true;
    const isNew = !present.has(change.component.name);
    present.add(change.component.name);
    return isNew;
  };
  return groups.map((group) => ({ ...group, changes: group.changes.filter(isEffective) })).filter(({ changes }) => changes.length > 0);
}

const docLines = (doc: string | undefined): string[] => (doc === undefined ? [] : [`/** ${doc.replaceAll('*/', '* /')} */`]);

/** A declaration, or the block of a change that is still being filled. */
type Statement = { readonly lines: readonly string[] } | Block;

interface Block {
  readonly subject: string;
  readonly table: PropertyTable;
  variant?: string;
  readonly set: Map<string, DraftValue>;
  readonly removed: Set<string>;
}

function printGroup({ comment, changes }: ChangeGroup, tableOf: (subject: string) => PropertyTable): string[] {
  const statements: Statement[] = [];
  const blocks = new Map<string, Block>();
  const blockOf = (subject: string, table: PropertyTable): Block => {
    let block = blocks.get(subject);
    if (!block) {
      blocks.set(subject, (block = { subject, table, set: new Map(), removed: new Set() }));
      statements.push(block);
    }
    return block;
  };
  // What comes after a declaration of the same name may not move before it.
  const declare = (lines: readonly string[], isTouched: (subject: string) => boolean): void => {
    for (const subject of [...blocks.keys()]) if (isTouched(subject)) blocks.delete(subject);
    statements.push({ lines });
  };
  for (const change of changes) addChange(change, blockOf, declare, tableOf);
  return [...(comment === undefined ? [] : comment.split(/\r\n|\r|\n/).map((line) => `// ${line}`)), ...statements.flatMap((statement) => ('lines' in statement ? statement.lines : printBlock(statement)))];
}

function addChange(change: Change, blockOf: (subject: string, table: PropertyTable) => Block, declare: (lines: readonly string[], isTouched: (subject: string) => boolean) => void, tableOf: (subject: string) => PropertyTable): void {
  switch (change.op) {
    case 'add-component': {
      const [head = '', ...rest] = printComponent(change.component, '');
      declare([`add ${head}`, ...rest], (subject) => subject === change.component.name);
      return;
    }
    case 'remove-component':
      declare([`remove ${change.name}`], (subject) => subject.split(ARROW).includes(change.name));
      return;
    case 'add-flow': {
      const [head = '', ...rest] = printFlow(change.flow, '');
      declare([`add ${head}`, ...rest], (subject) => subject === flowName(change.flow));
      return;
    }
    case 'remove-flow':
      declare([`remove ${flowName(change)}`], (subject) => subject === flowName(change));
      return;
    case 'set-flow':
      blockOf(flowName(change), vocabulary.forms.flow).set.set(change.property, change.value);
      return;
    case 'set-variant':
      blockOf(change.subject, tableOf(change.subject)).variant = change.variant;
      return;
    case 'set': {
      const block = blockOf(change.subject, tableOf(change.subject));
      block.removed.delete(change.property);
      block.set.set(change.property, change.value);
      return;
    }
    case 'unset': {
      const block = blockOf(change.subject, tableOf(change.subject));
      block.set.delete(change.property);
      block.removed.add(change.property);
    }
  }
}

const ARROW = ' -> ';
const flowName = ({ from, to }: { readonly from: string; readonly to: string }): string => `${from}${ARROW}${to}`;

function printBlock({ subject, table, variant, set, removed }: Block): string[] {
  const head = `change ${subject}${variant === undefined ? '' : ` : ${variant}`}`;
  const lines = [...set].map(([key, value]) => printProperty(table, key, value));
  const keys = [...removed];
  if (keys.length > 0) lines.push(`${REMOVE} ${keys.length === 1 ? (keys[0] ?? '') : `[${keys.join(', ')}]`}`);
  return lines.length === 0 ? [head] : [`${head} {`, ...lines, '}'];
}
