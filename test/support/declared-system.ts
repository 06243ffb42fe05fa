import { quoted } from '../../src/model/print-value.ts';
import type { Architecture } from '../../src/model/architecture.ts';
import { loadText } from './load.ts';

/** The only system of a text that has to be without errors. */
export function systemIn(text: string): Architecture {
  const { architectures, problems } = loadText(text);
  const [architecture] = architectures;
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (!architecture || errors.length > 0) throw new Error(errors.map(({ message, span }) => `${span.range.start.line + 1}: ${message}`).join('\n') || 'no system');
  return architecture;
}

/** A lender's system of which much is declared; each test changes what it is about. */
export const LENDER = `/** Proposes limits of credit. */
system Lender {
  purpose   "Proposes a limit to a clerk, who decides"
  provider  "Example Bank AG"
  version   "4.1"
  decisions human_reviewed
  affects   [people, money]
  risk_class high

  /** Clerks in the branches. */
  consumer Clerks : user { peak 3 req/s }
  source Accounts : database { owner "Core" contains [pii, financial] licence "internal" schema contract evidence "contracts/accounts v2.avsc" see ["https://docs.example.com/accounts?x=1#top", "javascript:alert(1)", "https://me:secret@example.com/"] }
  dataset Loans : training { from Accounts licence "cc-by-4.0" versioned yes rows 2M rows }
  labels Defaults { from Accounts kind outcome delay 365 days }
  training Fit : scheduled { technology xgboost produces Limit reads Loans pins [code, data] seed none environment unknown }
  model Base : open { licence "Apache-2.0" version "2.1" task generation }
  model Limit : fine_tuned {
    task         regression
    base         Base
    purpose      "A limit of credit in euros"
    not_for      ["Refusing an account"]
    limits       ["Incomes from abroad"]
    harms        ["A limit that is too low shuts people out"]
    architecture "gradient-boosted trees"
    input_types  [tabular]
    licence      "Our own terms"
    planned      none
    digest       "sha256:9F2C000000000000000000000000000000000000000000000000000000000001"
    bill_of_materials "sbom/limit.cdx.json"
  }
  model Cap : rules { task regression }
  evaluation Backtest : backtest {
    judges   Limit
    metrics  [mae, coverage]
    fairness [equal_opportunity]
    segments [women, men]
    results  ["mae 210 EUR", "mae 190..230 EUR for women", "better than before"]
  }
  service Scorer : realtime { serves [Limit, Cap] platform triton auth none exposure internal returns [scores] }
  service Mailer : app { auth oauth }
  store Log : log { technology s3 contains [pii] }
  monitor Watch : model_quality { watches Scorer metric "mae" }

  Defaults -> Fit
  Clerks -> Scorer { request sync contains [pii] }
  Scorer -> Log
  Scorer -> Mailer { request async contains [pii] masks [pii] crosses vendor }
}
`;

/** A text with what every format would take for its own, as it stands in quotes. */
export const HOSTILE_TEXT = '<script>alert(1)</script> "q" `b` | [l](javascript:x) @team #12 **b** \\ {{x}} \u202E $(x)\n# heading\n| a |';

/** A system whose every text is hostile. */
export const hostileSystem = (): string => {
  const text = quoted(HOSTILE_TEXT);
  return `/** ${HOSTILE_TEXT.replaceAll('\n', ' ')} */
system Shop {
  purpose ${text}
  provider ${text}
  owner ${text}
  version ${quoted(HOSTILE_TEXT.repeat(20))}
  consumer App
  source Clicks { owner ${text} licence ${text} see [${text}, "//evil.example/x", "../a b/%zz?q"] schema contract evidence ${text} tags [${text}] }
  labels Truth { from Clicks join_key ${text} }
  training Fit { produces Rank reads Clicks event_time ${text} }
  model Rank { purpose ${text} limits [${text}] harms [${text}] not_for [${text}] architecture ${text} inputs [${text}] licence ${text} version ${text} artifact ${text} tags [${text}] }
  evaluation Test { judges Rank metrics [${text}] segments [${text}] results [${text}, ${quoted(`auc 0.8 for ${HOSTILE_TEXT}`)}] business_metric ${text} }
  service Api { serves Rank identity ${text} owner ${text} }
  decision ${text} { context ${text} rejected ${text} by ${text} }
  target Later {
    because ${text}
    change Api { replicas 3 }
  }
  accept ML09 on Api { because ${text} until 2027-03-31 by ${text} }
  App -> Api { request }
  Truth -> Fit
}
`;
};
