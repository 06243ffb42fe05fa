/** Requests a second over equal slots of a day or a week, which repeats. */
export interface TrafficProfile {
  readonly rates: readonly number[];
  readonly slotSeconds: number;
}

/** Inputs that make no profile, and why. */
export interface NoProfile {
  readonly problem: string;
}

const HOURS = 24;
const DAYS = 7;
const WORKDAYS = 5;

/**
 * A week of hours with a given mean and a given peak, which is reached in one hour of each working day. Up to twice the
 * mean the day is a cosine around it; beyond, a power of the cosine that falls to zero at night.
 *
 * @param mean Requests a second over the whole week.
 * @param peak Requests a second in the busiest hour, at most 24 times the mean of a working day.
 * @param weekend Traffic of a day at the weekend as a share of that of a working day.
 */
export function profileOf(mean: number, peak: number, weekend = 1): TrafficProfile | NoProfile {
  if (!(mean >= 0) || !Number.isFinite(mean)) return { problem: `the mean rate is ${mean}` };
  if (!(peak >= mean) || !Number.isFinite(peak)) return { problem: `a peak of ${peak} is below the mean of ${mean}` };
  if (!(weekend >= 0 && weekend <= 1)) return { problem: `the weekend has ${weekend} times the traffic of a working day; it takes a share from 0 to 1` };
  const workday = (mean * DAYS) / (WORKDAYS + weekend * (DAYS - WORKDAYS));
  if (peak < workday) return { problem: `a working day has ${workday} in the mean, more than the peak of ${peak}` };
  if (peak > HOURS * workday) return { problem: `a peak of ${peak / workday} times the mean of a day lasts less than an hour; give a profile with shorter slots` };
  const day = dayOf(workday, peak);
  const rates = Array.from({ length: DAYS }, (_, index) => (index < WORKDAYS ? day : day.map((rate) => rate * weekend))).flat();
  return { rates, slotSeconds: 3600 };
}

/** A given profile, such as 24 hours or 168; every slot counts alike. */
export function givenProfile(rates: readonly number[], slotSeconds = 3600): TrafficProfile | NoProfile {
  if (rates.length === 0) return { problem: 'the profile has no slots' };
  const wrong = rates.find((rate) => !(rate >= 0) || !Number.isFinite(rate));
  if (wrong !== undefined) return { problem: `the profile has a rate of ${wrong}` };
  return slotSeconds > 0 && Number.isFinite(slotSeconds) ? { rates, slotSeconds } : { problem: `a slot of the profile lasts ${slotSeconds} s` };
}

/** The same rate always. */
export const flatProfile = (rate: number): TrafficProfile | NoProfile => givenProfile([rate], 86_400);

export const meanOf = ({ rates }: TrafficProfile): number => rates.reduce((sum, rate) => sum + rate, 0) / rates.length;

export const peakOf = ({ rates }: TrafficProfile): number => rates.reduce((most, rate) => Math.max(most, rate), 0);

/** All rates multiplied, as by growth, or by the share that a cache does not answer. */
export const scaledProfile = ({ rates, slotSeconds }: TrafficProfile, factor: number): TrafficProfile => ({ rates: rates.map((rate) => rate * factor), slotSeconds });

function dayOf(mean: number, peak: number): number[] {
  // Cosine between 1 at the busiest hour and 0 twelve hours from it; its mean is a half.
  const wave = Array.from({ length: HOURS }, (_, hour) => (1 + Math.cos((2 * Math.PI * (hour - 14)) / HOURS)) / 2);
  const floor = Math.max(0, 2 * mean - peak);
  if (peak <= 2 * mean) return wave.map((height) => floor + (peak - floor) * height);
  const power = powerFor(wave, mean / peak);
  return wave.map((height) => peak * height ** power);
}

/** The power of the wave that has a given mean: by Newton's method in logarithms, where the mean falls almost in a line. */
function powerFor(wave: readonly number[], mean: number): number {
  const logs = wave.flatMap((height) => (height > 1e-9 ? [Math.log(height)] : []));
  const wanted = mean * wave.length;
  // Only the busiest hour is left at a mean of one hour in a day; this power is as good as infinity.
  const most = 4000;
  let logPower = 0;
  for (let step = 0; step < 50; step++) {
    const power = Math.exp(logPower);
    let [sum, slope] = [0, 0];
    for (const log of logs) {
      const height = Math.exp(power * log);
      sum += height;
      slope += height * log * power;
    }
    const missed = Math.log(sum / wanted);
    if (Math.abs(missed) < 1e-13 || slope === 0) break;
    // Near the end the busiest hour alone is left, and the mean hardly falls any more.
    logPower = Math.min(Math.log(most), Math.max(0, logPower - Math.max(-1, Math.min(1, (missed * sum) / slope))));
  }
  return Math.exp(logPower);
}
