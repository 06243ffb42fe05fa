import type { BesideBill } from '../analysis/estimation/beside-bill.ts';
import type { BudgetStanding } from '../analysis/estimation/budget-gap.ts';
import type { PublishedBand } from '../analysis/estimation/cost/published-bands.ts';
import type { CostNode, CostTotal } from '../analysis/estimation/cost/tree.ts';
import type { MonitoringCost } from '../analysis/estimation/monitoring-cost.ts';
import type { ObjectiveCost } from '../analysis/estimation/objective-cost.ts';
import type { PlatformStanding } from '../analysis/estimation/platform-cost.ts';
import type { RetrainingCost } from '../analysis/estimation/retraining-cost.ts';
import type { ServingAlternatives } from '../analysis/estimation/serving-alternatives.ts';

/** What stands beside a bill, for programs. What has no end, such as a break-even that is never reached, is left out. */
export function besideBillJson({ budgets, objectives, alternatives, platform, monitoring, retraining }: BesideBill): object {
  return {
    budgets: budgets.map(budgetJson),
    objectives: objectives.map(objectiveJson),
    alternatives: alternatives.map(alternativesJson),
    ...(platform && { platform: platformJson(platform) }),
    monitoring: monitoringJson(monitoring),
    retraining: retraining.map(retrainingJson),
  };
}

const amount = ({ value, low, high, currency, provenance, bound }: CostTotal): object => ({ value, low, high, unit: `${currency}/month`, provenance, ...(bound && { bound }) });

const published = ({ id, what, low, high, unit, caution }: PublishedBand): object => ({ source: id, what, low, high, unit, provenance: 'published', ...(caution !== undefined && { caution }) });

const finite = <K extends string>(name: K, value: number | undefined): Partial<Record<K, number>> => (value !== undefined && Number.isFinite(value) ? ({ [name]: value } as Record<K, number>) : {});

function budgetJson({ holder, budget, currency, bill, gap, unknown, multiple, exhaustion, date, growth, assumptions }: BudgetStanding): object {
  return {
    holder,
    budget: { value: budget.high, low: budget.low, high: budget.high, unit: budget.unit, provenance: 'measured' },
    ...(gap && { bill: amount(bill), gap: { value: gap.gap, low: gap.low, high: gap.high, unit: `${currency}/month`, provenance: bill.provenance, ...(gap.bound && { bound: gap.bound }) }, chanceBeyond: gap.chanceBeyond, verdict: gap.verdict }),
    ...(unknown !== undefined && { unknown }),
    ...(multiple !== undefined && { multiple }),
    ...(exhaustion && { exhaustion: exhaustion.when === 'later' ? { when: 'later', months: exhaustion.months, multiple: exhaustion.multiple, ...(date !== undefined && { date }) } : { when: exhaustion.when } }),
    growth,
    assumptions,
  };
}

function objectiveJson({ from, to, objective, verdict, replicas, cost, unknown, assumptions }: ObjectiveCost): object {
  return {
    from,
    to,
    objective: { holder: objective.holder, percentile: objective.percentile, seconds: objective.limit.high },
    verdict,
    replicas,
    ...(cost && { more: { value: cost.more, unit: `${cost.currency}/month` }, ...finite('times', cost.times), uncertain: cost.uncertain }),
    ...(unknown !== undefined && { unknown }),
    assumptions,
  };
}

function alternativesJson({ service, today, comparison, unknown, missing, breakEven, assumptions }: ServingAlternatives): object {
  return {
    service,
    today,
    ...(comparison && {
      options: comparison.options.map(({ name, total, unit, feasible, obstacles, open, timesCheapest }) => ({
        name,
        ...(total.value > 0 && { total: amount(total) }),
        ...(unit && total.value > 0 && { perThousand: { value: unit.perThousand, low: unit.low * 1000, high: unit.high * 1000, unit: `${unit.currency}/kreq`, provenance: total.provenance, ...(unit.bound && { bound: unit.bound }) } }),
        feasible,
        obstacles,
        open,
        ...finite('timesCheapest', timesCheapest),
      })),
      ...(comparison.cheapest !== undefined && { cheapest: comparison.cheapest }),
      mayBeCheaper: comparison.mayBeCheaper,
    }),
    ...(unknown !== undefined && { unknown }),
    missing,
    ...(breakEven && {
      breakEven: {
        model: breakEven.model,
        instance: breakEven.instance,
        verdict: breakEven.verdict,
        ...finite('tokensPerMonth', breakEven.tokensPerMonth),
        ...finite('alwaysFrom', breakEven.alwaysFrom),
        tokensNow: breakEven.tokensNow,
        requiredUtilisation: breakEven.requiredUtilisation,
        feasibleUtilisation: breakEven.feasibleUtilisation,
      },
    }),
    assumptions,
  };
}

const platformJson = ({ verdict, because, facts, votes, provenance, billAtLeast, published: band }: PlatformStanding): object => ({ verdict, ...(because && { because }), facts, billAtLeast, provenance, votes, breakEven: published(band) });

function monitoringJson({ monitors, sampling, logs, published: band }: MonitoringCost): object {
  return {
    monitors,
    sampling: sampling.map(({ monitor, counted, rows, need, unknown }) => ({ monitor, ...(counted !== undefined && { counted }), ...(rows !== undefined && { rows }), ...(need && { share: need.share, enough: need.enough, shortestWindow: { value: need.shortestWindowSeconds, unit: 's' } }), ...(unknown !== undefined && { unknown }) })),
    logs: logs.map(({ service, store, full, sampled, assumptions }) => ({ service, store, full: leafJson(full), ...(sampled && { sampled: { share: sampled.share, ...leafJson(sampled.cost) } }), assumptions })),
    published: published(band),
  };
}

function leafJson(node: CostNode): object {
  if (node.kind === 'leaf') return { cost: { value: node.value, low: node.low, high: node.high, unit: `${node.currency}/month`, provenance: node.provenance, formula: node.formula } };
  return node.kind === 'unknown' ? { unknown: node.reason, settledBy: node.settledBy } : {};
}

function retrainingJson({ training, way, runsPerYear, billed, published: band, publishedPerYear, useCase, breakEven, unknown }: RetrainingCost): object {
  return {
    training,
    way,
    ...finite('runsPerYear', runsPerYear),
    ...(billed && { billed: { value: billed.perYear, unit: `${billed.currency}/year` } }),
    ...(band && { perRun: published(band) }),
    ...(publishedPerYear && { perYear: { ...publishedPerYear, unit: 'USD/year', provenance: 'published' } }),
    ...(useCase && { useCase: published(useCase) }),
    ...(breakEven && { breakEven: { ...finite('runs', breakEven.runs), ...finite('best', breakEven.best), ...finite('worst', breakEven.worst), ...finite('months', breakEven.months), build: published(breakEven.build) } }),
    ...(unknown !== undefined && { unknown }),
  };
}
