/**
 * Expected outcomes, marked in a fixture directly above the line where they are shown:
 *   //! ML09.3 high gap "piece of the message"     a finding
 *   //? ML09.5                                      a question
 * and anywhere:
 *   //+ ML09.1                                      the rule is satisfied
 *   //- ML09.6 "piece of the reason"                the rule does not apply
 */
export interface Expectation {
  readonly mark: '!' | '?' | '+' | '-';
  readonly rule: string;
  readonly severity?: string;
  readonly type?: string;
  readonly text?: string;
  /** Zero-based line that a finding or question is shown on. */
  readonly line: number;
}

const MARK = /^\s*\/\/([!?+-])\s+(\S+)(?:\s+(low|medium|high|critical))?(?:\s+(contradiction|gap|weak|advisory))?(?:\s+"(.*)")?\s*$/;

/** Throws on a mark that cannot be read: a malformed expectation must not pass. */
export function expectationsOf(text: string): Expectation[] {
  const lines = text.split('\n');
  return lines.flatMap((content, index) => {
    if (!/^\s*\/\/[!?+-]/.test(content)) return [];
    const match = MARK.exec(content);
    if (!match) throw new Error(`Line ${index + 1}: cannot read the mark ${content.trim()}`);
    const [, mark, rule, severity, type, message] = match;
    let line = index + 1;
    while (/^\s*\/\//.test(lines[line] ?? '')) line += 1;
    return [{ mark: mark as Expectation['mark'], rule: rule ?? '', severity, type, text: message, line }];
  });
}
