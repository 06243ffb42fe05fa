import { plus } from '../../../model/graph/interval.ts';
import { quickestDetection, quickestRollback, recoveryTargetOf } from '../../checks/ml20/recovery-rule.ts';
import { wayBackOf } from '../../deployment/way-back.ts';
import type { Release } from '../../deployment/releases.ts';
import { formatDuration, formatNumber, formatQuantity } from '../../format.ts';
import { isMonitoringClosed } from '../../monitoring/absence.ts';
import { hasFallback, type Service } from '../../serving/services.ts';
import { judgedBy, type Facts } from '../facts.ts';
import { every, met, missing, open, some, stated, within, type Judgement } from '../judgement.ts';
import { rowOf, type RubricRow } from './row.ts';

const NO_SERVICE = open('no service in production that answers with a model is declared');

/** Rows about what happens when something fails. */
export const recoveryRows = (facts: Facts): RubricRow[] => [fallbackRow(facts), rollbackRow(facts), targetRow(facts)];

const drilled = (facts: Facts): Judgement => (facts.releases.length === 0 ? NO_SERVICE : judgedBy(facts, 'ML19.6'));

function fallbackRow(facts: Facts): RubricRow {
  const { architecture, releases } = facts;
  const services = releases.map(({ service }) => service);
  const all = (judge: (service: Service) => Judgement): Judgement => every(services.map(judge), NO_SERVICE);
  const falls = (service: Service): Judgement => (hasFallback(architecture, service) ? met(`something else answers when ${service.name} cannot`, service.name) : stated(service, 'fallback', 'a fallback'));
  const off = (service: Service): Judgement => some([stated(service, 'kill_switch', 'a kill switch'), stated(service, 'human_override', 'a human override')], NO_SERVICE);
  const covered = services.filter((service) => falls(service).state === 'met').length;
  return rowOf({
    id: 'fallback',
    axis: 'reliability',
    title: 'Failover and fallback',
    levels: ['Nothing stands in, and nothing can be turned off', 'It can be turned off or overruled, or something stands in', 'Something stands in for every service', 'Something stands in, and it can be turned off or overruled', 'That, and going back was practised within half a year'],
    steps: [all((service) => some([falls(service), off(service)], NO_SERVICE)), all(falls), all(off), drilled(facts)],
    figure: services.length === 0 ? '' : `${formatNumber(covered)} of ${formatNumber(services.length)} services ${covered === 1 ? 'declares' : 'declare'} a fallback`,
    shownBy: ['ML20.4', 'ML19.6', '`fallback`', '`kill_switch`', '`human_override`'],
  });
}

const HOUR = 3600;
const FIVE_MINUTES = 300;

function rollbackRow(facts: Facts): RubricRow {
  const { architecture, releases, context } = facts;
  const limit = context.settings.thresholds.rollbackSeconds;
  const all = (judge: (release: Release) => Judgement): Judgement => every(releases.map(judge), NO_SERVICE);
  const lost = new Set([...facts.review.findings, ...facts.review.accepted.map(({ finding }) => finding)].filter(({ rule, type }) => rule === 'ML10.1' && type === 'contradiction').map(({ component }) => component));
  const exists = (release: Release): Judgement => {
    const { bearer, presence } = wayBackOf(architecture, release);
    if (lost.has(`${architecture.system.name}.${release.service.name}`)) return missing(`${release.service.name} has no version to go back to`, release.service.name);
    return presence === 'present' ? met(`${bearer.name} goes back`, bearer.name) : stated(bearer, 'rollback', 'a way back');
  };
  const soon = (seconds: number, automatic = false) => (release: Release): Judgement => {
    const { bearer, rollback } = wayBackOf(architecture, release);
    if (!rollback) return exists(release);
    if (automatic && rollback.kind !== 'automatic') return rollback.kind === undefined ? open(`nobody says whether ${bearer.name} goes back by itself`, bearer.name) : missing(`${bearer.name} does not go back by itself`, bearer.name);
    if (!rollback.within) return open(`nobody says how long going back takes for ${bearer.name}`, bearer.name);
    return { state: within(rollback.within, 'at most', seconds), by: [bearer.name], because: `${bearer.name} is back within ${formatQuantity(rollback.within)}, against ${formatDuration(seconds)}` };
  };
  const known = releases.flatMap((release) => {
    const { rollback } = wayBackOf(architecture, release);
    return rollback?.within ? [`${release.service.name} within ${formatQuantity(rollback.within)}${rollback.kind === undefined ? '' : ` (${rollback.kind})`}`] : [];
  });
  return rowOf({
    id: 'rollback-time',
    axis: 'reliability',
    title: 'Rollback time',
    levels: ['There is no way back', 'There is a way back', 'It takes an hour at most', `It takes ${formatDuration(limit)} at most`, 'It takes five minutes at most, and starts by itself'],
    steps: [all(exists), all(soon(Math.max(HOUR, limit))), all(soon(limit)), all(soon(Math.min(FIVE_MINUTES, limit), true))],
    figure: known.join('; '),
    shownBy: ['ML10.1', 'ML18.8', '`rollback … within`', '`keeps_previous`'],
  });
}

function targetRow(facts: Facts): RubricRow {
  const { architecture, releases } = facts;
  const target = recoveryTargetOf(architecture);
  const declared = target ? met(`service should be back within ${formatQuantity(target.value)}`, target.component) : stated(architecture.system, 'recovery_target', 'a recovery target');
  const all = (judge: (release: Release) => Judgement): Judgement => every(releases.map(judge), NO_SERVICE);
  const times = (release: Release) => [quickestDetection(release), quickestRollback(release)] as const;
  const known = (release: Release): Judgement => {
    const { service } = release;
    const [detection, rollback] = times(release);
    if (detection && rollback) return met(`${detection.component.name} notices, ${rollback.component.name} goes back`, detection.component.name, rollback.component.name);
    if (!rollback && wayBackOf(architecture, release).presence === 'absent') return missing(`${service.name} has no way back`, service.name);
    if (!detection && release.observed.monitors.length === 0 && isMonitoringClosed(facts.context)) return missing(`nothing notices a failure of ${service.name}`, service.name);
    return open(`nobody says ${detection ? `how long going back takes for ${service.name}` : `how soon a failure of ${service.name} is noticed`}`, service.name);
  };
  const fits = (release: Release): Judgement => {
    const [detection, rollback] = times(release);
    if (!target) return declared;
    if (!detection || !rollback) return known(release);
    const sum = plus(detection.time, rollback.time);
    return { state: within(sum, 'at most', target.value.low), by: [detection.component.name, rollback.component.name], because: `noticing and going back take ${formatQuantity(sum)}, against ${formatQuantity(target.value)}` };
  };
  const sums = releases.flatMap((release) => {
    const [detection, rollback] = times(release);
    return detection && rollback ? [`${formatQuantity(plus(detection.time, rollback.time))} for ${release.service.name}`] : [];
  });
  return rowOf({
    id: 'recovery-target',
    axis: 'reliability',
    title: 'Recovery target',
    levels: ['No target', 'A target is declared', 'It is known how long noticing and going back take', 'Both fit within the target', 'That, and going back was practised within half a year'],
    steps: [declared, all(known), all(fits), drilled(facts)],
    figure: [...(target ? [`target ${formatQuantity(target.value)}`] : []), ...sums].join('; '),
    shownBy: ['ML20.5', 'ML19.6', '`recovery_target`', '`every` of monitors'],
  });
}
