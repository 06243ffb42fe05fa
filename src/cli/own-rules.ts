import { checklist, withCustomRules } from '../analysis/checklist.ts';
import type { Check } from '../analysis/rule.ts';

/** The checklist, with the rules that some files declare or import. What reads files is loaded only where there are any. */
export async function checksIn(paths: readonly string[]): Promise<readonly Check[]> {
  if (paths.length === 0) return checklist;
  const [{ readInputs }, { loadFiles }, { Failure }] = await Promise.all([import('./input.ts'), import('./load.ts'), import('./failure.ts')]);
  const { lowered } = loadFiles(await readInputs(paths));
  const errors = lowered.problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Failure('', errors);
  return withCustomRules(checklist, lowered);
}
