import type { TradeOff } from './trade-off.ts';
import { data } from './trade-offs/data.ts';
import { deployment } from './trade-offs/deployment.ts';
import { monitoring } from './trade-offs/monitoring.ts';
import { serving } from './trade-offs/serving.ts';
import { training } from './trade-offs/training.ts';

/** By id of the rule; every rule of every check has one. */
export const TRADE_OFFS: Readonly<Record<string, TradeOff>> = { ...training, ...data, ...serving, ...monitoring, ...deployment };

/** The trade-off of a rule’s remedy; none for rules about the file itself, such as those on acceptances. */
export const tradeOffOf = (rule: string): TradeOff | undefined => TRADE_OFFS[rule];
