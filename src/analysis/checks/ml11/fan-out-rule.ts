import type { Flow } from '../../../model/architecture.ts';
import { callsOf } from '../../../model/graph/calls.ts';
import { presenceOf, value } from '../../../model/statements.ts';
import { formatNumber, formatQuantity, formatShare } from '../../format.ts';
import { notApplicable, question, satisfied, weak, type Rule } from '../../rule.ts';

export const fanOutIsTamed: Rule = {
  id: 'ML11.5',
  slug: 'fan-out-is-tamed',
  title: 'A request that makes many calls at once does not wait for the slowest',
  type: 'weak',
  severity: 'medium',
  why: 'The slowest of many parallel calls decides, so what is rare for one call is common for the request.',
  remediation: 'Send slow calls a second time, or answer from those parts that came in time.',
  effort: 'M',
  falsePositives: 'The calls go out in one batch to one place: declare no `fan_out`.',
  *evaluate({ architecture, settings }) {
    let wide = 0;
    for (const call of callsOf(architecture).calls) {
      const flow = call.edge.flow;
      const calls = flow && value(flow, 'fan_out');
      if (!flow || !calls || calls.low < settings.thresholds.fanOut) continue;
      wide += 1;
      if (value(flow, 'hedged') === true || value(flow, 'partial') === true) {
        yield satisfied(flow, { because: value(flow, 'hedged') === true ? 'slow calls are sent a second time' : 'an answer is given from what came in time' });
        continue;
      }
      const within = { low: 0.99 ** calls.high, high: 0.99 ** calls.low, unit: '1' };
      const numbers = `${call.caller} makes ${formatQuantity(calls)} calls to ${call.callee} for one request, so only ${formatShare(within)} of the requests meet no call beyond its p99`;
      if (isOpen(flow)) {
        yield question(flow, 'hedged', `${numbers}. Are slow calls sent again, or left out of the answer? Declare \`hedged\` or \`partial\`.`);
        continue;
      }
      yield weak(flow, {
        at: 'fan_out',
        message: `${numbers}, and it waits for all of them.`,
        why: `A p99 of one call is what ${formatShare({ low: 1 - within.high, high: 1 - within.low, unit: '1' })} of the requests feel.`,
        path: [{ component: call.caller, span: flow.span, note: `${formatQuantity(calls)} calls` }, { component: call.callee, span: flow.span }],
        changes: [{ op: 'set-flow', from: flow.from, to: flow.to, property: 'hedged', value: true }],
        impact: 'A tail that does not grow with the number of calls',
      });
    }
    if (wide === 0) yield notApplicable(`No call that is waited for goes out ${formatNumber(settings.thresholds.fanOut)} times or more for one request.`);
  },
};

const isOpen = (flow: Flow): boolean => [presenceOf(flow, 'hedged'), presenceOf(flow, 'partial')].some((presence) => presence === 'undeclared' || presence === 'unknown' || presence === 'planned');
