import type { Architecture, Change, Component } from '../../../model/architecture.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { evidenceOf } from '../../presence.ts';
import { contradiction, gap, question, satisfied, type FindingDetails, type Outcome, type Rule } from '../../rule.ts';
import { coneHasFeatures } from '../../training/cone-features.ts';
import { recordedOf, type RunPart } from '../../training/run-records.ts';
import { isOfCategory, technologyOf } from '../../technology.ts';

type Pin = 'code' | 'environment' | 'config' | 'seed';
type Training = Component<'training'>;

/** Whether a part of a run is fixed or recorded: `no` where the list of what is fixed leaves it out. */
function fixes(architecture: Architecture, training: Training, pin: Pin, recorded: RunPart): 'yes' | 'no' | 'undeclared' {
  const pins = value(training, 'pins');
  if (pins?.includes(pin) || recordedOf(architecture, training)?.has(recorded)) return 'yes';
  return pins !== undefined || presenceOf(training, 'pins') === 'absent' ? 'no' : 'undeclared';
}

const addPin = (training: Training, pin: Pin): Change => ({ op: 'set', subject: training.name, property: 'pins', value: [...new Set([...(value(training, 'pins') ?? []), pin])] });
const pinEvidence = (training: Training, property: string) => evidenceOf(statementOf(training, property) ?? statementOf(training, 'pins'));

/** One rule over every training, which mostly differ in what they ask. */
const each = (judge: (architecture: Architecture, training: Training) => Iterable<Outcome>): Rule['evaluate'] =>
  function* ({ architecture }) {
    for (const training of componentsOf(architecture, 'training')) yield* judge(architecture, training);
  };

const LOOSE_CODE = { notebook: 'from a notebook', unversioned: 'from files without history', branch_head: 'from the head of a branch' } as const;

export const codeIsVersioned: Rule = {
  id: 'ML03.3',
  slug: 'training-code-is-versioned',
  title: 'Training runs from a commit, not from a notebook or whatever is newest',
  type: 'gap',
  severity: 'high',
  why: 'Code that was not committed, or that has moved on, cannot be run again; cells of a notebook do not even keep their order.',
  remediation: 'Move the training into a script or package, and start runs from a commit that the run records.',
  effort: 'M',
  falsePositives: 'The notebook is run by a pipeline at a commit: declare `code commit`.',
  evaluate: each(function* (architecture, training) {
    const code = value(training, 'code');
    const notebook = value(training, 'technology') === 'jupyter' || (isOfCategory(technologyOf(architecture, training), 'documents') && code === undefined);
    const loose = notebook && code === undefined ? 'notebook' : code !== undefined && code in LOOSE_CODE ? (code as keyof typeof LOOSE_CODE) : undefined;
    const state = fixes(architecture, training, 'code', 'code_version');
    const pinned = value(training, 'pins')?.includes('code');
    if (loose) {
      const claim = pinned && loose !== 'notebook' ? 'says that it pins its code' : value(training, 'reproducible') === true ? 'says that it can be repeated' : undefined;
      const details: FindingDetails = {
        at: code === undefined ? 'technology' : 'code',
        message: `${training.name} runs ${LOOSE_CODE[loose]}${claim ? `, yet ${claim}` : ''}.`,
        ...(pinned && loose === 'notebook' ? { severity: 'medium' as const } : {}),
        changes: [{ op: 'set', subject: training.name, property: 'code', value: 'commit' }],
      };
      yield claim ? contradiction(training, details) : gap(training, details);
    } else if (code === 'commit' || code === 'tag' || state === 'yes') yield satisfied(training, { evidence: pinEvidence(training, 'code') });
    else if (state === 'no') yield gap(training, { at: 'pins', message: `A run of ${training.name} does not fix its code.`, changes: [addPin(training, 'code')] });
    else yield question(training, 'code', `Which code does a run of ${training.name} use: a commit, the head of a branch, a notebook? Declare \`code\`.`);
  }),
};

