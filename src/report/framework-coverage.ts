import type { FrameworkCoverage, ItemCoverage } from '../analysis/frameworks/coverage.ts';
import type { ReportInput } from './report-input.ts';

const STATES = ['open', 'asked', 'accepted', 'covered', 'not-applicable', 'uncovered'] as const satisfies readonly ItemCoverage['state'][];

const WORDS: Readonly<Record<ItemCoverage['state'], string>> = {
  open: 'open',
  asked: 'question',
  accepted: 'accepted',
  covered: 'covered',
  'not-applicable': 'not applicable',
  uncovered: 'no rule',
};

/** What every output says of its reach. */
export const REACH = '“Covered” says that the rules of mlarch which cite an item hold by what the file declares. It is no certificate, and “no rule” says nothing of the system.';

type Styles = Readonly<Record<'bold' | 'dim' | 'red' | 'green' | 'yellow', (text: string) => string>>;

/** One system as lines of text; long lists of rules are cut unless all are wanted. */
export function coverageText({ framework, system, items }: FrameworkCoverage, { bold, dim, red, green, yellow }: Styles, all: boolean): string {
  const paint = { open: red, asked: yellow, accepted: yellow, covered: green, 'not-applicable': dim, uncovered: dim };
  const width = Math.max(...items.map(({ item }) => label(item).length));
  const rows = items.map(({ item, state, rules }) => `  ${paint[state](WORDS[state].padEnd(14))} ${label(item).padEnd(width)}  ${dim(ruleText({ item, state, rules }, all ? Infinity : 6))}`.trimEnd());
  return [
    bold(`${system}: ${framework.title} (${framework.edition})`),
    tallyText(items),
    ...rows,
    dim(`Ids checked on ${framework.checkedOn}, ${framework.url}.${framework.partial === undefined ? '' : ` ${framework.partial}`}`),
    dim(REACH),
  ].join('\n');
}

export function coverageMarkdown({ framework, system, items }: FrameworkCoverage): string {
  const rows = items.map(({ item, state, rules }) => `| ${cell(label(item))} | ${WORDS[state]} | ${cell(ruleText({ item, state, rules }, Infinity))} |`);
  return [
    `# ${cell(system)}: ${framework.title} (${framework.edition})`,
    tallyText(items),
    `| Item | State | Rules |\n| --- | --- | --- |\n${rows.join('\n')}`,
    `Ids checked on ${framework.checkedOn}, <${framework.url}>.${framework.partial === undefined ? '' : ` ${framework.partial}`} ${REACH}`,
  ].join('\n\n');
}

/** Coverage for programs: `check --framework NAME --format json`. The shape changes only together with `schemaVersion`. */
export function coverageJson(coverages: readonly FrameworkCoverage[], { name, version }: ReportInput['tool']): object {
  return {
    schemaVersion: 1,
    tool: { name, version },
    coverage: coverages.map(({ framework, system, items }) => ({
      system,
      framework: { name: framework.name, title: framework.title, edition: framework.edition, url: framework.url, checkedOn: framework.checkedOn, ...(framework.partial === undefined ? {} : { partial: framework.partial }) },
      counts: Object.fromEntries(STATES.map((state) => [state, count(items, state)])),
      items: items.map(({ item, state, rules }) => ({ id: item.id, ...(item.title === undefined ? {} : { title: item.title }), state, rules })),
    })),
  };
}

const label = ({ id, title }: ItemCoverage['item']): string => (title === undefined ? id : `${id} ${title}`);
const count = (items: readonly ItemCoverage[], state: ItemCoverage['state']): number => items.filter((item) => item.state === state).length;
const tallyText = (items: readonly ItemCoverage[]): string => `${items.length} items: ${STATES.map((state) => `${count(items, state)} ${WORDS[state]}`).join(', ')}.`;

/** The rules that make an item what it is come first: what is open before what holds. */
function ruleText({ state, rules }: ItemCoverage, most: number): string {
  const verdict = { open: 'finding', asked: 'question', accepted: 'accepted', covered: 'satisfied', 'not-applicable': undefined, uncovered: undefined }[state];
  const named = rules.filter((rule) => verdict === undefined || rule.verdict === verdict).map(({ rule }) => rule);
  const others = rules.length - named.length;
  const shown = named.slice(0, most).join(', ') + (named.length > most ? ` and ${named.length - most} more` : '');
  return others > 0 ? `${shown} (of ${rules.length} that cite it)` : shown;
}

const cell = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll(/\r?\n/g, ' ');
