import { describe, expect, it } from 'vitest';
import { feedsTraining, modelsMadeBy, modelsOf, serveCone, servicesOf, trainCone, trainingsOf } from '../../../src/model/graph/cones.ts';
import { architecture, at, component, flow, ms } from './build.ts';

type Built = ReturnType<typeof architecture>;
const trainings = (built: Built, model = 'M'): string[] => trainingsOf(built, at(built, model)).map((found) => found.name);
const services = (built: Built, model = 'M'): string[] => servicesOf(built, at(built, model)).map((found) => found.name);

const fraud = architecture(
  component('consumer', 'Payments'),
  component('source : database', 'Authorisations'),
  component('ingestion : streaming', 'Stream'),
  component('store : lakehouse', 'Lake'),
  component('store : online', 'Online'),
  component('features', 'Velocity', { online: 'Online' }),
  component('labels', 'Chargebacks', { from: ['Authorisations'] }),
  component('training', 'Train'),
  component('registry', 'Registry'),
  component('model', 'Fraud'),
  component('service : realtime', 'Scorer', { serves: ['Fraud'], logs_to: 'Log' }),
  component('store : log', 'Log'),
  component('artefact', 'Limits', { read_by: ['Scorer'] }),
  flow('Payments -> Scorer', { mode: 'sync' }),
  flow('Authorisations -> Stream -> Lake -> Velocity -> Train'),
  flow('Chargebacks -> Train'),
  flow('Log -> Chargebacks'),
  flow('Scorer -> Online', { lookup: { p99: ms(4) } }),
  flow('Train -> Registry -> Scorer', { deploys: 'Fraud' }),
);

describe('what belongs to a model', () => {
  it('is what flows deploy', () => {
    expect(trainings(fraud, 'Fraud')).toEqual(['Train']);
    expect(services(fraud, 'Fraud')).toEqual(['Scorer']);
    expect(modelsOf(fraud, at(fraud, 'Scorer')).map((model) => model.name)).toEqual(['Fraud']);
    expect(modelsMadeBy(fraud, at(fraud, 'Train')).map((model) => model.name)).toEqual(['Fraud']);
  });

  it('is what produces and serves name', () => {
    const built = architecture(component('model', 'M'), component('model', 'N'), component('training', 'T', { produces: ['N'] }), component('service', 'S', { serves: ['N'] }));
    expect([trainings(built, 'N'), services(built, 'N'), trainings(built), services(built)]).toEqual([['T'], ['S'], [], []]);
  });

  it('is what a registry hands on to the service, but not what another training makes', () => {
    const built = architecture(
      component('model', 'M'), component('model', 'N'), component('registry', 'R'),
      component('training', 'TrainM', { produces: ['M'] }), component('training', 'TrainN'),
      component('service', 'ServeM', { serves: ['M'] }), component('service', 'ServeN', { serves: ['N'] }),
      flow('TrainM -> R -> ServeM'), flow('TrainN -> R -> ServeN'),
    );
    expect([trainings(built, 'M'), trainings(built, 'N')]).toEqual([['TrainM'], ['TrainN']]);
    expect(services(built, 'M')).toEqual(['ServeM']);
  });

  it('is a service behind the registry that does not say what it serves', () => {
    const built = architecture(component('model', 'M'), component('model', 'N'), component('registry', 'R'), component('training', 'T', { produces: ['M'] }), component('service', 'S'), flow('T -> R -> S'));
    expect(services(built)).toEqual(['S']);
  });

  it('is the only training and the only service there are', () => {
    const built = architecture(component('model', 'M'), component('model : vendor', 'Llm'), component('training', 'T'));
    expect([trainings(built), trainings(built, 'Llm')]).toEqual([['T'], []]);
    expect(services(architecture(component('model', 'M'), component('service', 'S'), component('service : app', 'App')))).toEqual(['S']);
    expect(trainings(architecture(component('model', 'M'), component('training', 'T'), component('training', 'U')))).toEqual([]);
  });

  it('is the service of an agent that uses it', () => {
    const built = architecture(component('model', 'M'), component('agent', 'A', { model: ['M'] }), component('service', 'S', { serves: ['A'] }), component('service', 'Other'));
    expect(services(built)).toEqual(['S']);
  });
});

describe('cones', () => {
  it('trainCone goes back to the sources of data and labels, but not through a log to who predicts', () => {
    const cone = trainCone(fraud, at(fraud, 'Fraud'));
    expect([...cone.names].sort()).toEqual(['Authorisations', 'Chargebacks', 'Lake', 'Log', 'Stream', 'Train', 'Velocity']);
    expect(cone.edges).toHaveLength(7);
    expect(cone.edges.every((edge) => feedsTraining(edge) && cone.names.has(edge.from) && cone.names.has(edge.to))).toBe(true);
  });

  it('serveCone takes in what is looked up, the jobs that fill it, and configuration', () => {
    const cone = serveCone(fraud, at(fraud, 'Fraud'));
    expect([...cone.names].sort()).toEqual(['Authorisations', 'Lake', 'Limits', 'Online', 'Scorer', 'Stream', 'Velocity']);
  });

  it('take in the stateful transforms of the model', () => {
    const built = architecture(component('source', 'Words'), component('features : encoder', 'Encoder'), component('model', 'M', { transforms: ['Encoder', 'Nowhere'] }), component('training', 'T'), component('service', 'S'), flow('Words -> Encoder'));
    expect([...trainCone(built, at(built, 'M')).names].sort()).toEqual(['Encoder', 'T', 'Words']);
    expect([...serveCone(built, at(built, 'M')).names].sort()).toEqual(['Encoder', 'S', 'Words']);
  });

  it('are empty for a model without trainings and services', () => {
    const built = architecture(component('model', 'M'), component('model', 'N'));
    expect(trainCone(built, at(built, 'M'))).toEqual({ names: new Set(), edges: [] });
    expect(serveCone(built, at(built, 'M'))).toEqual({ names: new Set(), edges: [] });
  });
});
