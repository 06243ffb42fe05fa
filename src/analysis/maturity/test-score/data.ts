import type { Component } from '../../../model/architecture.ts';
import { componentsOf, value } from '../../../model/statements.ts';
import { checksOf, isValidationClosed } from '../../data/gates.ts';
import { codeTested } from '../delivery.ts';
import type { Facts } from '../facts.ts';
import { dataGate } from '../gates.ts';
import { every, met, missing, open, some, stated, type Judgement } from '../judgement.ts';
import { eachTraining } from '../training.ts';
import { graded, undecidable, type Test } from './test.ts';

/** Tests of features and data. */
export function dataTests(facts: Facts): Test[] {
  return [
    graded({ id: 'Data 1', title: 'Expectations of features are captured in a schema' }, expectations(facts), enforced(facts), '`validation … checks [schema, range]`', 'ML07.2'),
    undecidable({ id: 'Data 2', title: 'Every feature is of use' }, 'an architecture does not tell what a feature adds'),
    undecidable({ id: 'Data 3', title: 'No feature costs more than it is worth' }, 'an architecture does not tell what a feature adds'),
    undecidable({ id: 'Data 4', title: 'Features keep to what the policy allows' }, 'the policy is not in the file'),
    graded({ id: 'Data 5', title: 'The data pipeline protects personal data' }, ...privacy(facts), '`access … covers`', '`permissions`', '`audit_log`'),
    undecidable({ id: 'Data 6', title: 'New features can be added quickly' }, 'the file does not tell how long work takes'),
    graded({ id: 'Data 7', title: 'The code of features is tested' }, parity(facts), codeTested(facts), '`pipeline : ci` with the stage `code_tests`', '`parity_test`'),
  ];
}

const FORM: ReadonlySet<string> = new Set(['schema', 'range', 'nulls', 'distribution']);

/** Something says what data must look like: a gate, an ingestion, or a schema that is written down. */
function expectations({ architecture }: Facts): Judgement {
  const checks = componentsOf(architecture, 'validation', 'ingestion').filter((component) => checksOf(component).some((check) => FORM.has(check)));
  const written = componentsOf(architecture, 'source').filter((source) => ['contract', 'documented'].includes(value(source, 'schema') ?? ''));
  if (checks.length > 0) return met(`${listOf(checks)} ${checks.length === 1 ? 'checks' : 'check'} the form of data`, ...checks.map(({ name }) => name));
  if (written.length > 0) return met(`the form of ${listOf(written)} is written down`, ...written.map(({ name }) => name));
  return isValidationClosed(architecture) ? missing('nothing checks data') : open('nobody says what data must look like');
}

/** Every training learns behind a gate that stops what is bad, and form is among what is checked. */
function enforced(facts: Facts): Judgement {
  const gates = eachTraining(facts, dataGate);
  if (gates.state !== 'met') return gates;
  const form = gates.by.some((name) => {
    const component = facts.architecture.components.get(name);
    return component !== undefined && checksOf(component).some((check) => FORM.has(check));
  });
  return form ? gates : open('nobody says what the gates check', ...gates.by);
}

const PROTECTED: ReadonlySet<string> = new Set(['pii', 'sensitive', 'health', 'financial', 'credentials', 'location', 'children']);

/** By hand: rights are said for what holds personal data. By a system: rights are the least, and access is logged. */
function privacy({ architecture }: Facts): [Judgement, Judgement] {
  const holders = componentsOf(architecture, 'source', 'store', 'dataset', 'ingestion').filter((component) => value(component, 'contains')?.some((data) => PROTECTED.has(data)));
  if (holders.length === 0) {
    const none = open('nobody says where personal data is');
    return [none, none];
  }
  const policies = componentsOf(architecture, 'access');
  const covered = (holder: Component): boolean => policies.some((policy) => value(policy, 'covers')?.includes(holder.name));
  const declared = holders.map((holder) => (covered(holder) ? met(`rights to ${holder.name} are declared`, holder.name) : some([narrow(holder), stated(holder, 'audit_log', 'an audit log'), authenticated(holder)], open(''))));
  const automated = holders.map((holder) => every([narrow(holder), stated(holder, 'audit_log', 'an audit log')], open('')));
  return [every(declared, open('')), every(automated, open(''))];
}

function narrow(holder: Component): Judgement {
  const rights = value(holder as Component<'store'>, 'permissions');
  if (rights === undefined) return stated(holder, 'permissions', 'permissions');
  return rights === 'least_privilege' ? met(`rights to ${holder.name} are the least`, holder.name) : missing(`rights to ${holder.name} are wide`, holder.name);
}

const authenticated = (holder: Component): Judgement => stated(holder, 'auth', 'an identity check');

/** A test that compares both paths of a feature group is a test of its code, and so is a pipeline that somebody starts. */
function parity(facts: Facts): Judgement {
  const groups = componentsOf(facts.architecture, 'features').map((group) => stated(group, 'parity_test', 'a parity test'));
  const pipelines = facts.pipelines.filter((pipeline) => value(pipeline, 'stages')?.includes('code_tests')).map((pipeline) => met(`${pipeline.name} tests code`, pipeline.name));
  const code = codeTested(facts);
  return some([...groups, ...pipelines, code], code);
}

export const listOf = (components: readonly { readonly name: string }[]): string => components.map(({ name }) => name).join(', ');
