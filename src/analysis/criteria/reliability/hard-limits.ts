import type { Architecture, Component } from '../../../model/architecture.ts';
import { edgesOf, type Edge } from '../../../model/graph/edges.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { checksOf } from '../../data/gates.ts';
import { checkedBeforePublish, fromData, readersOfArtefact, type Artefact } from '../../data/runtime-artefacts.ts';
import { plannedInstead } from '../../deployment/planned.ts';
import { formatNumber } from '../../format.ts';
import { hopsOf } from '../../hops.ts';
import { evidenceOf } from '../../presence.ts';
import { contradiction, gap, notApplicable, question, satisfied, type Context, type Criterion, type Outcome } from '../../rule.ts';

type Reader = Component<'service'>;

/** Configuration that flows into a service at run time from something that is no artefact: a query, a store, a training. */
function bareConfig(architecture: Architecture): { readonly maker: Component; readonly reader: Reader; readonly edge: Edge }[] {
  return edgesOf(architecture).edges.flatMap((edge) => {
    const [maker, reader] = [architecture.components.get(edge.from), architecture.components.get(edge.to)];
    if (edge.payload !== 'config' || !maker || reader?.kind !== 'service') return [];
    return ['source', 'store', 'training', 'features', 'ingestion', 'dataset', 'validation'].includes(maker.kind) ? [{ maker, reader: reader as Reader, edge }] : [];
  });
}

const takesAny = ({ architecture }: Context): true | string =>
  componentsOf(architecture, 'artefact').some((artefact) => readersOfArtefact(architecture, artefact).length > 0) || bareConfig(architecture).length > 0 ? true : 'Nothing that is made elsewhere changes a service while it runs.';

export const limitsCheckedBeforePublish: Criterion = {
  id: 'REL-12',
  slug: 'hard-limits-are-checked-before-publishing',
  title: 'What a reader cannot take is stopped by whoever makes it',
  type: 'gap',
  severity: 'high',
  sources: ['ML Test Score Infra 4', 'Rules of ML 9', 'AWS ML Lens (2023) MLREL-06', 'Hidden technical debt (Sculley 2015): configuration debt'],
  failureMode: 'rollout',
  why: 'A limit that only the reader knows is found out in production, by all readers at the same moment.',
  remediation: 'Write the limit down where the file is made, refuse to publish what passes it, and let the reader keep the last good file.',
  effort: 'S',
  falsePositives: 'The maker may know the limit: list `limits` in `validated`, or declare a `validation` with `checks [limits]` before the readers.',
  applies: takesAny,
  *evaluate({ architecture }: Context) {
    for (const artefact of componentsOf(architecture, 'artefact')) yield* judge(architecture, artefact);
    for (const { maker, reader } of bareConfig(architecture)) {
      const limit = value(reader, 'hard_limits');
      if (limit === undefined) continue;
      const before = [maker, ...(edgesOf(architecture).in.get(maker.name) ?? []).flatMap(({ from }) => architecture.components.get(from) ?? [])];
      const gate = before.find((item) => item.kind === 'validation' && checksOf(item).includes('limits'));
      if (gate) yield satisfied(reader, { because: `${gate.name} checks the limits` });
      else yield question(reader, undefined, `${reader.name} takes configuration from ${maker.name} while it runs and has a hard limit (${limit}). What refuses to publish more? Declare a \`validation\` with \`checks [limits]\` between them.`, maker.name);
    }
  },
};

function* judge(architecture: Architecture, artefact: Artefact): Iterable<Outcome> {
  const [limit, entries] = [value(artefact, 'limit'), value(artefact, 'entries')];
  const checked = checkedBeforePublish(architecture, artefact);
  const made = (edgesOf(architecture).in.get(artefact.name) ?? []).find(fromData);
  for (const [reader, edge] of readersOfArtefact(architecture, artefact)) {
    const hard = reader.kind === 'service' ? value(reader as Reader, 'hard_limits') : undefined;
    const path = hopsOf([...(made ? [made] : []), edge]);
    if (limit && entries && entries.low > limit.high) {
      yield contradiction(artefact, { at: 'entries', about: reader.name, message: `${artefact.name} has ${formatNumber(entries.low)} entries, and ${reader.name} takes ${formatNumber(limit.high)}.`, path, changes: [{ op: 'set', subject: artefact.name, property: 'limit', value: { low: entries.high * 2, high: entries.high * 2, unit: '1' } }], remedy: 'Raise what the reader takes, or make fewer entries.', impact: 'A file that its readers can take' });
      continue;
    }
    if (!limit && hard === undefined) continue;
    const says = limit ? `${formatNumber(limit.low)} entries` : (hard ?? '');
    if (checked.has('limits')) yield satisfied(reader, { because: `${artefact.name} is checked against the limit of ${reader.name}`, evidence: evidenceOf(statementOf(artefact, 'validated')) });
    else if (statementOf(artefact, 'validated')?.state === 'not-applicable') yield notApplicable(`${artefact.name} needs no check.`, reader);
    else if (statementOf(artefact, 'validated')?.state === 'planned') yield plannedInstead(artefact, 'validated', { about: reader.name, message: `${artefact.name} is not checked yet against what ${reader.name} can take (${says}).`, path }) ?? satisfied(reader);
    else if (presenceOf(artefact, 'validated') === 'undeclared' || presenceOf(artefact, 'validated') === 'unknown') {
      // What is generated is asked of by ML07.5.
      if (!made && value(artefact, 'every') === undefined) yield question(artefact, 'validated', `Does whoever makes ${artefact.name} check it against what ${reader.name} can take (${says})?`, reader.name);
    } else {
      const stops = reader.kind === 'service' && value(reader as Reader, 'fails') === 'closed';
      yield gap(reader, {
        about: artefact.name,
        at: hard === undefined ? undefined : 'hard_limits',
        message: `${reader.name} can take no more than ${says} of ${artefact.name}, and ${made ? `what ${made.from} makes` : 'whoever makes it'} is not held below that${stops ? `; past it every request fails` : ''}.`,
        why: limit && entries ? `Today it has ${formatNumber(entries.high)} entries: what makes it needs to return ${formatNumber(Math.floor(limit.low / entries.high) + 1)} times as many rows once.` : undefined,
        path,
        changes: [{ op: 'set', subject: artefact.name, property: 'validated', value: [...new Set([...(value(artefact, 'validated') ?? []), 'limits'])] }],
        mitigated: value(artefact, 'validated')?.includes('staged') === true,
        impact: 'What would break a reader never leaves its maker',
      });
    }
  }
}
