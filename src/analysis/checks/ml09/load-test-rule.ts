import { presenceOf, statementOf, value } from '../../../model/statements.ts';
import { formatQuantity } from '../../format.ts';
import { evidenceOf, judgePresence } from '../../presence.ts';
import { notApplicable, question, satisfied, weak, type Context, type Outcome, type Rule, type FindingDetails } from '../../rule.ts';
import { loadOf } from '../../serving/load.ts';
import { isOnlySpare, ownServices, type Service } from '../../serving/services.ts';
import { isVital } from '../../training/standing-facts.ts';

/** Expected rate below which no test is needed: a request a second. */
const IDLE_RATE = 1;

export const loadTested: Rule = {
  id: 'ML09.5',
  slug: 'load-tested',
  title: 'A load test covers the expected peak and the present architecture',
  type: 'gap',
  severity: 'medium',
  why: 'Nobody knows where a service breaks until it was made to break; locks, pools and caches do not show in a calculation.',
  remediation: 'Load the service in a copy of production up to the expected peak, record p50, p95 and p99, and repeat it with each change of the architecture.',
  effort: 'S',
  falsePositives: 'It was tested but not written down: declare `load_test` with the rate and the date.',
  *evaluate(context) {
    for (const service of ownServices(context.architecture)) yield judge(context, service);
  },
};

function judge(context: Context, service: Service): Outcome {
  const { architecture } = context;
  const load = loadOf(context, service.name);
  const severity = isVital(architecture) ? ('high' as const) : ('medium' as const);
  if (load && load.unknown.length === 0 && load.expected.high < IDLE_RATE) return notApplicable(`${service.name} needs ${formatQuantity(load.expected)} for ${load.reason}: too little to be worth a load test.`, service);
  if (isOnlySpare(architecture, service)) return notApplicable(`${service.name} answers only when another way fails.`, service);
  const need = load ? ` For ${load.reason} it must take ${formatQuantity(load.expected)}.` : '';
  const stated = statementOf(service, 'load_test');
  if (presenceOf(service, 'load_test') !== 'present') {
    return judgePresence(service, 'load_test', {
      ask: `At which rate was ${service.name} last tested under load?${need} Declare \`load_test\` with the rate and the date.`,
      missing: { severity, message: `${service.name} was never tested under load.${need}`, why: load ? `Whether ${service.name} holds ${formatQuantity(load.expected)} will first be seen in production.` : undefined },
    });
  }
  const test = value(service, 'load_test');
  const changed = value(architecture.system, 'changed');
  const found = (message: string, why: string): Outcome => weak(service, { at: 'load_test', severity, message, why } satisfies FindingDetails);
  if (test?.kind === 'single_request') return found(`The only test of ${service.name} sends one request at a time, so it shows no capacity.${need}`, 'Queues, locks and pools only show under load; a single request always finds an idle service.');
  if (test?.on !== undefined && changed !== undefined && test.on < changed) {
    return found(`The load test of ${service.name} is of ${test.on}, before the architecture changed on ${changed}.`, 'The figures are those of a system that no longer runs.');
  }
  if (!test?.at) return question(service, 'load_test', `At which rate was ${service.name} tested?${need} Add \`at\` to \`load_test\`.`);
  if (!load) return notApplicable(`The peak of ${service.name} is not known, so ${formatQuantity(test.at)} cannot be judged.`, service);
  if (test.at.high < load.expected.low && !load.divided) {
    const today = test.at.high < load.peak.low ? `, less than today’s peak of ${formatQuantity(load.peak)}` : '';
    return found(`${service.name} was tested at ${formatQuantity(test.at)}${today}; ${load.reason} is ${formatQuantity(load.expected)}.`, 'What happens beyond the tested rate is a guess.');
  }
  return satisfied(service, { because: `tested at ${formatQuantity(test.at)}${test.on ? ` on ${test.on}` : ''}`, evidence: evidenceOf(stated) });
}
