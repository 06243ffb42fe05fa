import { checklist } from '../analysis/checklist.ts';
import { PARTS, partOf, type Check } from '../analysis/rule.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { docsUrl } from './links.ts';

/** The whole checklist as Markdown, by category, each check with its rules. */
export function checklistMarkdown(checks: readonly Check[] = checklist): string {
  const parts = PARTS.flatMap((part) => {
    const own = checks.filter((check) => partOf(check) === part);
    return own.length === 0 ? [] : [`## ${part}`, ...own.map(checkSection)];
  });
  const rules = (beyond: true | undefined): number => checks.filter((check) => check.beyond === beyond).reduce((sum, check) => sum + check.rules.length, 0);
  const count = checks.filter((check) => !check.beyond).length;
  const further = rules(true) > 0 ? `, ${rules(true)} further criteria` : '';
  return `${['# Checklist', `${count} checks, ${rules(undefined)} rules${further}.`, ...parts].join('\n\n')}\n`;
}

function checkSection({ id, title: given, question, redFlag, rules, custom }: Check): string {
  const title = custom ? escapeMarkdown(given) : given;
  const rows = rules.map((rule) => `| [${rule.id}](${docsUrl(rule.id)}) | ${custom ? escapeMarkdown(rule.title) : cell(rule.title)} | ${rule.type} | ${rule.severity} |`);
  const table = rows.length === 0 ? [] : [['| Rule | What it asks | Type | Severity |', '| --- | --- | --- | --- |', ...rows].join('\n')];
  return [`### [${id}](${docsUrl(id)}) ${title}`, question, `**Red flag:** ${redFlag}`, ...table].join('\n\n');
}

const cell = (text: string): string => text.replaceAll('|', '\\|');
