import { monitorReaches } from '../../model/graph/alerts.ts';
import type { Component } from '../../model/architecture.ts';
import { componentsOf, presenceOf, value } from '../../model/statements.ts';
import { deployersOf } from '../deployment/deployers.ts';
import { estimate } from '../estimation/estimate.ts';
import { formatDuration, formatNumber, formatQuantity } from '../format.ts';
import { detectionChains, type DetectionChain } from '../monitoring/detection-chain.ts';
import type { Context } from '../rule.ts';
import { hasFallback, isInProduction, isVendor } from '../serving/services.ts';
import { NOT_DECLARED, type DiligenceAnswer } from './answer.ts';

/** How soon a fall in quality is seen and taken back, at the service where that takes longest. */
export function degradationAnswer(context: Context): DiligenceAnswer {
  const base = { topic: 'degradation', question: 'A fall in quality is seen and taken back' } as const;
  const chains = detectionChains(context);
  if (chains.length === 0) return { ...base, answer: NOT_DECLARED, state: 'not declared' };
  const worst = [...chains].sort((a, b) => gravity(b) - gravity(a))[0] as DetectionChain;
  const { detection, wayBack, tolerance } = worst;
  const seen = !detection ? 'Nothing that watches the answers is declared' : detection.low === 0 && detection.high === undefined ? 'Watched; how soon it speaks is not declared' : `Seen after ${detection.high === undefined ? 'at least ' : ''}${formatDuration(detection.high ?? detection.low)}`;
  const told = detection?.by.kind === 'monitor' && monitorReaches(context.architecture, detection.by as Component<'monitor'>).alerts.length === 0 ? ', but no alert is declared' : '';
  const back = wayBack.rollback?.within ? `taken back within ${formatQuantity(wayBack.rollback.within)}` : wayBack.rollback ? 'taken back, in a time that is not declared' : wayBack.presence === 'absent' ? 'there is no way back' : 'the way back is not declared';
  const drilled = wayBack.rollback?.within && !wayBack.rollback.drilled ? ' (no rehearsal declared)' : '';
  const good = detection?.high !== undefined && detection.high <= tolerance.low && wayBack.rollback?.within !== undefined && told === '';
  return { ...base, answer: `${seen}${told}; ${back}${drilled}.`, state: good ? 'answered' : !detection && !wayBack.rollback ? 'not declared' : 'weak' };
}

const gravity = ({ detection, wayBack }: DetectionChain): number => (detection ? detection.low : Number.MAX_VALUE / 4) + (wayBack.rollback?.within?.high ?? Number.MAX_VALUE / 4);

/** What a thousand answers cost, beside what they earn where that is declared. */
export function economicsAnswer(context: Context): DiligenceAnswer {
  const base = { topic: 'economics', question: 'Cost of an answer' } as const;
  const { cost } = estimate(context, [1]);
  const { unit, total } = cost;
  const revenue = value(context.architecture.system, 'revenue');
  const earned = revenue ? `; the system earns or saves ${formatQuantity(revenue)}, as declared` : '; what it earns is not declared';
  if (!unit || !(total.value > 0)) return { ...base, answer: total.value > 0 ? `Not known for one answer: the mean traffic is not declared${earned}.` : NOT_DECLARED, state: 'not declared' };
  const money = (amount: number): string => formatNumber(Number(amount.toPrecision(2)));
  const whole = unit.bound ? ` of what is known${cost.leftOut.length > 0 ? `; ${formatNumber(cost.leftOut.length)} parts declare no cost` : ''}` : '';
  return { ...base, answer: `${unit.bound ? 'At least ' : 'About '}${money(unit.perThousand)} ${unit.currency} for 1,000 answers (${total.provenance})${whole}${earned}.`, state: unit.bound || !revenue ? 'weak' : 'answered' };
}

/** Models and interfaces of other companies, and what happens when one is gone. */
export function vendorAnswer({ architecture }: Context): DiligenceAnswer {
  const base = { topic: 'vendors', question: 'Dependence on vendors' } as const;
  const interfaces = componentsOf(architecture, 'service').filter((service) => service.variant === 'llm_api' && isInProduction(architecture, service));
  const models = componentsOf(architecture, 'model').filter(isVendor);
  if (interfaces.length + models.length === 0) {
    const declared = componentsOf(architecture, 'model').length > 0;
    return { ...base, answer: declared ? 'No model of a vendor is declared.' : NOT_DECLARED, state: declared ? 'answered' : 'not declared' };
  }
  const count = Math.max(interfaces.length, models.length);
  const alone = interfaces.filter((service) => !hasFallback(architecture, service));
  const pinned = models.filter((model) => value(model, 'version') !== undefined && value(model, 'auto_upgrade') !== true).length;
  const stand = interfaces.length === 0 ? 'what would stand in is not declared' : alone.length === 0 ? 'each has something that stands in' : `${formatNumber(alone.length)} without anything declared to stand in`;
  return { ...base, answer: `${formatNumber(count)} ${count === 1 ? 'model or interface' : 'models or interfaces'} of vendors; ${stand}; version fixed for ${formatNumber(pinned)} of ${formatNumber(models.length)}.`, state: alone.length === 0 && interfaces.length > 0 && pinned === models.length ? 'answered' : 'weak' };
}

/** How many people can bring a version to production and take it back; the least that any part says. */
export function keyPersonAnswer({ architecture }: Context): DiligenceAnswer {
  const base = { topic: 'key person', question: 'Dependence on single people' } as const;
  const counts = deployersOf(architecture).map(({ count }) => count);
  const least = counts.sort((a, b) => a.low - b.low)[0];
  const read = componentsOf(architecture, 'runbook').some((runbook) => presenceOf(runbook, 'file') === 'present');
  const written = read ? 'a runbook is named' : 'no runbook is named';
  if (!least) return { ...base, answer: `Who can deploy is not declared; ${written}.`, state: 'not declared' };
  if (least.high <= 1) return { ...base, answer: `One person alone can deploy; ${written}.`, state: 'weak' };
  return { ...base, answer: `${formatNumber(least.low)} people can deploy, as declared; ${written}.`, state: read ? 'answered' : 'weak' };
}
