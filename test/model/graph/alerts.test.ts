import { describe, expect, it } from 'vitest';
import { monitorReaches, reaches, reachesAnything, reachesPerson } from '../../../src/model/graph/alerts.ts';
import { namesAlong } from '../../../src/model/graph/paths.ts';
import { architecture, at, component, flow } from './build.ts';

const names = (found: readonly { name: string }[]): string[] => found.map((one) => one.name);

describe('where signals end up', () => {
  const built = architecture(
    component('monitor', 'Drift', { alerts: ['Page'], triggers: ['Train'] }),
    component('monitor', 'Dead', { alerts: ['Wall'] }),
    component('alert', 'Page', { channel: 'pagerduty', reaches: ['Risk'], runbook: ['Book'], escalates: ['Head of Risk'] }),
    component('alert', 'Wall', { channel: 'dashboard' }),
    component('alert', 'Mail', { channel: 'email' }),
    component('alert', 'Hook', { channel: 'webhook', automates: ['Release'] }),
    component('team', 'Risk'), component('team', 'Second'), component('runbook', 'Book'), component('training', 'Train', { produces: ['M'] }), component('model', 'M'), component('pipeline', 'Release'),
    component('monitor', 'Later', { watches: ['Train'], alerts: ['Mail'] }),
    flow('Page -> Second'),
  );
  const monitor = (name: string) => monitorReaches(built, at(built, name));
  const alert = (name: string) => reaches(built, at(built, name));

  it('finds people, channels, runbooks and automations', () => {
    const found = monitor('Drift');
    expect(names(found.alerts)).toEqual(['Page']);
    expect(names(found.teams).sort()).toEqual(['Risk', 'Second']);
    expect(found.onCall).toEqual(['pagerduty']);
    expect(found.escalation).toEqual(['Head of Risk']);
    expect(names(found.runbooks)).toEqual(['Book']);
    expect(namesAlong(found.paths.get('Risk') ?? [])).toEqual(['Drift', 'Page', 'Risk']);
  });

  it('ends at what acts: what a training signals on is another story', () => {
    expect(names(monitor('Drift').automations)).toEqual(['Train']);
    expect(monitor('Drift').alerts).toHaveLength(1);
  });

  it('tells people from automations and from dead ends', () => {
    expect([reachesPerson(alert('Page')), reachesPerson(alert('Mail')), reachesPerson(alert('Hook')), reachesPerson(alert('Wall'))]).toEqual([true, true, false, false]);
    expect([reachesAnything(alert('Hook')), reachesAnything(alert('Wall')), reachesAnything(monitor('Dead'))]).toEqual([true, false, false]);
    expect(alert('Mail').onCall).toEqual([]);
  });
});
