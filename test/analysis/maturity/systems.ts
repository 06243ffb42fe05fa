import { maturityOf, type Maturity } from '../../../src/analysis/maturity/maturity.ts';
import type { Ladder } from '../../../src/analysis/maturity/ladder.ts';
import type { RubricRow } from '../../../src/analysis/maturity/rubric/row.ts';
import type { Test } from '../../../src/analysis/maturity/test-score/test.ts';
import { review } from '../../../src/analysis/review.ts';
import { DEFAULT_SETTINGS } from '../../../src/analysis/settings.ts';
import type { Architecture } from '../../../src/model/architecture.ts';
import { loadText } from '../../support/load.ts';

/** A small system that has everything that the highest levels ask for. */
export const MATURE = `system Shop {
  stage production
  recovery_target 1 h
  consumer Web : application { peak 100 req/s blocking yes }
  source Orders : database { schema contract change_notice yes history append_only versioned yes contains [pii] permissions least_privilege audit_log yes }
  validation Gate : gate { checks [schema, nulls, range] blocking yes on_bad_data quarantine alerts Page }
  training Train : scheduled {
    produces Ranker
    code commit
    environment image_digest
    seed fixed
    pins [code, data, environment, config, seed]
    tracks [parameters, metrics, code_version, data_version, artifacts]
    tracked_by Runs
    records_to Registry
    trigger [schedule weekly, drift]
    every 7 days
    orchestrated_by Airflow
    runs_on aws.m7i_4xlarge x 1 for 1 h
  }
  orchestrator Airflow : dag { alerts Page }
  tracker Runs : server { technology mlflow location server links_to_registry yes records [parameters, metrics, code_version, data_version, artifacts] }
  registry Registry { technology mlflow immutable yes versioned yes links_runs yes deployment_history yes promotion automatic records [metrics, data_version, parameters, code_version, environment] }
  model Ranker : trained { task ranking use_case ranking }
  evaluation Holdout : offline { judges Ranker metrics [ndcg] blocking yes compares_to baseline segments [country] fairness [parity] business_metric "orders" }
  pipeline Release : cicd {
    stages [code_tests, integration_tests, data_validation, training, model_validation, model_tests, staging, canary, progressive_rollout, full_deployment]
    blocking yes
    trigger merge
    approval none_needed
    deploys Scorer
  }
  environment Staging : staging { of Scorer data mirrored traffic shadow of Web gates Out }
  service Scorer : realtime {
    serves Ranker
    replicas 3..12
    autoscale on utilisation at 60 % within 60 s
    loads_in 20 s
    throughput 300 req/s
    zones 3
    slo p99 <= 200 ms
    service_time p50 5 ms p99 20 ms
    concurrency 4
    load_test replay at 1_000 req/s p50 8 ms p99 60 ms on 2026-09-01
    fallback rules
    kill_switch yes
    keeps_previous warm
    loads_model by_version
    deployed_by pipeline
    logs [model_version, features, prediction, timestamp, join_id]
    traces [request, features, model_version]
  }
  rollout Out for Scorer { strategy canary steps [1 %, 10 %, 50 %, 100 %] each 2 h watches [Quality] compares_versions yes rollback automatic within 5 min criteria metric "ndcg" threshold 0.4 min_duration 2 h }
  monitor Quality : model_quality { watches Scorer proxy yes threshold 0.4 window 1 h every 10 min alerts Page triggers Train }
  monitor Drift : data_drift { watches Scorer test psi threshold 0.2 window 1 h every 1 h baseline training_data alerts Page triggers Train }
  monitor Skew : skew { watches Scorer window 1 h every 1 h alerts Page }
  monitor Latency : latency { watches Scorer window 5 min every 1 min alerts Page }
  alert Page { channel pagerduty reaches Team runbook Book escalates ["Lead"] heartbeat yes }
  runbook Book for Scorer { covers [deployment, model_degradation, drift, serving_failure, rollback, data_quality, skew, late_pipeline, feature_freshness] drilled 2026-10-01 reviewed 2026-10-01 }
  incidents Response { classes [data_quality, model_degradation, drift, serving_failure] roles [incident_lead, model_owner, data_owner] procedures [Book] post_mortems yes }
  team Team { people 5 on_call yes deployers 4 }
  Orders -> Gate -> Train
  Web -> Scorer { sync timeout 500 ms }
  Train -> Registry -> Scorer { deploys Ranker }
}
`;

export const TODAY = '2026-11-21';

/** The mature system with some of its text replaced; what is to be replaced must be there. */
export function shopWith(...changes: readonly (readonly [from: string, to: string])[]): Maturity {
  return maturityOfText(
    changes.reduce((text, [from, to]) => {
      if (!text.includes(from)) throw new Error(`The system has no ${from}`);
      return text.replace(from, to);
    }, MATURE),
  );
}

export function maturityOfText(text: string): Maturity {
  const { architectures, problems } = loadText(text);
  const errors = problems.filter(({ severity }) => severity === 'error').map(({ message }) => message);
  const [architecture] = architectures;
  if (errors.length > 0 || !architecture) throw new Error(errors.join('\n'));
  return maturityOfSystem(architecture);
}

export function maturityOfSystem(architecture: Architecture): Maturity {
  const context = { architecture, settings: DEFAULT_SETTINGS, today: TODAY };
  return maturityOf(context, review(architecture, context));
}

const found = <T>(item: T | undefined): T => {
  if (item === undefined) throw new Error('not found');
  return item;
};

export const google = ({ ladders }: Maturity): Ladder => found(ladders.find(({ name }) => name.startsWith('Google')));
export const microsoft = ({ ladders }: Maturity): Ladder => found(ladders.find(({ name }) => name.startsWith('Microsoft')));
export const rowOf = ({ rubric }: Maturity, id: string): RubricRow => found(rubric.rows.find((row) => row.id === id));
export const testOf = ({ testScore }: Maturity, id: string): Test => found(testScore.sections.flatMap(({ tests }) => tests).find((test) => test.id === id));

/** `exact 2..2` */
export const levels = ({ headline, atLeast, atMost }: Pick<Ladder, 'headline' | 'atLeast' | 'atMost'>): string => `${headline} ${atLeast}..${atMost}`;
