import type { TradeOff } from './trade-off.ts';
import { agents } from './trade-offs/criteria/agents.ts';
import { batch } from './trade-offs/criteria/batch.ts';
import { compliance } from './trade-offs/criteria/compliance.ts';
import { cost } from './trade-offs/criteria/cost.ts';
import { dataGovernance } from './trade-offs/criteria/data-governance.ts';
import { delivery } from './trade-offs/criteria/delivery.ts';
import { devices } from './trade-offs/criteria/devices.ts';
import { evaluation } from './trade-offs/criteria/evaluation.ts';
import { languageModels } from './trade-offs/criteria/language-models.ts';
import { ownership } from './trade-offs/criteria/ownership.ts';
import { reliability } from './trade-offs/criteria/reliability.ts';
import { retraining } from './trade-offs/criteria/retraining.ts';
import { retrieval } from './trade-offs/criteria/retrieval.ts';
import { security } from './trade-offs/criteria/security.ts';
import { data } from './trade-offs/data.ts';
import { deployment } from './trade-offs/deployment.ts';
import { monitoring } from './trade-offs/monitoring.ts';
import { serving } from './trade-offs/serving.ts';
import { training } from './trade-offs/training.ts';

/** Of the groups of the wider checklist, in their order. */
const beyond: Readonly<Record<string, TradeOff>> = { ...dataGovernance, ...security, ...languageModels, ...retrieval, ...agents, ...reliability, ...cost, ...delivery, ...evaluation, ...devices, ...batch, ...retraining, ...ownership, ...compliance };

/** By id of the rule; every rule of every check has one, and every criterion. */
export const TRADE_OFFS: Readonly<Record<string, TradeOff>> = { ...training, ...data, ...serving, ...monitoring, ...deployment, ...beyond };

/** The trade-off of a rule’s remedy; none for rules about the file itself, such as those on acceptances. */
export const tradeOffOf = (rule: string): TradeOff | undefined => TRADE_OFFS[rule];
