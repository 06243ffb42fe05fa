import type { Architecture, Component } from '../../../model/architecture.ts';
import { among, PERSONAL, type DataClass } from '../../../model/graph/data-classes.ts';
import { regionCrossings, regionOf, type RegionCrossing } from '../../../model/graph/data-reach.ts';
import type { Edge } from '../../../model/graph/edges.ts';
import { taintOf } from '../../../model/graph/taint.ts';
import { value } from '../../../model/statements.ts';
import { hopsOf } from '../../hops.ts';
import { contradiction, notApplicable, question, satisfied, type Criterion, type Outcome } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';
import { classesOf, dutiesOf } from './policies.ts';

export const residencyKept: Criterion = {
  id: 'DG-07',
  slug: 'data-stays-in-its-region',
  title: 'Data that must stay in a region does not leave it',
  type: 'contradiction',
  severity: 'high',
  sources: ['GDPR Article 44', 'AWS ML Lens (2023) MLSEC-05', 'ISO/IEC 42001 A.7.2'],
  why: 'Where data lies decides whose law it is under; a copy that was sent elsewhere cannot be taken back.',
  remediation: 'Keep the data in an allowed region, or remove what is restricted before it leaves.',
  effort: 'L',
  falsePositives: 'The region may be allowed by a decision or by contract: add it to `regions` of the duty.',
  pack: 'governance',
  counts: 'at every stage',
  applies: () => true,
  *evaluate({ architecture }) {
    const duties = dutiesOf(architecture, 'residency').filter((duty) => (value(duty, 'regions') ?? []).length > 0);
    if (duties.length === 0) return yield* unruled(architecture);
    for (const duty of duties) {
      const away = outsideOf(architecture, duty);
      yield* away.map((place) => left(duty, place));
      if (away.length === 0) yield satisfied(duty, { because: `nothing of it is declared outside ${listed(value(duty, 'regions') ?? [])}` });
    }
  },
};

/** Without a rule a crossing of personal data is worth a question, where what is crossed is really another part of the world. */
function* unruled(architecture: Architecture): Iterable<Outcome> {
  const far = regionCrossings(architecture).filter(({ from, to, classes }) => among(classes.keys(), PERSONAL).length > 0 && (from === undefined || to === undefined || areaOf(from) !== areaOf(to)));
  const [first] = far;
  if (!first) return yield notApplicable('No personal data is declared to leave its part of the world.');
  yield question(architecture.system, undefined, `May ${listed(among(first.classes.keys(), PERSONAL))} go ${inWords(first)}? Declare a \`compliance\` with \`duty residency\` and its \`regions\`.`);
}

const inWords = ({ edge, from, to }: RegionCrossing): string => `from ${edge.from}${from === undefined ? '' : ` (${from})`} to ${edge.to}${to === undefined ? '' : ` (${to})`}`;

/** The first word of a region: eu of eu-west-1, europe of europe-west3. */
const areaOf = (region: string): string => region.toLowerCase().split(/[-_ ]/)[0] ?? '';

interface Away {
  readonly component: Component;
  readonly region: string;
  readonly classes: readonly DataClass[];
  readonly path: readonly Edge[];
}

/** Where restricted data first gets to a region that is not allowed. What lies behind that in the same region is not told again. */
function outsideOf(architecture: Architecture, duty: Component<'compliance'>): Away[] {
  const restricted = new Set(classesOf(duty) ?? PERSONAL);
  const allowed = value(duty, 'regions') ?? [];
  const covers = value(duty, 'covers');
  const isAway = (name: string): boolean => {
    const region = regionOf(architecture, name);
    return region !== undefined && !isAllowed(region, allowed);
  };
  return [...architecture.components.values()].flatMap((component): Away[] => {
    // Who asks is where they are; only what is stored or worked on is sent there by somebody.
    if (component.kind === 'consumer' || component.kind === 'source' || !isAway(component.name)) return [];
    const reaching = taintOf(architecture, component.name);
    const classes = [...reaching].filter(([name, path]) => restricted.has(name) && !path.slice(0, -1).some((edge) => edge.to !== component.name && isAway(edge.to)) && (!covers || covers.includes(component.name) || path.some((edge) => covers.includes(edge.from))));
    const [first] = classes;
    return first ? [{ component, region: regionOf(architecture, component.name) ?? '', classes: classes.map(([name]) => name), path: first[1] }] : [];
  });
}

/** `eu` allows `eu-west-1`; `eu-*` does too. */
const isAllowed = (region: string, allowed: readonly string[]): boolean =>
  allowed.some((entry) => {
    const prefix = entry.toLowerCase().replace(/[-_ ]?\*$/, '');
    const name = region.toLowerCase();
    return name === prefix || (name.startsWith(prefix) && (entry.endsWith('*') || /^[-_ ]/.test(name.slice(prefix.length))));
  });

function left(duty: Component<'compliance'>, { component, region, classes, path }: Away): Outcome {
  const [origin, last] = [path[0]?.from, path.at(-1)];
  return contradiction(component, {
    about: duty.name,
    at: value(component, 'region') === undefined ? undefined : 'region',
    message: `${listed(classes)}${origin === undefined || origin === component.name ? '' : ` of ${origin}`} ${classes.length === 1 ? 'gets' : 'get'} to ${component.name} in ${region}, and ${duty.name} allows ${listed(value(duty, 'regions') ?? [])} only.`,
    path: hopsOf(path),
    changes: last?.flow ? [{ op: 'set-flow', from: last.flow.from, to: last.flow.to, property: 'masks', value: [...new Set([...(value(last.flow, 'masks') ?? []), ...classes])] }] : [],
    remedy: `Keep ${component.name} in an allowed region, or remove ${listed(classes)} before it gets there.`,
    impact: 'Data is under the law that was promised',
  });
}
