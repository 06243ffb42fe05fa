import { equal, ok, say, test } from './harness.ts';
import { api, extension } from './workspace.ts';

declare const HOST_KIND: 'node' | 'web';

test('activation: the extension starts in its host, and its server answers', async () => {
  const started = await api();
  equal(extension().isActive, true);
  equal(typeof started.activationMs, 'number', 'activationMs');
  ok(Array.isArray((await started.reviews()).systems), 'reviews() gives no systems.');
  say(`   activate took ${started.activationMs.toFixed(1)} ms`);
});

test('activation: the tests run in the host that they are meant for', () => {
  const global: { process?: { versions?: { node?: string } }; importScripts?: unknown } = globalThis;
  equal(global.process?.versions?.node === undefined, HOST_KIND === 'web', 'Node');
  equal(typeof global.importScripts === 'function', HOST_KIND === 'web', 'Web worker');
});
