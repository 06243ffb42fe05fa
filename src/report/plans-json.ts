import type { DeclaredComparison, DeclaredMonitor } from '../analysis/experiments/declared-plan.ts';
import type { Estimated } from '../analysis/estimation/estimated.ts';
import { quantityJson } from './quantity-json.ts';

/** An experiment or a rollout for programs; why a figure is missing stands under its name in `reasons`. */
export const comparisonJson = ({ component, kind, counted, unit, arms, perArm, total, time, seen, detectable, sequentialTotal, sequentialExpected, reasons }: DeclaredComparison): object => ({
  component,
  kind,
  ...(counted !== undefined && { counted }),
  unit,
  arms,
  ...figures({ perArm, total, time, seen, detectable, sequentialTotal, sequentialExpected }),
  reasons,
});

/** The same for a monitor with a statistical test. */
export const monitorJson = ({ component, test, counted, features, rowsPerWindow, neededRows, threshold, nullMean, nullP95, falseAlarmChance, falseAlarmsPerMonth, monthlyThreshold, smallestShift, detectionDelay, assumptions, suggestions, reasons }: DeclaredMonitor): object => ({
  component,
  test,
  ...(counted !== undefined && { counted }),
  features: features.high,
  ...figures({ rowsPerWindow, neededRows, threshold, nullMean, nullP95, falseAlarmChance, falseAlarmsPerMonth, monthlyThreshold, smallestShift, detectionDelay }),
  assumptions,
  suggestions,
  reasons,
});

const figures = (known: Readonly<Record<string, Estimated | undefined>>): object => Object.fromEntries(Object.entries(known).flatMap(([name, figure]) => (figure ? [[name, quantityJson(figure)]] : [])));
