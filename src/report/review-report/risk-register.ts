import { detectabilityWord, likelihoodWord } from '../../analysis/roadmap/words.ts';
import { riskRegister, type RegisteredRisk } from '../../analysis/themes/register.ts';
import type { Inline, Section } from '../document/block.ts';
import { findingTitle } from './finding-title.ts';
import type { ReportSubject } from './subject.ts';
import { code, findingLink, paragraph, severityMark, tableOr } from './words.ts';

/** Every risk with its cause, event and consequence, and what becomes of it: to be kept by whoever manages risks. */
export function riskRegisterSection(subject: ReportSubject): Section {
  const { context, review, redact } = subject;
  const rows = riskRegister(context, review, subject.roadmap, subject.declared.map(({ state }) => state)).map((risk): Inline[][] => [
    [code(risk.id)],
    [...chain(risk, redact)],
    [severityMark(risk.severity), ` ${likelihoodWord(risk.likelihood)}; ${detectabilityWord(risk.detectability, context.settings.roadmap)}`],
    [risk.response, ...(risk.action ? [`: ${risk.action.action.title}`] : []), ...(risk.accepted && !redact ? [`: ${risk.accepted.because}`] : [])],
    [...(redact ? [] : [`${risk.owner ?? 'nobody named'}; `]), risk.due ?? (risk.response === 'accept' ? 'no day' : 'after 90 days')],
    [`${risk.status}; left: ${risk.residual}`],
  ]);
  return {
    id: 'risk-register',
    title: 'Risk register',
    startsPage: true,
    blocks: [
      paragraph('A line for each critical or high finding, for the rest of each theme, and for each risk that somebody has accepted. Ids stay the same from review to review. Nothing in a file says that a risk is transferred, so no line does.'),
      tableOr([{ title: 'Id', width: 1.5 }, { title: 'Cause, event, consequence', width: 4 }, { title: 'Severity, likelihood, how it shows', width: 1.6 }, { title: 'Response', width: 3 }, { title: redact ? 'Due' : 'Owner, due', width: 1.4 }, { title: 'Status', width: 1.6 }], rows, 'No finding is open and none is accepted.'),
    ],
  };
}

const MOST_LINKS = 6;

function chain({ theme, findings, accepted }: RegisteredRisk, redact: boolean): Inline[] {
  const [only] = findings;
  // What is accepted has no place among the findings to link to.
  const cause: Inline[] = only && findings.length === 1
    ? [redact ? `Not so: ${findingTitle(only)}.` : only.message, ...(accepted ? [] : [' (', findingLink(only), ')'])]
    : findings.slice(0, MOST_LINKS).flatMap((finding, index): Inline[] => [...(index > 0 ? [', '] : []), findingLink(finding)]).concat(findings.length > MOST_LINKS ? [` and ${findings.length - MOST_LINKS} more`] : []);
  return theme ? [...cause, ` → ${theme.event} → ${theme.consequence}. (${theme.title})`] : cause;
}
