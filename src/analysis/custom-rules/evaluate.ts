import type { Architecture, Change, Element } from '../../model/architecture.ts';
import type { CustomRule, Subjects } from '../../model/custom-rule.ts';
import { namesAlong } from '../../model/graph/paths.ts';
import { listed } from '../training/in-house.ts';
import { hopsOf } from '../hops.ts';
import { notApplicable, question, satisfied, type FindingOutcome, type Outcome } from '../rule.ts';
import { judgeOf, type Judge } from './judge.ts';
import type { Open, Proof } from './judgement.ts';
import { tableOf } from './property.ts';

/** What a rule of the team's own says of each of its subjects. Where nobody declared what it asks for, it asks once for each element. */
export function* evaluateCustomRule(architecture: Architecture, rule: CustomRule): Iterable<Outcome> {
  const judge = judgeOf(architecture);
  const { sure, open: unclear } = subjectsOf(architecture, rule.subjects, judge);
  const asked: Asked[] = [];
  for (const subject of sure) {
    const judged = judge(subject, rule.require);
    switch (judged.verdict) {
      case 'true':
        yield satisfied(subject, { evidence: judged.evidence });
        break;
      case 'false':
        yield findingOf(architecture, rule, subject, judged, judge);
        break;
      case 'unknown':
        asked.push(...judged.open.map((open) => ({ subject, open })));
        break;
      case 'not-applicable':
        yield notApplicable(judged.because, subject);
    }
  }
  yield* questionsOf(rule, asked);
  yield* unclearOf(rule, unclear);
}

interface Found {
  readonly sure: readonly Element[];
  /** Of these it is not known whether the rule is about them. */
  readonly open: readonly { readonly element: Element; readonly open: readonly Open[] }[];
}

function subjectsOf(architecture: Architecture, subjects: Subjects, judge: Judge): Found {
  if (subjects.of === 'components') {
    const { sure, maybe } = judge.matches(subjects);
    const elements = (names: Iterable<string>): Element[] => [...names].flatMap((name) => architecture.components.get(name) ?? []);
    return { sure: elements(sure), open: elements(maybe.keys()).map((element) => ({ element, open: maybe.get(element.name) ?? [] })) };
  }
  const { where, except } = subjects;
  const all = (subjects.of === 'system' ? [architecture.system] : architecture.flows).filter((element) => !except || judge(element, except).verdict !== 'true');
  if (!where) return { sure: all, open: [] };
  const judged = all.map((element) => ({ element, judgement: judge(element, where) }));
  return {
    sure: judged.filter(({ judgement }) => judgement.verdict === 'true').map(({ element }) => element),
    open: judged.flatMap(({ element, judgement }) => (judgement.verdict === 'unknown' ? [{ element, open: judgement.open }] : [])),
  };
}

function findingOf(architecture: Architecture, rule: CustomRule, subject: Element, proof: Proof, judge: Judge): FindingOutcome {
  const planned = proof.planned === undefined ? '' : ` It is planned by ${proof.planned}.`;
  return {
    outcome: planned === '' ? rule.type : 'weak',
    subject,
    message: filled(rule.message, architecture, subject, proof) + planned,
    at: proof.at,
    path: hopsOf(proof.path ?? []),
    changes: changesOf(rule, subject, judge),
    ...(rule.severity === 'critical' ? { critical: 'outage' as const } : {}),
  };
}

function filled(message: string, { system }: Architecture, subject: Element, { target, path = [] }: Proof): string {
  const names: Readonly<Record<string, string>> = { name: nameOf(subject), kind: subject.kind, system: system.name, target: target ?? nameOf(subject), path: path.length > 0 ? namesAlong(path).join(' → ') : nameOf(subject) };
  return message.replaceAll(/\{(\w+)\}/g, (written, name: string) => (Object.hasOwn(names, name) ? (names[name] ?? written) : written));
}

const nameOf = ({ kind, name }: Element): string => (kind === 'flow' ? name.replace('->', ' -> ') : name);

/** What the rule would set, where that puts it right: a remedy that leaves its finding standing is none. */
function changesOf(rule: CustomRule, subject: Element, judge: Judge): Change[] {
  const set = rule.set.filter(({ property }) => Object.hasOwn(tableOf(subject), property));
  if (set.length === 0) return [];
  const stated = Object.fromEntries(set.map(({ property, value }) => [property, typeof value === 'object' && value !== null && 'state' in value ? { ...value, span: subject.span } : { state: 'present', value, span: subject.span }]));
  const changed = { ...subject, properties: { ...subject.properties, ...stated } } as Element;
  if (judge(changed, rule.require).verdict === 'false') return [];
  if (subject.kind === 'flow') return set.map(({ property, value }) => ({ op: 'set-flow', from: subject.from, to: subject.to, property, value }));
  return set.map(({ property, value }) => ({ op: 'set', subject: subject.name, property, value }));
}

interface Asked {
  readonly subject: Element;
  readonly open: Open;
}

/** More subjects are not named in a question. */
const NAMED = 4;

/** One question for each element that would have to say more, whatever the number of subjects that wait for it. */
function* questionsOf(rule: CustomRule, asked: readonly Asked[]): Iterable<Outcome> {
  const byElement = new Map<Element, Asked[]>();
  for (const item of asked) {
    const known = byElement.get(item.open.element);
    if (known) known.push(item);
    else byElement.set(item.open.element, [item]);
  }
  for (const [element, items] of byElement) {
    const subjects = [...new Set(items.map(({ subject }) => nameOf(subject)))];
    const asks = [...new Set(items.map(({ open }) => open.ask))].join(' ');
    const outcome = question(element, items.find(({ open }) => open.property !== undefined)?.open.property, `Does this hold of ${listed(subjects, NAMED)}: ${rule.title}? ${asks}`);
    yield { ...outcome, statedUnknown: items.every(({ open }) => open.statedUnknown) };
  }
}

/** Of more than these, nobody is asked whether a rule is about them. */
const FEW = 3;

function* unclearOf(rule: CustomRule, unclear: Found['open']): Iterable<Outcome> {
  const [first] = unclear;
  if (!first) return;
  const names = unclear.map(({ element }) => nameOf(element));
  if (unclear.length > FEW) return yield notApplicable(`${names.length} elements do not say what decides whether the rule is about them, such as ${names[0] ?? ''}: ${first.open[0]?.ask ?? ''}`);
  for (const { element, open } of unclear) {
    yield question(element, open.find(({ property }) => property !== undefined)?.property, `Is the rule "${rule.title}" about ${nameOf(element)}? ${[...new Set(open.map(({ ask }) => ask))].join(' ')}`, 'subject');
  }
}

