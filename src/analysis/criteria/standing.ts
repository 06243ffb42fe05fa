import { value } from '../../model/statements.ts';
import type { Context } from '../rule.ts';

/** True, or that a prototype, on which nobody relies, is left alone. */
export const isRelied = ({ architecture }: Context): true | string => (value(architecture.system, 'stage') === 'prototype' ? 'It is a prototype; nobody relies on it yet.' : true);
