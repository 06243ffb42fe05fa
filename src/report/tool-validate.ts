import { SEVERITIES } from '../analysis/finding.ts';
import type { Review } from '../analysis/review.ts';
import { byPlace } from './report-input.ts';
import type { ToolInput } from './tool-answers.ts';
import { at, bounded, count, oneLine } from './tool-text.ts';

const PROBLEMS = 30;
const SYSTEMS = 30;

/** Problems of the text, then for each system its score and what was counted. */
export function answerValidate({ reviews, problems, display }: ToolInput): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const sorted = [...problems].sort((a, b) => Number(b.severity === 'error') - Number(a.severity === 'error') || byPlace(a, b));
  const lines = sorted.slice(0, PROBLEMS).map(({ severity, code, message, span }) => `${at(span, display)} ${severity} [${code}] ${oneLine(message)}`);
  const head = problems.length === 0 ? 'The text has no errors and no warnings.' : `${count(errors, 'error')} and ${count(problems.length - errors, 'warning')} in the text.${errors > 0 ? ' Correct the errors first: what they hide is not reviewed.' : ''}`;
  const more = problems.length > PROBLEMS ? [`${problems.length - PROBLEMS} more; they often follow from the first.`] : [];
  const none = reviews.length === 0 ? ['No system is declared here, so nothing was reviewed. A system starts with: system Name { … }'] : [];
  return bounded({ head: [head, ...lines, ...more, ...none], items: reviews.map((review) => () => systemText(review, display)), most: SYSTEMS, rest: (left) => `${left} more systems: give path.` });
}

function systemText({ system, file, score, findings, accepted, verdicts }: Review, display: ToolInput['display']): string {
  const { assured, potential } = score.index;
  const failures = verdicts.filter(({ verdict }) => verdict === 'failed');
  const counts = [...SEVERITIES].reverse().map((severity) => `${score.counts[severity]} ${severity}`).join(', ');
  const weakest = [...score.categories].filter(({ checks }) => checks > 0).sort((a, b) => a.assured - b.assured)[0];
  return [
    `${system} (${oneLine((display ?? String)(file), 300)}): ${score.headline}. Readiness ${assured === potential ? assured : `${assured} to ${potential}`} of 4, ${score.gapToBar > 0 ? `${score.gapToBar} below the bar of ${score.bar}` : `the bar of ${score.bar} is met`}; ${score.decided} of ${score.applicable} rules decided.`,
    `Findings: ${counts}; ${count(score.contradictions, 'contradiction')}. ${count(score.questions, 'open question')}, ${count(accepted.length, 'accepted risk')}.${weakest ? ` Weakest part: ${weakest.title}, ${weakest.assured}.` : ''}`,
    ...failures.map(({ rule, because = '' }) => `Rule ${rule} could not be run: ${oneLine(because, 200)}. This is a fault of mlarch.`),
    ...(findings.length > 0 ? ['Next: mlarch_findings.'] : score.questions > 0 ? ['Next: mlarch_findings with show=questions.'] : []),
  ].join('\n');
}
