import type { Component, Element, Flow, SystemElement } from '../../model/architecture.ts';
import { presenceOf, statementOf } from '../../model/statements.ts';
import { vocabulary } from '../../model/vocabulary.generated.ts';
import { capital } from '../review-report/words.ts';
import { printed } from '../review-report/design/declared.ts';

export type Holder = Component | SystemElement;

export const isHolder = (element: Element): element is Exclude<Element, Flow> => element.kind !== 'flow';

/** What the file says of a property, in words and without markup: also that there is none, or that nobody knows. Undefined where it says nothing. */
export function saidText(holder: Holder, property: string): string | undefined {
  const stated = statementOf(holder, property);
  switch (stated?.state) {
    case 'present':
      return valueText(holder, property, stated);
    case 'none':
      return 'none, as declared';
    case 'unknown':
      return 'not known to the team, as declared';
    case 'planned':
      return `planned by ${stated.by}`;
    case 'not-applicable':
      return `does not apply: ${stated.because}`;
    case undefined:
      return presenceOf(holder, property) === 'absent' ? 'none: what is left out of this part does not exist, as declared' : undefined;
  }
}

function valueText(holder: Holder, property: string, stated: Parameters<typeof printed>[2]): string {
  const table = holder.kind === 'system' ? vocabulary.forms.system : vocabulary.kinds[holder.kind]?.properties;
  const held = stated.value;
  switch (table?.[property]?.value.type) {
    case 'text':
    case 'reference':
      return String(held);
    case 'texts':
      return (held as readonly string[]).join('; ');
    case 'names':
    case 'references':
      return (held as readonly string[]).join(', ');
    case 'choice':
      return String(held).replaceAll('_', ' ');
    case 'choices':
      return (held as readonly string[]).join(', ').replaceAll('_', ' ');
    default:
      return printed(holder, property, stated);
  }
}

/** `Data drift monitor`, `Model`: what a component is, in words. */
export const kindText = ({ kind, variant }: Component): string => capital(`${variant === undefined ? '' : `${INITIALS[variant] ?? variant} `}${kind}`.replaceAll('_', ' '));

const INITIALS: Readonly<Record<string, string>> = { llm_api: 'LLM API', api: 'API', waf: 'WAF', dag: 'DAG', ci: 'CI', cd: 'CD', ct: 'CT', cicd: 'CI/CD' };
