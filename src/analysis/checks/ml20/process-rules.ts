import type { Architecture, Component } from '../../../model/architecture.ts';
import { componentsOf, isKindAbsent, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { isKindUnknown } from '../../monitoring/absence.ts';
import { freeName } from '../../monitoring/drafts.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, notApplicable, question, satisfied, weak, type FindingDetails, type Outcome, type Rule } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';
import { formatQuantity } from '../../format.ts';
import { applicableClasses, ML_CLASSES, wordsOf } from './classes.ts';

type Process = Component<'incidents'>;

/** Whether the file says that there is no incident process. */
export const hasNoProcess = (architecture: Architecture): boolean => presenceOf(architecture.system, 'incident_process') === 'absent' || (isKindAbsent(architecture, 'incidents') && componentsOf(architecture, 'incidents').length === 0);

export const processKnowsModels: Rule = {
  id: 'ML20.1',
  slug: 'process-knows-models',
  title: 'There is an incident process, and it knows failures that only models have',
  type: 'gap',
  severity: 'high',
  why: 'Handled as a fault of machines, a failing model stays: everything is green, the wrong people are called, and restarting it changes nothing.',
  remediation: 'Add the classes bad data, bad model and bad serving to the incident process, with one page for each.',
  effort: 'S',
  falsePositives: 'The company may have one process for all. Declare it as `incidents` with the classes that it tells apart.',
  *evaluate({ architecture }) {
    const { system } = architecture;
    const processes = componentsOf(architecture, 'incidents');
    for (const process of processes) yield judgeClasses(architecture, process);
    if (processes.length > 0) return;
    const stated = statementOf(system, 'incident_process');
    const missing: FindingDetails = {
      at: stated ? 'incident_process' : undefined,
      span: stated ? undefined : architecture.absences.get('incidents')?.span,
      message: 'There is no incident process: who leads, what kind of failure it is and what to do are found out while it lasts.',
      changes: [
        ...(stated ? [{ op: 'unset' as const, subject: system.name, property: 'incident_process' }] : []),
        { op: 'add-component', component: { kind: 'incidents', name: freeName(architecture, 'IncidentProcess'), properties: { classes: startingClasses(architecture), roles: ['incident_lead', 'model_owner', 'data_owner'] } } },
      ],
    };
    if (stated?.state === 'planned') yield weak(system, { ...missing, message: `There is no incident process yet; it is planned by ${stated.by}.` });
    else if (hasNoProcess(architecture)) yield gap(system, missing);
    else yield { ...question(system, undefined, 'Is there an incident process, and which kinds of failure does it tell apart? Declare `incidents … { classes […] }`, or `incidents none`.'), statedUnknown: stated?.state === 'unknown' || isKindUnknown(architecture, 'incidents') };
  },
};

function judgeClasses(architecture: Architecture, process: Process): Outcome {
  const classes = value(process, 'classes');
  const presence = presenceOf(process, 'classes');
  const known = (classes ?? []).filter((name) => (ML_CLASSES as readonly string[]).includes(name));
  if (known.length > 0) return satisfied(process, { because: `it knows ${listed(known.map(wordsOf))}`, evidence: evidenceOf(statementOf(process, 'classes')) });
  if (classes === undefined && presence !== 'absent') return { ...question(process, 'classes', `Which kinds of failure does ${process.name} tell apart: bad data, a bad model, failing serving?`), statedUnknown: presence === 'unknown' };
  const only = classes?.length ? `tells apart only ${listed(classes.map(wordsOf), 4)}` : 'tells no kinds of failure apart';
  return gap(process, {
    at: statementOf(process, 'classes') ? 'classes' : undefined,
    message: `${process.name} ${only}: a model that answers wrongly is in none of them.`,
    changes: [{ op: 'set', subject: process.name, property: 'classes', value: [...new Set([...(classes ?? []), ...startingClasses(architecture)])] }],
  });
}

/** Bad data, bad model, bad serving, and what else applies here. */
const startingClasses = (architecture: Architecture): string[] => [...new Set(['data_quality', 'model_degradation', 'serving_failure', ...applicableClasses(architecture).filter((name) => name !== 'rollback')])];

const ROLES = ['incident_lead', 'model_owner', 'data_owner'] as const;
const ROLE_WORDS: Readonly<Record<(typeof ROLES)[number], string>> = { incident_lead: 'leads', model_owner: 'answers for the model', data_owner: 'answers for the data' };

export const rolesFilled: Rule = {
  id: 'ML20.2',
  slug: 'roles-filled',
  title: 'It is settled who leads, who answers for the model and who for the data',
  type: 'gap',
  severity: 'medium',
  why: 'The people on call know the machines. Without an owner of model and data nobody may decide to switch the model off.',
  remediation: 'Name an incident lead, an owner of the model and an owner of the data.',
  effort: 'S',
  falsePositives: 'An `owner` on the model or the data counts as well.',
  *evaluate({ architecture }) {
    const { system } = architecture;
    for (const process of componentsOf(architecture, 'incidents')) yield judgeRoles(architecture, process);
    if (presenceOf(system, 'owner') === 'absent') yield gap(system, { about: 'owner', at: 'owner', message: `Nobody answers for ${system.name}.` });
    for (const owned of componentsOf(architecture, 'model', 'service')) {
      if (statementOf(owned, 'owner')?.state === 'none') yield gap(owned, { about: 'owner', at: 'owner', message: `Nobody answers for ${owned.name}.` });
    }
  },
};

function judgeRoles(architecture: Architecture, process: Process): Outcome {
  const roles = value(process, 'roles');
  const presence = presenceOf(process, 'roles');
  if (roles === undefined && presence !== 'absent') return { ...question(process, 'roles', `Who leads in ${process.name}, and who answers for the model and for the data?`), statedUnknown: presence === 'unknown' };
  const lacking = ROLES.filter((role) => !roles?.includes(role) && !isOwned(architecture, role));
  if (lacking.length === 0) return satisfied(process, { evidence: evidenceOf(statementOf(process, 'roles')) });
  return gap(process, {
    about: 'roles',
    at: statementOf(process, 'roles') ? 'roles' : undefined,
    message: `${process.name} does not settle ${listed(lacking.map((role) => `who ${ROLE_WORDS[role]}`))}.`,
    changes: [{ op: 'set', subject: process.name, property: 'roles', value: [...(roles ?? []), ...lacking] }],
  });
}

function isOwned(architecture: Architecture, role: (typeof ROLES)[number]): boolean {
  if (role === 'incident_lead') return false;
  const owned = role === 'model_owner' ? componentsOf(architecture, 'model') : componentsOf(architecture, 'source', 'store');
  return owned.length > 0 && owned.some((component) => value(component, 'owner') !== undefined);
}

/** Days within which a serious incident is reported: in general, and where it is widespread or hits critical infrastructure (EU AI Act, Article 73). */
export const CLOCK = { reports_within: 15, reports_widespread_within: 2 } as const;

export const authoritiesTold: Rule = {
  id: 'ML20.7',
  slug: 'authorities-told-in-time',
  title: 'The incident process of a high-risk system knows when authorities must be told',
  type: 'gap',
  severity: 'high',
  why: 'The EU AI Act gives 15 days from knowing of a serious incident, and 2 days where it is widespread or hits critical infrastructure. The clock runs while the cause is still sought.',
  remediation: 'Write the deadlines into the process, with who reports to which authority.',
  effort: 'S',
  falsePositives: 'Applies to systems of the class high (Annex III). If the class is wrong, declare another `risk_class`.',
  *evaluate({ architecture }) {
    const { system } = architecture;
    if (value(system, 'risk_class') !== 'high') {
      yield notApplicable('Asked of systems that are declared high-risk under the EU AI Act.');
      return;
    }
    const [process] = componentsOf(architecture, 'incidents');
    if (process) yield judgeClock(process);
    else if (hasNoProcess(architecture)) yield gap(system, { at: 'risk_class', message: `${system.name} is a high-risk system, and no process says that authorities must be told of a serious incident within 15 days.`, prerequisites: ['ML20.1'], remedy: 'Set up the incident process, with the deadlines in it.' });
    // Whether there is a process is asked by ML20.1.
  },
};

function judgeClock(process: Process): Outcome {
  const properties = ['reports_within', 'reports_widespread_within'] as const;
  const days = (property: keyof typeof CLOCK) => ({ low: CLOCK[property] * 86_400, high: CLOCK[property] * 86_400, unit: 's' });
  const late = properties.filter((property) => (value(process, property)?.low ?? 0) > CLOCK[property] * 86_400);
  const absent = properties.filter((property) => presenceOf(process, property) === 'absent');
  const wrong = [...late, ...absent];
  if (wrong.length > 0) {
    const [first] = wrong as [keyof typeof CLOCK];
    const deadline = value(process, first);
    const reason = deadline ? `gives ${formatQuantity(deadline)}` : 'has no deadline';
    const of = first === 'reports_within' ? 'a serious incident' : 'a widespread one';
    return gap(process, {
      at: statementOf(process, first) ? first : undefined,
      message: `${process.name} ${reason} for telling authorities of ${of}; the EU AI Act gives ${CLOCK[first]} days.`,
      changes: wrong.map((property) => ({ op: 'set', subject: process.name, property, value: days(property) })),
    });
  }
  const open = properties.filter((property) => value(process, property) === undefined);
  if (open.length === 0) return satisfied(process, { evidence: evidenceOf(statementOf(process, 'reports_within')) });
  const [first] = open as [keyof typeof CLOCK];
  return { ...question(process, first, `Within which time does ${process.name} tell authorities of a serious incident, and of a widespread one? The EU AI Act gives 15 days and 2 days.`), statedUnknown: open.some((property) => presenceOf(process, property) === 'unknown') };
}
