import * as vscode from 'vscode';
import { STATES, VIEWS } from '../../../protocol/views.ts';
import { FENCE, type FenceParams, type FenceResult } from '../../../protocol/diagram.ts';
import type { Connection } from '../connection/connection.ts';
