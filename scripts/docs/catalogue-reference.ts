import { bundledLibrary } from '../../src/language/bundled-library.ts';

/** What the bundled catalogue holds, so that a name can be looked up without opening the files. */
export function catalogueReference(): string {
  const { technology, accelerator, instance, llm } = bundledLibrary();
  const list = (words: readonly string[] | undefined): string => (words ?? []).join(', ');
  const technologies = [...technology.values()].sort(byName).map(({ name, properties: p }) => `| \`${name}\` | ${cell(p.title)} | ${p.category ?? ''} | ${list(p.can)} | ${list(p.cannot)} |`);
  const accelerators = [...accelerator.values()].sort(byName).map(({ name, properties: p }) => `| \`${name}\` | ${cell(p.title)} | ${gb(p.memory?.high)} | ${p.bandwidth ? `${round(p.bandwidth.high / 1e12)} TB/s` : ''} | ${tera(p.fp16?.high ?? p.bf16?.high)} | ${tera(p.fp8?.high ?? p.int8?.high)} | ${p.as_of ?? ''} |`);
  const instances = [...instance.values()].sort(byName).map(({ name, properties: p }) => `| \`${name}\` | ${p.vcpus?.high ?? ''} | ${gib(p.memory?.high)} | ${p.accelerator ? `${p.accelerators?.high ?? 1} × ${p.accelerator}` : ''} | ${p.price ? perHour(p.price.high) : ''} | ${p.region ?? ''} | ${p.as_of ?? ''} |`);
  const llms = [...llm.values()].sort(byName).map(({ name, properties: p }) => `| \`${name}\` | ${cell(p.provider)} | ${perMillion(p.input?.high)} | ${perMillion(p.output?.high)} | ${p.context?.high ?? ''} | ${p.as_of ?? ''} |`);
  return [
    '# The standard catalogue',
    'Bundled, written in the language, in src/language/library. An entry of the same name in your own file wins.',
    `## Technologies (${technology.size})\n\n| Name | Title | Category | Can | Cannot by itself |\n| --- | --- | --- | --- | --- |\n${technologies.join('\n')}`,
    `## Accelerators (${accelerator.size})\n\nPeaks are dense.\n\n| Name | Title | Memory | Bandwidth | 16 bit | 8 bit | As of |\n| --- | --- | --- | --- | --- | --- | --- |\n${accelerators.join('\n')}`,
    `## Instances (${instance.size})\n\nOn-demand prices.\n\n| Name | vCPU | Memory | Accelerators | USD/h | Region | As of |\n| --- | --- | --- | --- | --- | --- | --- |\n${instances.join('\n')}`,
    `## Language models (${llm.size})\n\nUSD for a million tokens.\n\n| Name | Provider | Input | Output | Context | As of |\n| --- | --- | --- | --- | --- | --- |\n${llms.join('\n')}`,
  ].join('\n\n') + '\n';
}

const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1);
const cell = (text: string | undefined): string => (text ?? '').replaceAll('|', String.raw`\|`);
const round = (value: number): number => Number(value.toPrecision(4));
const gb = (bytes: number | undefined): string => (bytes === undefined ? '' : `${round(bytes / 1e9)} GB`);
const gib = (bytes: number | undefined): string => (bytes === undefined ? '' : `${round(bytes / 2 ** 30)} GiB`);
const tera = (rate: number | undefined): string => (rate === undefined ? '' : `${round(rate / 1e12)} T`);
/** Prices are held per month of 730.5 hours. */
const perHour = (perMonth: number): string => String(round(perMonth / 730.5));
const perMillion = (perToken: number | undefined): string => (perToken === undefined ? '' : String(round(perToken * 1e6)));
