import type { Architecture, Change, Component } from '../../../model/architecture.ts';
import { edgesOf } from '../../../model/graph/edges.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { guardedTargets } from '../../data/gates.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, notApplicable, question, satisfied, weak, type Outcome, type Rule } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';
import { isVital } from '../../training/standing-facts.ts';

export const foreignSourcesUnderContract: Rule = {
  id: 'ML07.4',
  slug: 'foreign-sources-under-contract',
  title: 'Data of other teams and vendors comes with a contract',
  type: 'gap',
  severity: 'medium',
  why: 'Its owner changes a field for good reasons of their own, and nobody there knows that a model reads it.',
  remediation: 'Agree with the owner on form, level of service and notice of changes, and enforce the form.',
  effort: 'M',
  falsePositives: 'The contract may hang on the flow or the ingestion: say `schema contract` there, or `contract yes`.',
  *evaluate({ architecture }) {
    const foreign = componentsOf(architecture, 'source').flatMap((source) => {
      const whose = ownerOf(architecture, source);
      return whose === undefined ? [] : [{ source, whose }];
    });
    if (foreign.length === 0) yield notApplicable('No source of another team or a vendor is declared.');
    const networks = [...new Set(guardedTargets(architecture).map(({ network }) => network))];
    for (const { source, whose } of foreign) yield judgeContract(architecture, source, whose, networks.some(({ feeding }) => feeding.has(source.name)));
  },
};

const OUTSIDE: Readonly<Record<string, string>> = { api: 'is an external interface', web: 'is read from the public web', dataset: 'is published by others' };

/** Whose a source is in words, where it is not the system’s own. */
function ownerOf(architecture: Architecture, source: Component<'source'>): string | undefined {
  const [own, owner] = [value(architecture.system, 'owner'), value(source, 'owner')];
  const external = value(source, 'external');
  if (external === true || (external === undefined && own !== undefined && owner !== undefined && owner.trim().toLowerCase() !== own.trim().toLowerCase())) return `belongs to ${owner ?? 'somebody else'}`;
  if (external !== undefined) return undefined;
  return OUTSIDE[source.variant ?? ''];
}

const PARTS = ['schema', 'owner', 'sla', 'change_notice'] as const;
const PART_NAMES: Readonly<Record<(typeof PARTS)[number], string>> = { schema: 'form', owner: 'owner', sla: 'level of service', change_notice: 'notice of changes' };

function judgeContract(architecture: Architecture, source: Component<'source'>, whose: string, feedsModel: boolean): Outcome {
  const onTheWay = (edgesOf(architecture).out.get(source.name) ?? []).some((edge) => {
    const next = architecture.components.get(edge.to);
    return (edge.flow && value(edge.flow, 'schema') === 'contract') || (next?.kind === 'ingestion' && value(next as Component<'ingestion'>, 'contract') === true);
  });
  const schema = value(source, 'schema');
  if (schema === 'contract' || onTheWay) return satisfied(source, { evidence: evidenceOf(statementOf(source, 'schema')), because: `the form of ${source.name} is agreed and enforced` });
  if (schema === 'documented' && value(source, 'change_notice') === true) return satisfied(source, { evidence: evidenceOf(statementOf(source, 'change_notice')), because: `${source.name} is described and its changes are announced` });
  const missing = PARTS.filter((part) => presenceOf(source, part) === 'absent' || (part === 'schema' && schema === 'inferred'));
  const form = missing.includes('schema') || missing.includes('change_notice');
  if (!form) return question(source, schema === 'documented' ? 'change_notice' : 'schema', `${source.name} ${whose}. Is its form under contract, and are changes announced?`);
  const changes: Change[] = [{ op: 'set', subject: source.name, property: 'schema', value: 'contract' }];
  if (missing.includes('change_notice')) changes.push({ op: 'set', subject: source.name, property: 'change_notice', value: true });
  return gap(source, {
    at: missing.includes('schema') ? 'schema' : 'change_notice',
    severity: feedsModel && isVital(architecture) ? 'high' : 'medium',
    message: `${source.name} ${whose} and has no agreed ${listed(missing.map((part) => PART_NAMES[part]), 4)}.`,
    changes,
  });
}

export const streamsHaveRules: Rule = {
  id: 'ML07.7',
  slug: 'streams-have-rules-for-bad-records',
  title: 'It is decided what happens to late, repeated, unordered and bad records',
  type: 'weak',
  severity: 'medium',
  why: 'Streams deliver late, twice and out of order. Without a rule the same events give other values on another day, and one bad record can stop the whole stream.',
  remediation: 'Decide for each stream on late, repeated and unordered records, and set bad ones aside.',
  effort: 'S',
  falsePositives: 'Taking records as they come is a decision too: say `late_data accept` or `ordering none`.',
  *evaluate({ architecture }) {
    const ingestions = componentsOf(architecture, 'ingestion');
    if (ingestions.length === 0) yield notApplicable('No ingestion is declared.');
    for (const ingestion of ingestions) yield judgeStream(ingestion);
  },
};

const POLICIES = ['late_data', 'duplicates', 'ordering'] as const;
const POLICY_NAMES = { late_data: 'late', duplicates: 'repeated', ordering: 'unordered', on_bad_data: 'bad' } as const;
const DECISIONS = { late_data: 'watermark', duplicates: 'deduplicate', ordering: 'per_key', on_bad_data: 'quarantine' } as const;

function judgeStream(ingestion: Component<'ingestion'>): Outcome {
  const streams = ingestion.variant === 'streaming' || ingestion.variant === 'hybrid';
  const wanted = [...(streams ? POLICIES : []), 'on_bad_data'] as (keyof typeof POLICY_NAMES)[];
  const states = wanted.map((policy) => [policy, policyOf(ingestion, policy)] as const);
  const absent = states.filter(([, state]) => state === 'absent').map(([policy]) => policy);
  const open = states.filter(([, state]) => state === 'open').map(([policy]) => policy);
  const words = (policies: readonly (keyof typeof POLICY_NAMES)[]): string => listed(policies.map((policy) => POLICY_NAMES[policy]), 4);
  if (absent.length > 0) {
    return weak(ingestion, {
      at: absent.find((policy) => statementOf(ingestion, policy)),
      message: `${ingestion.name} has no rule for ${words(absent)} records.`,
      changes: absent.map((policy): Change => ({ op: 'set', subject: ingestion.name, property: policy, value: DECISIONS[policy] })),
    });
  }
  if (open.length > 0) return question(ingestion, open[0], `What does ${ingestion.name} do with ${words(open)} records?`);
  return satisfied(ingestion, { because: `${ingestion.name} has rules for ${words(wanted)} records` });
}

function policyOf(ingestion: Component<'ingestion'>, policy: keyof typeof POLICY_NAMES): 'stated' | 'absent' | 'open' {
  if (policy === 'duplicates' && value(ingestion, 'idempotent') === true) return 'stated';
  if (policy === 'on_bad_data' && value(ingestion, 'dead_letter') === true) return 'stated';
  // `ordering none` is a decision: records are taken as they arrive.
  if (policy === 'ordering' && statementOf(ingestion, policy)?.state === 'none') return 'stated';
  const presence = presenceOf(ingestion, policy);
  return presence === 'present' || presence === 'not-applicable' ? 'stated' : presence === 'absent' ? 'absent' : 'open';
}
