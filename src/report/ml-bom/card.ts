import { resultOf } from '../../analysis/dossier/evaluation-results.ts';
import type { ModelDossier } from '../../analysis/dossier/model-dossier.ts';
import type { Architecture, Component } from '../../model/architecture.ts';
import { value } from '../../model/statements.ts';
import { some, type Considerations, type ModelCard, type ModelParameters, type PerformanceMetric, type Property } from './cyclonedx.ts';
import { refOf } from './parts.ts';
import { propertiesOf } from './properties.ts';

/** Properties of evaluations that are metrics, groups or results of the card. */
const MEASURED: ReadonlySet<string> = new Set(['metrics', 'fairness', 'results', 'technology']);

/** What is declared of a model, as the card that CycloneDX knows. Parts of which nothing is declared are left out. */
export function modelCardOf(architecture: Architecture, dossier: ModelDossier): ModelCard {
  const metrics = dossier.evaluations.flatMap(metricsOf);
  return {
    modelParameters: parametersOf(architecture, dossier),
    ...(metrics.length > 0 && { quantitativeAnalysis: { performanceMetrics: metrics } }),
    considerations: considerationsOf(dossier),
    properties: some(dossier.evaluations.flatMap((evaluation): Property[] => propertiesOf(evaluation, MEASURED, `mlarch:evaluation:${evaluation.name}`))),
  };
}

function parametersOf(architecture: Architecture, { model, data, trainings, evaluations, services }: ModelDossier): ModelParameters | undefined {
  const llm = architecture.catalogue.llm.get(value(model, 'llm') ?? '');
  const built = value(model, 'architecture') ?? llm?.properties.title ?? llm?.name;
  const judgedOn = evaluations.flatMap((evaluation) => [...(value(evaluation, 'on') ?? []), ...(value(evaluation, 'labels') ?? [])]).flatMap((name) => architecture.components.get(name) ?? []);
  const datasets = [...new Set([...data, ...judgedOn].map(refOf))].map((ref) => ({ ref }));
  const task = value(model, 'task');
  const parameters: ModelParameters = {
    ...(trainings.length > 0 && data.some(({ kind }) => kind === 'labels') && { approach: { type: 'supervised' } }),
    ...(task !== undefined && { task }),
    ...(built !== undefined && { modelArchitecture: built }),
    datasets: some(datasets),
    inputs: some((value(model, 'input_types') ?? []).map((format) => ({ format }))),
    outputs: some([...new Set(services.filter((service) => value(service, 'serves')?.includes(model.name)).flatMap((service) => value(service, 'returns') ?? []))].map((format) => ({ format }))),
  };
  return Object.values(parameters).some((part) => part !== undefined) ? parameters : undefined;
}

/** Results with their values; metrics of which no result is told by name, once for each group that is looked at by itself. */
function metricsOf(evaluation: Component<'evaluation'>): PerformanceMetric[] {
  const results = (value(evaluation, 'results') ?? []).map(resultOf);
  const told = new Set(results.map(({ metric }) => metric));
  const groups = value(evaluation, 'segments') ?? [];
  const names = [...new Set([...(value(evaluation, 'metrics') ?? []), ...(value(evaluation, 'fairness') ?? [])])].filter((metric) => !told.has(metric));
  return [
    ...results.map(({ metric, value: found, low, high, group }): PerformanceMetric => ({
      type: metric,
      ...(found !== undefined && { value: found }),
      ...(group !== undefined && { slice: group }),
      ...(low !== undefined && high !== undefined && { confidenceInterval: { lowerBound: low, upperBound: high } }),
    })),
    ...names.flatMap((type): PerformanceMetric[] => [{ type }, ...groups.map((slice) => ({ type, slice }))]),
  ];
}

function considerationsOf({ model, consumers, evaluations }: ModelDossier): Considerations | undefined {
  const judgedFair = evaluations.filter((evaluation) => value(evaluation, 'fairness') !== undefined);
  const considerations: Considerations = {
    users: some(consumers.map(({ name, doc }) => (doc === undefined ? name : `${name}: ${doc}`))),
    useCases: some([value(model, 'purpose'), value(model, 'use_case')].filter((text) => text !== undefined)),
    technicalLimitations: some([...(value(model, 'limits') ?? []), ...(value(model, 'not_for') ?? []).map((use) => `Not for: ${use}`)]),
    ethicalConsiderations: some((value(model, 'harms') ?? []).map((name) => ({ name }))),
    fairnessAssessments: some([...new Set(judgedFair.flatMap((evaluation) => value(evaluation, 'segments') ?? []))].map((groupAtRisk) => ({ groupAtRisk }))),
  };
  return Object.values(considerations).some((part) => part !== undefined) ? considerations : undefined;
}
