/** What a change of some sort brings and costs beyond its effort, and when to think again; for a whole check, since it is the sort that decides. */
export interface TradeOff {
  /** The least that helps, in a week. */
  readonly minimal: string;
  /** Quality attributes that get better. */
  readonly gains: readonly string[];
  /** What is paid for it. */
  readonly pays: string;
  readonly reversible: 'easily' | 'with work' | 'hardly';
  /** How it is taken back. */
  readonly undo: string;
  /** When to think again. The numbers are proposals to start from. */
  readonly revisit: string;
}

const tradeOff = (minimal: string, gains: readonly string[], pays: string, reversible: TradeOff['reversible'], undo: string, revisit: string): TradeOff => ({ minimal, gains, pays, reversible, undo, revisit });

export const TRADE_OFFS: Readonly<Record<string, TradeOff>> = {
  ML01: tradeOff('Write every version under a key of its own and note which one is live.', ['traceability', 'recoverability'], 'A registry to run and to keep up, and a step between training and release.', 'easily', 'Services load from the path again; what is registered stays readable.', 'A second team trains models, or a release waits more than a day for its registration.'),
  ML02: tradeOff('Log parameters, metrics and the commit of each run to one table.', ['reproducibility', 'comparability'], 'A line in each training job, and a tracker to run or to pay for.', 'easily', 'Take the calls out; past runs stay.', 'Runs pass 1,000 a month, or comparing two of them takes more than an hour.'),
  ML03: tradeOff('Record commit, data version, lock file and seed of the next run.', ['reproducibility', 'auditability'], 'Snapshots need storage, and pinned versions have to be raised on purpose.', 'easily', 'Let versions float again.', 'A rerun of the last model differs by more than the spread between its seeds.'),
  ML04: tradeOff('Train one small model on two devices and compare it with one.', ['scalability of training'], 'More machines, harder debugging, and results that differ in the last digits.', 'with work', 'Go back to one device while the model fits it.', 'A model no longer fits the memory of one device, or a run takes longer than the time between two releases.'),
  ML05: tradeOff('Log served features and compare a day of them with what training computes.', ['correctness', 'maintainability'], 'One definition is shared, so both teams have to agree before it changes.', 'with work', 'Split the definition again; models trained on it need a retraining.', 'More than 0.1 % of compared values differ, or a third model shares the features.'),
  ML06: tradeOff('Add the time condition to the one join that feeds the label window.', ['validity of evaluation'], 'Joins by time cost more to compute, and offline metrics will fall to what is true.', 'easily', 'Join without the condition; the metrics are then wrong again.', 'The gap between offline and online metric passes the confidence interval of either.'),
  ML07: tradeOff('Check schema, nulls and ranges of the most important source, and stop on failure.', ['reliability', 'early detection'], 'A gate can stop good data: somebody has to answer for its thresholds.', 'easily', 'Let it warn in place of stopping.', 'The gate stops more than one batch in twenty that turns out to be good.'),
  ML08: tradeOff('Put the definitions into one library that both paths import.', ['consistency', 'reuse'], 'Shared definitions need an owner; a feature store is one more system to run.', 'with work', 'Definitions move back; values that only the store holds have to be computed again.', 'A third model or a second team needs the same features, or values must be fresher than a batch gives.'),
  ML09: tradeOff('A second replica behind a load balancer.', ['availability', 'scalability'], 'Replicas cost money when nobody asks, and state has to leave the process.', 'easily', 'Run fewer replicas.', 'The peak passes half of what one replica fewer can take.'),
  ML10: tradeOff('Keep the version before, and rehearse going back once.', ['recoverability', 'deployability'], 'Two versions take memory at the same time, and both have to fit the schema.', 'easily', 'Keep one version.', 'Going back takes longer than 15 minutes in a rehearsal.'),
  ML11: tradeOff('Agree p99 with whoever calls, and measure it with recorded traffic.', ['performance', 'clarity of promises'], 'A promise has to be kept: less room for larger models.', 'easily', 'Agree another number.', 'The measured p99 passes 80 % of what is promised.'),
  ML12: tradeOff('Divide last month’s bill by its predictions, and set an alert on the budget.', ['cost efficiency'], 'Savings take headroom: what is full costs less and breaks sooner.', 'easily', 'Give the headroom back.', 'The cost of a prediction moves by more than a quarter between two months.'),
  ML13: tradeOff('Log predictions, and plot their distribution each day.', ['early detection', 'accountability'], 'A log to store, personal data in it to protect, and alerts to answer.', 'easily', 'Stop the monitor; keep the log.', 'Half of the alerts of a month lead to nothing, or a fall was noticed by a user first.'),
  ML14: tradeOff('Compare the ten features that count most with the training data once a day.', ['early detection'], 'False alarms, the more features the more; somebody has to look.', 'easily', 'Stop the monitor.', 'Half of the alerts of a month lead to nothing, or the model is retrained more often than drift is tested.'),
  ML15: tradeOff('Send the id of the prediction along, so that outcomes can be joined at all.', ['measurability', 'a basis for retraining'], 'A change in the product, and a wait until the first labels are there.', 'with work', 'Stop collecting; what was not collected cannot be had later.', 'Less than half of the predictions get a label within the delay that is planned for.'),
  ML16: tradeOff('Route one signal to the people on call, with a page on what to do.', ['time to respond'], 'People are woken: too many alerts are as bad as none.', 'easily', 'Lower the alert to a ticket.', 'An alert is answered later than its response time twice in a month.'),
  ML17: tradeOff('Replay an hour of recorded traffic against the new version.', ['safety of releases'], 'A second environment costs money and ages, and copies of data need protection.', 'easily', 'Take the environment down.', 'A fault reaches production that staging could have shown.'),
  ML18: tradeOff('Send 1 % of traffic to the new version for a day, with one criterion to stop.', ['safety of releases', 'comparability'], 'Releases take longer, and two versions answer at once.', 'easily', 'Release to everyone at once.', 'A release is taken back that the criteria had let through, or a rollout lasts longer than the time to the next.'),
  ML19: tradeOff('Let the one who knows write down the last release, step by step.', ['maintainability', 'independence from single people'], 'Pages have to be kept true, and rehearsed.', 'easily', 'None needed.', 'A release needed somebody who is not on the page, or the page is older than 180 days.'),
  ML20: tradeOff('Name who decides that a model is taken out, and how.', ['time to recover', 'accountability'], 'A process to rehearse, and people on duty for it.', 'easily', 'None needed.', 'A rehearsal takes longer than the time within which service must be restored.'),
};
