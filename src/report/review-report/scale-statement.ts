import type { Estimation } from '../../analysis/estimation/estimate.ts';
import { formatNumber } from '../../analysis/format.ts';
import { clip, clipNames } from './clip.ts';

/** What gives way first as traffic grows, at which number, and what holds at five and ten times today’s peak. */
export function scaleStatement({ bottleneck, stations, multiples }: Estimation): string {
  const known = stations.filter(({ breaksAt }) => breaksAt !== undefined);
  if (known.length === 0) return 'What gives way first as traffic grows is not known: no capacity with a known traffic is declared.';
  const already = bottleneck && bottleneck.multiple.value < 1;
  const first = already ? `${clip(bottleneck.component, 40)} cannot take today’s peak: it is full at ${formatNumber(Number(bottleneck.multiple.value.toPrecision(2)))} times of it, ${bottleneck.multiple.provenance}.` : bottleneck ? `${clip(bottleneck.component, 40)} gives way first, at ${bottleneck.multiple.bound === undefined ? 'about' : bottleneck.multiple.bound} ${formatNumber(Number(bottleneck.multiple.value.toPrecision(2)))} times today’s peak${bottleneck.exhausted ? ` (${bottleneck.exhausted.date} at the declared growth)` : ''}, ${bottleneck.multiple.provenance}.` : 'Nothing of known capacity gives way within what is declared.';
  const later = multiples.filter((multiple) => multiple > 1).map((multiple) => {
    const full = known.filter(({ at }) => at.find((point) => point.multiple === multiple)?.takes !== undefined).map(({ component }) => component);
    return `At ${formatNumber(multiple)} times: ${full.length === 0 ? 'nothing of known capacity is overloaded' : `overloaded: ${clipNames(full, 2, 30)}`}.`;
  });
  const silent = stations.length - known.length;
  return [first, ...later, ...(silent > 0 ? [`Of ${formatNumber(silent)} more the limit is not known.`] : [])].join(' ');
}
