import type { Architecture, Component } from '../../../model/architecture.ts';
import { worstLag, type Lag, type LagTerm } from '../../../model/graph/lag.ts';
import { carrying } from '../../../model/graph/paths.ts';
import { edgesOf } from '../../../model/graph/edges.ts';
import type { Quantity } from '../../../model/quantity.ts';
import { componentsOf, isKindAbsent, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { askedOnce } from '../../ask-once.ts';
import { formatQuantity } from '../../format.ts';
import { openOn } from '../../generative/open.ts';
import { hopsOf } from '../../hops.ts';
import { evidenceOf } from '../../presence.ts';
import { contradiction, gap, notApplicable, question, satisfied, type Context, type Criterion, type Outcome } from '../../rule.ts';
import { isVendor } from '../../serving/services.ts';
import { standingOf } from '../../severity.ts';
import { pinOf } from '../language-models/versions.ts';

type Knowledge = Component<'knowledge'>;

const hasKnowledge = ({ architecture }: Context): true | string => componentsOf(architecture, 'knowledge').length > 0 || 'No knowledge base is declared.';
const MOVES = carrying('data', 'features', 'feedback');

export const indexFollows: Criterion = {
  id: 'RAG-02',
  slug: 'index-follows-its-documents',
  title: 'An index is as fresh as it has to be, and forgets what is deleted',
  type: 'gap',
  severity: 'medium',
  failureMode: 'data_quality',
  sources: ['AWS Generative AI Lens GENREL05-BP02', 'GDPR Article 17', 'OWASP LLM (2025) LLM08'],
  why: 'An answer from a document that was replaced or withdrawn sounds as sure as any other.',
  remediation: 'Index changes as they come or often enough, and take out what is deleted with the same job.',
  effort: 'M',
  falsePositives: 'The index may be built anew each time, which forgets by itself: declare `deletion yes`.',
  applies: hasKnowledge,
  *evaluate({ architecture }) {
    yield* askedOnce(architecture.system, componentsOf(architecture, 'knowledge').map((knowledge) => judgeAge(architecture, knowledge)));
  },
};

function judgeAge(architecture: Architecture, knowledge: Knowledge): Outcome {
  const { name } = knowledge;
  const need = value(knowledge, 'freshness');
  const lag = worstLag(architecture, name, MOVES);
  const age = leastWorst(architecture, lag);
  const stale = presenceOf(knowledge, 'refresh') === 'absent' || presenceOf(knowledge, 'produced') === 'absent';
  if (need && age.low > need.high) {
    const refresh = value(knowledge, 'refresh');
    const rest = leastWorst(architecture, { terms: lag.terms.filter((term) => term.component !== name || term.property !== 'refresh') });
    return contradiction(knowledge, {
      at: 'freshness',
      message: `What ${name} finds can be ${formatQuantity(age)} old, and may be ${formatQuantity(need)}.`,
      path: hopsOf(lag.path),
      changes: refresh && rest.high < need.high ? [{ op: 'set', subject: name, property: 'refresh', value: { low: need.high - rest.high, high: need.high - rest.high, unit: 's' } }] : [],
      impact: 'Answers are as current as they have to be',
    });
  }
  if (stale) {
    return gap(knowledge, {
      at: statementOf(knowledge, 'refresh') ? 'refresh' : statementOf(knowledge, 'produced') ? 'produced' : undefined,
      message: `${name} is not brought up to date: it answers from the documents of the day on which it was made.`,
      changes: [],
    });
  }
  const deletion = presenceOf(knowledge, 'deletion');
  if (deletion === 'absent') {
    return gap(knowledge, {
      at: statementOf(knowledge, 'deletion') ? 'deletion' : undefined,
      message: `What is deleted at its source is still found in ${name}.`,
      changes: [{ op: 'set', subject: name, property: 'deletion', value: true }],
      impact: 'What was withdrawn is not found any more',
    });
  }
  if (deletion === 'planned') return openOn(knowledge, 'deletion', { ask: '', lacking: `What is deleted at its source is still found in ${name}.` });
  const aged = lag.terms.length > 0;
  if (deletion === 'present' && aged) return satisfied(knowledge, { because: need ? `it follows within ${formatQuantity(age)}, and may be ${formatQuantity(need)} old` : 'it follows its documents and forgets what is deleted', evidence: evidenceOf(statementOf(knowledge, 'deletion')) });
  if (deletion === 'not-applicable' && aged) return satisfied(knowledge, { because: 'nothing in it is ever deleted' });
  const asks = [!aged && 'how often does it follow its documents (`refresh`)', deletion !== 'present' && deletion !== 'not-applicable' && 'does what is deleted there disappear from it (`deletion`)'].filter((part) => part !== false);
  return { ...question(knowledge, aged ? 'deletion' : 'refresh', `${name}: ${asks.join(', and ')}?`), statedUnknown: deletion === 'unknown' };
}

/**
 * The age that data has at worst even if one job starts the next: the longest interval, and what the steps take. How
 * often documents are written does not make those older that are.
 */
function leastWorst(architecture: Architecture, { terms }: Pick<Lag, 'terms'>): Quantity {
  const counted = terms.filter((term) => architecture.components.get(term.component)?.kind !== 'source');
  const [intervals, steps] = [counted.filter(isInterval), counted.filter((term) => !isInterval(term))];
  const sum = (end: 'low' | 'high'): number => Math.max(0, ...intervals.map((term) => term.value[end])) + steps.reduce((total, term) => total + term.value[end], 0);
  return { low: sum('low'), high: sum('high'), unit: 's' };
}

const isInterval = ({ property }: LagTerm): boolean => property === 'every' || property === 'refresh' || property === 'materialised every';

export const embeddingLocked: Criterion = {
  id: 'RAG-03',
  slug: 'one-embedding-for-index-and-query',
  title: 'Documents and questions are embedded by one model of one version',
  type: 'contradiction',
  severity: 'high',
  failureMode: 'skew',
  sources: ['OWASP LLM (2025) LLM08', 'ML Test Score Monitor 3'],
  why: 'Vectors of two models, or of two versions, have nothing to do with each other: the search goes on answering, with whatever happens to be near.',
  remediation: 'Fix the version of the model, keep it with the index, and make the index anew whenever it changes.',
  effort: 'S',
  falsePositives: 'Two models may be made to share one space: use one component for both.',
  applies: hasKnowledge,
  *evaluate({ architecture }) {
    yield* askedOnce(architecture.system, componentsOf(architecture, 'knowledge').map((knowledge) => judgeEmbedding(architecture, knowledge)));
  },
};

function judgeEmbedding(architecture: Architecture, knowledge: Knowledge): Outcome {
  const { name } = knowledge;
  const stated = presenceOf(knowledge, 'embedding');
  if (stated === 'absent') return notApplicable(`${name} is searched without vectors.`, knowledge);
  const [index, query] = [value(knowledge, 'embedding'), value(knowledge, 'query_embedding')].map((other) => architecture.components.get(other ?? '') as Component<'model'> | undefined);
  if (index && query && index !== query && !isSame(index, query)) {
    return contradiction(knowledge, {
      at: 'query_embedding',
      critical: undefined,
      message: `The documents of ${name} are embedded by ${told(index)}, and questions by ${told(query)}.`,
      changes: [{ op: 'set', subject: name, property: 'query_embedding', value: index.name }],
      impact: 'A search finds what the question is about',
    });
  }
  if (!index) return { ...question(knowledge, 'embedding', `Which model, of which version, makes the vectors of ${name}, and the same for documents and questions?`), statedUnknown: stated === 'unknown' };
  const pin = pinOf(index);
  if (pin.state === 'moving' || value(index, 'artifact_mutable') === true) {
    return gap(knowledge, {
      at: 'embedding',
      severity: 'medium',
      message: `${name} keeps vectors of ${index.name}, and that is not fixed: ${pin.state === 'moving' ? pin.because : 'a new version overwrites the old one'}.`,
      path: hopsOf((edgesOf(architecture).in.get(name) ?? []).filter((edge) => edge.from === index.name)),
      changes: value(index, 'artifact_mutable') === true ? [{ op: 'set', subject: index.name, property: 'artifact_mutable', value: false }] : pin.at === 'auto_upgrade' && value(index, 'version') !== undefined ? [{ op: 'set', subject: index.name, property: 'auto_upgrade', value: false }] : [],
    });
  }
  if (pin.state === 'pinned') return satisfied(knowledge, { because: `${index.name}, ${pin.because}, makes its vectors`, evidence: evidenceOf(statementOf(knowledge, 'embedding')) });
  // Published weights change only when somebody loads others.
  if (!isVendor(index) && (index.variant === 'open' || index.variant === 'trained' || index.variant === 'fine_tuned') && presenceOf(index, 'artifact_mutable') === 'absent') return satisfied(knowledge, { because: `${index.name} never changes under its name` });
  return { ...question(index, 'version', `Which version of ${index.name} made the vectors of ${name}, and can another one come to be used for questions?`, name), statedUnknown: pin.state === 'unknown' };
}

const isSame = (a: Component<'model'>, b: Component<'model'>): boolean => value(a, 'llm') !== undefined && value(a, 'llm') === value(b, 'llm') && value(a, 'version') === value(b, 'version');
const told = (model: Component<'model'>): string => `${model.name}${value(model, 'version') === undefined ? '' : ` (version ${value(model, 'version') ?? ''})`}`;

export const retrievalEvaluated: Criterion = {
  id: 'RAG-04',
  slug: 'retrieval-is-judged-by-itself',
  title: 'It is measured whether a search finds what the answer needs',
  type: 'gap',
  severity: 'medium',
  pack: 'rag',
  failureMode: 'drift',
  sources: ['AWS Generative AI Lens GENPERF04-BP01', 'NIST AI RMF MEASURE 2.3'],
  why: 'Most wrong answers from documents are right answers from the wrong ones. Judging only the answer hides which part failed.',
  remediation: 'Keep questions with the documents that answer them, and measure how many of those are found, and how much of what is found was needed.',
  effort: 'S',
  falsePositives: 'The evaluation of answers may hold such figures: declare them as `quality_metrics`, or let it judge the knowledge base.',
  applies: hasKnowledge,
  *evaluate({ architecture }) {
    yield* askedOnce(architecture.system, componentsOf(architecture, 'knowledge').map((knowledge) => judgeSearch(architecture, knowledge)));
  },
};

function judgeSearch(architecture: Architecture, knowledge: Knowledge): Outcome {
  const { name } = knowledge;
  if (presenceOf(knowledge, 'quality_metrics') === 'present') return satisfied(knowledge, { because: `${(value(knowledge, 'quality_metrics') ?? []).join(', ').replaceAll('_', ' ')} is measured`, evidence: evidenceOf(statementOf(knowledge, 'quality_metrics')) });
  const by = (edgesOf(architecture).out.get(name) ?? []).map((edge) => architecture.components.get(edge.to)).find((item) => item?.kind === 'evaluation' || item?.kind === 'monitor');
  if (by) return satisfied(knowledge, { because: `${by.name} judges it` });
  const stated = presenceOf(knowledge, 'quality_metrics');
  const denied = stated === 'absent' || (isKindAbsent(architecture, 'evaluation') && isKindAbsent(architecture, 'monitor'));
  if (!denied) return openOn(knowledge, 'quality_metrics', { ask: `How is it measured whether a search in ${name} finds the documents that answer the question?`, lacking: `Nobody measures yet whether a search in ${name} finds what the answer needs.` });
  return gap(knowledge, {
    at: statementOf(knowledge, 'quality_metrics') ? 'quality_metrics' : undefined,
    message: `Nobody measures whether a search in ${name} finds what the answer needs.`,
    changes: [{ op: 'set', subject: name, property: 'quality_metrics', value: ['recall_at_5', 'context_precision'] }],
  });
}

export const indexRecoverable: Criterion = {
  id: 'RAG-06',
  slug: 'index-can-be-had-back',
  title: 'An index that is lost is back within a known time',
  type: 'gap',
  severity: 'medium',
  pack: 'rag',
  failureMode: 'infrastructure',
  sources: ['AWS Generative AI Lens GENREL05-BP02', 'AWS Agentic AI Lens AGENTREL03-BP03'],
  why: 'Embedding all documents again takes hours and a bill, and until it is done the service answers from nothing.',
  remediation: 'Back the index up, or measure once how long it takes to build it anew, and keep a second copy where that is too long.',
  effort: 'S',
  falsePositives: 'The store may be managed with backups: declare `backup` of it, or `rebuild` of the knowledge base.',
  applies: hasKnowledge,
  *evaluate({ architecture }) {
    yield* askedOnce(architecture.system, componentsOf(architecture, 'knowledge').map((knowledge) => judgeRecovery(architecture, knowledge)));
  },
};

function judgeRecovery(architecture: Architecture, knowledge: Knowledge): Outcome {
  const { name } = knowledge;
  const store = architecture.components.get(value(knowledge, 'in') ?? '') as Component<'store'> | undefined;
  const places = [knowledge, ...(store ? [store] : [])];
  const copies = value(knowledge, 'replicas');
  if (copies && copies.high <= 1 && standingOf(architecture).criticality >= 2) return gap(knowledge, { at: 'replicas', message: `One copy of ${name} answers every search, and a restart of it leaves the service without documents.`, changes: [{ op: 'set', subject: name, property: 'replicas', value: { low: 2, high: 2, unit: '1' } }] });
  const saved = places.find((place) => presenceOf(place, 'backup') === 'present');
  if (saved) return satisfied(knowledge, { because: `${saved.name} is backed up`, evidence: evidenceOf(statementOf(saved, 'backup')) });
  if (store && presenceOf(store, 'recovery') === 'present') return satisfied(knowledge, { because: `it is known how ${store.name} comes back`, evidence: evidenceOf(statementOf(store, 'recovery')) });
  const unsaved = places.some((place) => presenceOf(place, 'backup') === 'absent') && places.every((place) => presenceOf(place, 'backup') !== 'unknown');
  const rebuild = value(knowledge, 'rebuild');
  const target = value(architecture.system, 'recovery_target');
  if (rebuild && target && rebuild.low > target.high && unsaved) return contradiction(knowledge, { at: 'rebuild', message: `${name} is not backed up and takes ${formatQuantity(rebuild)} to build anew; service must be back within ${formatQuantity(target)}.`, changes: [{ op: 'set', subject: (store ?? knowledge).name, property: 'backup', value: 'scheduled' }] });
  if (rebuild) return satisfied(knowledge, { because: `it is built anew within ${formatQuantity(rebuild)}`, evidence: evidenceOf(statementOf(knowledge, 'rebuild')) });
  if (unsaved && presenceOf(knowledge, 'rebuild') === 'absent') return gap(knowledge, { at: statementOf(knowledge, 'rebuild') ? 'rebuild' : statementOf(knowledge, 'backup') ? 'backup' : undefined, message: `When the index of ${name} is lost it is gone: it is neither backed up nor can it be built anew.`, changes: [{ op: 'set', subject: (store ?? knowledge).name, property: 'backup', value: 'scheduled' }] });
  return { ...question(knowledge, 'rebuild', `How long does it take to build the index of ${name} anew when it is lost?${store ? '' : ' Or is it backed up (`backup`)?'}`), statedUnknown: presenceOf(knowledge, 'rebuild') === 'unknown' };
}
