import { ACCEPTANCE_RULES } from '../analysis/acceptance.ts';
import { checklist } from '../analysis/checklist.ts';
import { editioned } from '../analysis/frameworks/citations.ts';
import { EFFORTS } from '../analysis/finding.ts';
import { PACKS } from '../analysis/criteria/packs.ts';
import { CATEGORIES, partOf, sourcesOf, type Check, type Rule } from '../analysis/rule.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { docsUrl } from './links.ts';
import { EFFORT_WORDS, TYPE_MEANING } from './severity-words.ts';

/** A check or a rule in full: a heading and named paragraphs, from which text and Markdown are made. */
export interface Explanation {
  readonly id: string;
  readonly title: string;
  readonly docs: string;
  readonly paragraphs: readonly Paragraph[];
  /** What it says was read from a file: it is text and never markup. */
  readonly fromFile?: true;
}

interface Paragraph {
  readonly head: string;
  readonly text?: string;
  readonly items?: readonly { readonly term: string; readonly text: string }[];
  readonly code?: string;
}

/** By id in any case, `ml05` or `ML05.2`; undefined where there is no such check or rule. */
export function explanationOf(id: string, checks: readonly Check[] = checklist): Explanation | undefined {
  const wanted = id.trim().toUpperCase();
  for (const check of checks) {
    if (check.id.toUpperCase() === wanted) return ofCheck(check);
    const rule = check.rules.find((candidate) => candidate.id.toUpperCase() === wanted);
    if (rule) return ofRule(check, rule);
  }
  const acceptance = Object.entries(ACCEPTANCE_RULES).find(([rule]) => rule.toUpperCase() === wanted);
  return acceptance ? ofAcceptance(...acceptance) : undefined;
}

function ofCheck(check: Check): Explanation {
  const { id, title, category, question, redFlag, failureMode, sources, rules, custom } = check;
  return {
    id,
    title,
    docs: docsUrl(id),
    ...(custom ? { fromFile: custom } : {}),
    paragraphs: [
      { head: 'Part', text: custom ? partOf(check) : CATEGORIES[category] },
      { head: 'Question', text: question },
      { head: 'Red flag', text: redFlag },
      { head: 'What its findings lead to', text: failureMode.replaceAll('_', ' ') },
      { head: 'Rules', items: rules.map((rule) => ({ term: rule.id, text: `${rule.title} (${rule.type}, ${rule.severity})` })) },
      ...(sources.length > 0 ? [{ head: 'Sources', items: sources.map((source) => ({ term: '', text: editioned(source) })) }] : []),
    ],
  };
}

function ofRule(check: Check, rule: Rule): Explanation {
  const { low, high } = EFFORTS[rule.effort].days;
  return {
    id: rule.id,
    title: rule.title,
    docs: docsUrl(rule.id),
    ...(check.custom ? { fromFile: check.custom } : {}),
    paragraphs: [
      { head: 'Check', text: `${check.id} ${check.title}${check.custom ? '' : ` (${CATEGORIES[check.category]})`}` },
      { head: 'Severity', text: `${rule.severity}; ${rule.fixed ? 'the same in every system' : 'the stage and the criticality of the system move it'}` },
      { head: 'Type', text: `${rule.type}: ${TYPE_MEANING[rule.type]}` },
      { head: 'Why', text: rule.why },
      { head: 'What to do', text: rule.remediation },
      { head: 'Effort', text: `${rule.effort}: ${EFFORT_WORDS[rule.effort]}, ${low} to ${high} person-days` },
      { head: 'When it may be wrong', text: rule.falsePositives },
      rule.acceptable === false
        ? { head: 'Accepting it', text: 'A finding of this rule cannot be accepted.' }
        : { head: 'Accepting it', text: 'With a reason, an owner and a day on which it is looked at again:', code: `accept ${rule.id} on Component { because "…" by "…" until 2027-03-31 }` },
      ...(rule.pack ? [{ head: 'Pack', text: `${rule.pack}: on where ${PACKS[rule.pack].when}` }] : []),
      ...(sourcesOf(check, rule).length > 0 ? [{ head: 'Sources', items: sourcesOf(check, rule).map((source) => ({ term: '', text: editioned(source) })) }] : []),
    ],
  };
}

function ofAcceptance(id: string, { title, severity }: { title: string; severity: string }): Explanation {
  return {
    id,
    title: `An acceptance that has no effect (${id.slice(id.indexOf('/') + 1).replaceAll('-', ' ')})`,
    docs: docsUrl(id),
    paragraphs: [
      { head: 'Severity', text: severity },
      { head: 'Why', text: 'A risk is accepted for a reason, by somebody, until a day; otherwise it is only silenced.' },
      { head: 'What to do', text: title },
      { head: 'Accepting it', text: 'A finding about an acceptance cannot be accepted.' },
    ],
  };
}

/** For a terminal; the lines are not wrapped. */
export function explanationText({ id, title, docs, paragraphs }: Explanation): string {
  const parts = paragraphs.map(({ head, text, items, code }) => {
    const lines = [
      ...(text === undefined ? [] : [`  ${text}`]),
      ...(items ?? []).map(({ term, text: item }) => `  ${term === '' ? '' : `${term.padEnd(8)} `}${item}`),
      ...(code === undefined ? [] : [`    ${code}`]),
    ];
    return `${head}\n${lines.join('\n')}`;
  });
  return `${[`${id} ${title}`, ...parts, docs].join('\n\n')}\n`;
}

export function explanationMarkdown({ id, title, docs, paragraphs, fromFile }: Explanation, level = 1): string {
  const written = (text: string): string => (fromFile ? escapeMarkdown(text) : text);
  const parts = paragraphs.map(({ head, text, items, code }) =>
    [
      text === undefined ? `**${head}**` : `**${head}:** ${written(text)}`,
      ...(items ? [items.map(({ term, text: item }) => `- ${term === '' ? '' : `**${term}** `}${written(item)}`).join('\n')] : []),
      ...(code === undefined ? [] : [`\`\`\`mlarch\n${code}\n\`\`\``]),
    ].join('\n\n'),
  );
  return `${[`${'#'.repeat(level)} ${id} ${written(title)}`, ...parts, `[Documentation of ${id}](${docs})`].join('\n\n')}\n`;
}
