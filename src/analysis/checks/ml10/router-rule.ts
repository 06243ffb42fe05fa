import type { Component } from '../../../model/architecture.ts';
import { callsOf, isFallback } from '../../../model/graph/calls.ts';
import { exactly } from '../../../model/quantity.ts';
import { isKindAbsent, statementOf, value } from '../../../model/statements.ts';
import { releasesOf, strategyOf, type Release } from '../../deployment/releases.ts';
import { evidenceOf } from '../../presence.ts';
import { contradiction, notApplicable, question, satisfied, type Context, type FindingDetails, type Outcome, type Rule } from '../../rule.ts';
import { platformOf } from '../../serving/platform.ts';
import { gatewaysBefore, insertRouter, mayDivide } from '../../serving/routing.ts';
import { wayTo, type Service } from '../../serving/services.ts';
import { technologyOf } from '../../technology.ts';

type Divider = Component<'rollout' | 'experiment'>;

/** Strategies that give a part of the requests to another version; switches in the code need no router. */
const DIVIDING: ReadonlySet<string> = new Set(['canary', 'gradual', 'ab_test']);

export const somethingDivides: Rule = {
  id: 'ML10.2',
  slug: 'something-divides-traffic',
  title: 'A canary or comparison has something that divides traffic between versions',
  type: 'contradiction',
  severity: 'high',
  why: 'A part of the traffic can only go to a new version if something between consumers and versions sends it there.',
  remediation: 'Put a router in front of the versions, or use the traffic splitting of the platform.',
  effort: 'M',
  falsePositives: 'A mesh, a balancer or the platform divides traffic and is not in the file: declare it as a gateway with `splits yes`.',
  *evaluate(context) {
    const seen = new Set<string>();
    for (const release of releasesOf(context.architecture)) {
      for (const divider of [...release.rollouts.filter((rollout) => DIVIDING.has(strategyOf(rollout)?.kind ?? '')), ...release.experiments] as Divider[]) {
        if (seen.has(divider.name)) continue;
        seen.add(divider.name);
        yield judge(context, divider, release);
      }
    }
    if (seen.size === 0) yield notApplicable('Neither a canary nor a comparison of versions is declared.');
  },
};

function judge({ architecture }: Context, divider: Divider, { service }: Release): Outcome {
  if (service.variant === 'batch' || service.variant === 'streaming') return notApplicable(`${service.name} answers no requests that could be divided.`, divider);
  if (service.variant === 'edge') return notApplicable(`${service.name} runs on devices, which get new versions one by one.`, divider);
  const details = (): Omit<FindingDetails, 'message'> => ({ path: wayTo(architecture, service.name), changes: insertRouter(architecture, service), impact: 'Versions that can be compared on real traffic' });
  const versions = value(service, 'versions');
  if (versions && versions.high < 2) {
    const changes = [{ op: 'set', subject: service.name, property: 'versions', value: exactly(2, '1') } as const];
    return contradiction(divider, { ...details(), message: `${divider.name} compares versions of ${service.name}, which serves only one at a time.`, changes });
  }
  const routedBy = divider.kind === 'experiment' ? architecture.components.get(value(divider as Component<'experiment'>, 'routed_by') ?? '') : undefined;
  const gateways = routedBy?.kind === 'gateway' ? [routedBy as Component<'gateway'>] : gatewaysBefore(architecture, service);
  const router = gateways.find((gateway) => mayDivide(architecture, gateway) === true);
  if (router) return satisfied(divider, { because: `${router.name} divides the traffic`, evidence: evidenceOf(statementOf(router, 'splits')) });
  const by = dividedElsewhere(architecture, divider, service);
  if (by) return satisfied(divider, { because: by });
  const unclear = gateways.find((gateway) => mayDivide(architecture, gateway) === undefined);
  if (unclear) return question(unclear, 'splits', `Does ${unclear.name} divide traffic between versions of ${service.name}, as ${divider.name} needs? Declare \`splits\`.`);
  const calls = (callsOf(architecture).to.get(service.name) ?? []).filter((call) => !isFallback(call));
  const direct = calls.length > 0 && calls.every((call) => ['consumer', 'gateway'].includes(architecture.components.get(call.caller)?.kind ?? ''));
  const platform = platformOf(architecture, service);
  const cannot = platform?.facts.cannot?.includes('traffic_splitting') ?? false;
  const says = `${divider.name} gives a part of the traffic of ${service.name} to another version`;
  if (gateways[0] && direct) return contradiction(divider, { ...details(), changes: [{ op: 'set', subject: gateways[0].name, property: 'splits', value: true }], message: `${says}, but ${gateways[0].name} in front of it does not divide traffic.` });
  if (direct && cannot) return contradiction(divider, { ...details(), message: `${says}, but nothing stands between it and its callers, and ${platform?.title} cannot divide traffic.` });
  if (direct && isKindAbsent(architecture, 'gateway')) return contradiction(divider, { ...details(), message: `${says}, but there is no gateway between it and its callers.` });
  return question(divider, undefined, `What divides the traffic between versions of ${service.name} for ${divider.name}? Declare a gateway with \`splits yes\`, or the platform that does it.`);
}

/** Something other than a gateway that divides traffic: the platform, the tool of the rollout, or flows with shares. */
function dividedElsewhere(architecture: Context['architecture'], divider: Divider, service: Service): string | undefined {
  const platform = platformOf(architecture, service);
  if (platform?.facts.can?.includes('traffic_splitting')) return `${platform.title} divides the traffic`;
  const tool = technologyOf(architecture, divider);
  if (tool?.can?.some((capability) => ['traffic_splitting', 'ab_test', 'feature_flags'].includes(capability))) return `${tool.title ?? value(divider, 'technology') ?? ''} divides the traffic`;
  const shared = (callsOf(architecture).to.get(service.name) ?? []).some((call) => call.edge.flow && value(call.edge.flow, 'share') !== undefined);
  return shared ? 'the flows say which share goes where' : undefined;
}
