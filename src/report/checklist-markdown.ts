import { checklist } from '../analysis/checklist.ts';
import { CATEGORIES, type Category, type Check } from '../analysis/rule.ts';
import { docsUrl } from './links.ts';

/** The whole checklist as Markdown, by category, each check with its rules. */
export function checklistMarkdown(checks: readonly Check[] = checklist): string {
  const parts = (Object.keys(CATEGORIES) as Category[]).flatMap((category) => {
    const own = checks.filter((check) => check.category === category);
    return own.length === 0 ? [] : [`## ${CATEGORIES[category]}`, ...own.map(checkSection)];
  });
  const rules = checks.reduce((sum, check) => sum + check.rules.length, 0);
  return `${['# Checklist', `${checks.length} checks, ${rules} rules.`, ...parts].join('\n\n')}\n`;
}

function checkSection({ id, title, question, redFlag, rules }: Check): string {
  const rows = rules.map((rule) => `| [${rule.id}](${docsUrl(rule.id)}) | ${cell(rule.title)} | ${rule.type} | ${rule.severity} |`);
  const table = rows.length === 0 ? [] : [['| Rule | What it asks | Type | Severity |', '| --- | --- | --- | --- |', ...rows].join('\n')];
  return [`### [${id}](${docsUrl(id)}) ${title}`, question, `**Red flag:** ${redFlag}`, ...table].join('\n\n');
}

const cell = (text: string): string => text.replaceAll('|', '\\|');
