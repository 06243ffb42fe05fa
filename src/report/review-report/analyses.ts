import type { Section } from '../document/block.ts';
import { availabilityAnalysis } from './analyses/availability.ts';
import { capacityAnalysis } from './analyses/capacity.ts';
import { costAnalysis } from './analyses/cost.ts';
import { latencyAnalysis } from './analyses/latency.ts';
import { detectionAnalysis, freshnessAnalysis, retentionAnalysis } from './analyses/time-chains.ts';
import type { ReportSubject } from './subject.ts';
import { paragraph } from './words.ts';

/** What can be reckoned from the file, each figure with its band and where it is from. */
export function analysesSection(subject: ReportSubject): Section {
  return {
    id: 'analyses',
    title: 'Quantitative analyses',
    startsPage: true,
    blocks: [paragraph('Figures follow from what the file declares; none was measured by this review. A band is given where inputs are uncertain; “measured” is a figure that the owners measured, “assumed” one that rests on a usual value.')],
    sections: [latencyAnalysis, capacityAnalysis, availabilityAnalysis, freshnessAnalysis, detectionAnalysis, costAnalysis, retentionAnalysis].map((analysis) => analysis(subject)),
  };
}