export const configurationIsCaptured: Rule = {
  id: 'ML03.4',
  slug: 'configuration-is-captured',
  title: 'Hyperparameters, feature definitions and flags are captured with the run',
  type: 'gap',
  severity: 'high',
  why: 'The same code on the same data gives another model under other settings.',
  remediation: 'Keep the whole configuration in a file that the run records: hyperparameters, features, flags.',
  effort: 'S',
  falsePositives: 'The configuration is part of the commit: add config to `pins`.',
  evaluate: each(function* (architecture, training) {
    const state = fixes(architecture, training, 'config', 'parameters');
    if (state === 'undeclared') yield question(training, 'pins', `Are hyperparameters, feature definitions and flags of ${training.name} captured with each run? Declare \`pins\` with config, or what it \`tracks\`.`);
    else if (state === 'no') yield gap(training, { at: 'pins', message: `Hyperparameters and flags of ${training.name} are not captured with the run.`, changes: [addPin(training, 'config')] });
    else if (definitionsAreLoose(architecture, training)) {
      yield gap(training, {
        severity: 'medium',
        message: `A run of ${training.name} captures its hyperparameters but not the definitions of its features, and its code is not fixed either.`,
        changes: [addPin(training, 'config')],
      });
    } else yield satisfied(training, { evidence: pinEvidence(training, 'pins') });
  }),
};

/** Definitions of features are part of the configuration or of the code; where neither is fixed, they are lost. */
function definitionsAreLoose(architecture: Architecture, training: Training): boolean {
  if (value(training, 'pins')?.includes('config') || recordedOf(architecture, training)?.has('feature_definitions')) return false;
  const code = value(training, 'code');
  const codeIsLoose = (code !== undefined && code in LOOSE_CODE) || fixes(architecture, training, 'code', 'code_version') === 'no';
  return codeIsLoose && coneHasFeatures(architecture, training);
}

export const environmentIsPinned: Rule = {
  id: 'ML03.5',
  slug: 'environment-is-pinned',
  title: 'The environment of a training is pinned by digest or lock file',
  type: 'gap',
  severity: 'medium',
  why: 'Libraries move on: the same code gives other numbers, or does not run at all.',
  remediation: 'Pin libraries with a lock file, and run in an image that is named by its digest.',
  effort: 'S',
  falsePositives: 'The platform fixes the image: declare `environment image_digest`.',
  evaluate: each(function* (architecture, training) {
    const environment = value(training, 'environment');
    const state = fixes(architecture, training, 'environment', 'environment');
    if (environment === 'mutable_tag' || environment === 'unpinned') {
      const pinned = value(training, 'pins')?.includes('environment');
      const details: FindingDetails = {
        at: 'environment',
        message: `${training.name} runs ${environment === 'mutable_tag' ? 'in an image whose tag moves' : 'with libraries that nothing pins'}${pinned ? ', yet says that it pins its environment' : ''}.`,
        changes: [{ op: 'set', subject: training.name, property: 'environment', value: 'image_digest' }],
      };
      yield pinned ? contradiction(training, details) : gap(training, details);
    } else if (environment !== undefined || state === 'yes') yield satisfied(training, { evidence: pinEvidence(training, 'environment') });
    else if (state === 'no' || presenceOf(training, 'environment') === 'absent') yield gap(training, { at: statementOf(training, 'environment') ? 'environment' : 'pins', message: `A run of ${training.name} does not fix its libraries.`, changes: [statementOf(training, 'environment') ? { op: 'set', subject: training.name, property: 'environment', value: 'lock_file' } : addPin(training, 'environment')] });
    else yield question(training, 'environment', `What fixes the libraries of ${training.name}: an image by digest, a lock file, nothing? Declare \`environment\`.`);
  }),
};

export const seedsAreKnown: Rule = {
  id: 'ML03.6',
  slug: 'seeds-are-known',
  title: 'Seeds are recorded, or the tolerated difference is declared',
  type: 'gap',
  severity: 'medium',
  why: 'Two runs on the same code and data then differ by chance, and a real difference cannot be told from it.',
  remediation: 'Fix and record the seeds of split, initialisation and shuffling; on accelerators, declare the difference that is tolerated.',
  effort: 'S',
  falsePositives: 'The algorithm draws no random numbers: declare `seed fixed`.',
  evaluate: each(function* (architecture, training) {
    const seed = value(training, 'seed');
    const state = fixes(architecture, training, 'seed', 'seed');
    if (seed === 'unrecorded' || presenceOf(training, 'seed') === 'absent') yield gap(training, { at: statementOf(training, 'seed') ? 'seed' : undefined, message: `Seeds of ${training.name} are neither fixed nor recorded.`, changes: [{ op: 'set', subject: training.name, property: 'seed', value: 'fixed' }] });
    else if (seed !== undefined || state === 'yes') yield satisfied(training, { evidence: pinEvidence(training, 'seed'), because: seed === 'tolerance' ? 'the tolerated difference between runs is declared' : undefined });
    else if (state === 'no') yield gap(training, { at: 'pins', message: `A run of ${training.name} does not fix its seeds.`, changes: [addPin(training, 'seed')] });
    else yield question(training, 'seed', `Are seeds of ${training.name} fixed or recorded? Declare \`seed\`.`);
  }),
};

