import type { Component } from '../../../model/architecture.ts';
import { edgesOf } from '../../../model/graph/edges.ts';
import { callsOf } from '../../../model/graph/calls.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { checkedBeforePublish, fromData, isGenerated, readersOfArtefact } from '../../data/runtime-artefacts.ts';
import { formatNumber, formatQuantity } from '../../format.ts';
import { hopsOf } from '../../hops.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, notApplicable, question, satisfied, type Context, type FindingDetails, type Outcome, type Rule } from '../../rule.ts';
import { standingOf } from '../../severity.ts';
import { listed } from '../../training/in-house.ts';

const NEEDED = ['schema', 'size', 'limits'] as const;
const IN_WORDS = { schema: 'form', size: 'size', limits: 'the limits of its readers' } as const;

export const generatedArtefactsChecked: Rule = {
  id: 'ML07.5',
  slug: 'generated-artefacts-checked',
  title: 'What is generated from data is checked for form, size and limits before it goes live',
  type: 'gap',
  severity: 'high',
  why: 'A file made from data changes behaviour without a release. When the data doubles it, every reader gets it at once, and a limit in the code becomes an outage.',
  remediation: 'Check form, size and the limits of the readers before the file goes out, and try it on a few readers first.',
  effort: 'S',
  falsePositives: 'The check may be a step of its own: declare a `validation` between what generates the file and its readers, or list it in `validated`.',
  *evaluate(context) {
    const { architecture } = context;
    const generated = componentsOf(architecture, 'artefact').filter((artefact) => isGenerated(architecture, artefact));
    if (generated.length === 0) yield notApplicable('Nothing that is generated from data and read at run time is declared.');
    for (const artefact of generated) yield* judge(context, artefact);
  },
};

function* judge(context: Context, artefact: Component<'artefact'>): Iterable<Outcome> {
  const { architecture } = context;
  const readers = readersOfArtefact(architecture, artefact);
  const [first] = readers;
  if (!first) {
    yield question(artefact, 'read_by', `What reads ${artefact.name} at run time?`);
    return;
  }
  const checked = checkedBeforePublish(architecture, artefact);
  const missing = NEEDED.filter((check) => !checked.has(check));
  if (missing.length === 0) yield satisfied(artefact, { evidence: evidenceOf(statementOf(artefact, 'validated')), because: `${artefact.name} is checked for form, size and limits` });
  else if (presenceOf(artefact, 'validated') === 'undeclared' || presenceOf(artefact, 'validated') === 'unknown') {
    yield question(artefact, 'validated', `What is checked of ${artefact.name} before ${listed(readers.map(([reader]) => reader.name))} read${readers.length === 1 ? 's' : ''} it: form, size, limits?`);
  } else if (presenceOf(artefact, 'validated') !== 'not-applicable') {
    const made = (edgesOf(architecture).in.get(artefact.name) ?? []).find(fromData);
    yield gap(artefact, {
      at: 'validated',
      message: `${artefact.name} is generated${made ? ` from ${made.from}` : ''} and reaches ${listed(readers.map(([reader]) => reader.name))}${soon(artefact)} without a check of ${listed(missing.map((check) => IN_WORDS[check]))}.`,
      why: limitWhy(artefact, readers.map(([reader]) => reader)),
      path: hopsOf([...(made ? [made] : []), first[1]]),
      changes: [{ op: 'set', subject: artefact.name, property: 'validated', value: [...new Set([...(value(artefact, 'validated') ?? []), ...NEEDED])] }],
      ...gravity(context, artefact, readers.map(([reader]) => reader)),
    });
  }
}

function soon(artefact: Component<'artefact'>): string {
  const within = value(artefact, 'reaches_all_within');
  return within ? ` within ${formatQuantity(within)}` : '';
}

function limitWhy(artefact: Component<'artefact'>, readers: readonly Component[]): string | undefined {
  const [limit, entries] = [value(artefact, 'limit'), value(artefact, 'entries')];
  if (limit && entries) return `It has ${formatNumber(entries.high)} entries today and its readers take ${formatNumber(limit.low)}: ${formatNumber(Math.floor(limit.low / entries.high) + 1)} times as many break them, everywhere at once.`;
  const hard = readers.map((reader) => [reader.name, value(reader as Component<'service'>, 'hard_limits')] as const).find(([, text]) => text !== undefined);
  return hard && `${hard[0]} has a hard limit (${hard[1]}), and nothing keeps ${artefact.name} below it.`;
}

/** On the way of requests the reader fails for everybody at once; that is critical where nothing takes over. */
function gravity({ architecture }: Context, artefact: Component<'artefact'>, readers: readonly Component[]): Pick<FindingDetails, 'severity' | 'critical' | 'mitigated'> {
  if (value(artefact, 'validated')?.includes('staged')) return { mitigated: true };
  const { stage, criticality } = standingOf(architecture);
  const calls = callsOf(architecture).to;
  const exposed = readers.some((reader) => (calls.get(reader.name) ?? []).length > 0 && presenceOf(reader, 'fallback') !== 'present' && value(reader as Component<'service'>, 'fails') !== 'open');
  return exposed && stage === 'production' && criticality >= 2 ? { severity: 'critical', critical: 'outage' } : {};
}
