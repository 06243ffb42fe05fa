import { checklist } from '../analysis/checklist.ts';
import { editioned } from '../analysis/frameworks/citations.ts';
import type { FindingType, Severity } from '../analysis/finding.ts';
import type { Category, Check } from '../analysis/rule.ts';
import { docsUrl } from './links.ts';

/** The checklist for programs: `checks --format json`. */
export interface ChecksJson {
  readonly schemaVersion: 1;
  readonly checks: readonly CheckJson[];
}

interface CheckJson {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly category: Category;
  readonly question: string;
  readonly redFlag: string;
  readonly sources: readonly string[];
  readonly docs: string;
  readonly rules: readonly RuleJson[];
}

interface RuleJson {
  readonly id: string;
  readonly slug: string;
  readonly summary: string;
  readonly type: FindingType;
  readonly severity: Severity;
  readonly effort: 'S' | 'M' | 'L';
  readonly acceptable: boolean;
  /** Of a criterion beyond the 20 checks. */
  readonly sources?: readonly string[];
  /** The pack that switches it on; always on without one. */
  readonly pack?: string;
  readonly docs: string;
}

export function checksJson(checks: readonly Check[] = checklist): ChecksJson {
  return {
    schemaVersion: 1,
    checks: checks.map(({ id, slug, title, category, question, redFlag, sources, rules }) => ({
      id, slug, title, category, question, redFlag,
      sources: sources.map(editioned),
      docs: docsUrl(id),
      rules: rules.map((rule) => ({
        id: rule.id,
        slug: rule.slug,
        summary: rule.title,
        type: rule.type,
        severity: rule.severity,
        effort: rule.effort,
        acceptable: rule.acceptable ?? true,
        ...(rule.sources ? { sources: rule.sources.map(editioned) } : {}),
        ...(rule.pack ? { pack: rule.pack } : {}),
        docs: docsUrl(rule.id),
      })),
    })),
  };
}
