/**
 * Messages beyond the Language Server Protocol, between a client and the language server. Plain data and method names,
 * so that the extension needs nothing of the server to use them. Positions are those of LSP; files are URIs.
 */

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export interface Location {
  readonly uri: string;
  readonly range: Range;
}

/** What a client says of itself when it starts the server; each may be left out. */
export interface InitializationOptions {
  /** `client`: files are read through the client (virtual workspaces, the web); otherwise by the server from disk. */
  readonly files?: 'client' | 'disk';
  /** The client has the command `mlarch.acceptRisk`, which asks for reason, owner and expiry. */
  readonly acceptRiskCommand?: boolean;
  /** The client has `mlarch.showFindings`, `mlarch.showDiagram` and `mlarch.explain`, so code lenses and actions may call them. */
  readonly commands?: boolean;
  /** Where a worker of a browser finds the script of the worker that lays pictures out. */
  readonly layoutScript?: string;
}

/** The settings of section `mlarch` that the server reads. */
export interface ServerSettings {
  /** Review every file of the workspace, or only open files and what they belong to. */
  readonly reviewScope: 'workspace' | 'openFiles';
  readonly minSeverity: Severity;
  /** Show open questions as hints in the text. */
  readonly questions: boolean;
  readonly codeLens: boolean;
  readonly inlayHints: boolean;
}

export type Severity = 'critical' | 'high' | 'medium' | 'low';

/** Server to client, notification: an analysis begins or ends. */
export const BUSY = 'mlarch/busy';
export interface BusyParams {
  readonly busy: boolean;
}

/** Server to client, notification: new results; trees and status ask again. */
export const REVIEWED = 'mlarch/reviewed';

/** Client to server: the latest result of every system of the workspace. */
export const REVIEWS = 'mlarch/reviews';
export interface ReviewsResult {
  readonly systems: readonly SystemReview[];
  /** Rules that failed while they ran: a fault of the tool and not of the file. */
  readonly failures: readonly { readonly rule: string; readonly message: string }[];
}

export interface SystemReview {
  readonly name: string;
  readonly location: Location;
  readonly score: ScoreSummary;
  readonly findings: readonly FindingItem[];
  readonly questions: readonly QuestionItem[];
  readonly accepted: readonly AcceptedItem[];
  readonly checks: readonly CheckItem[];
  /** Files that this system is made of. */
  readonly files: readonly string[];
}

export interface ScoreSummary {
  readonly headline: string;
  /** 0 to 4: what the file assures, and what it could if every open question had a good answer. */
  readonly assured: number;
  readonly potential: number;
  readonly bar: number;
  readonly decided: number;
  readonly applicable: number;
}

export interface FindingItem {
  readonly id: string;
  readonly rule: string;
  readonly check: string;
  readonly category: string;
  readonly type: 'contradiction' | 'gap' | 'weak' | 'advisory';
  readonly severity: Severity;
  readonly message: string;
  readonly why: string;
  readonly component: string;
  readonly location: Location;
  readonly path: readonly { readonly component: string; readonly note?: string; readonly location: Location }[];
  readonly remedy: string;
  /** The remedy is an edit of the file and can be applied. */
  readonly fixable: boolean;
  readonly acceptable: boolean;
  readonly docs: string;
}

export interface QuestionItem {
  readonly id: string;
  readonly rule: string;
  readonly check: string;
  readonly message: string;
  readonly component: string;
  readonly location: Location;
}

export interface AcceptedItem {
  readonly rule: string;
  readonly component: string;
  readonly message: string;
  readonly because: string;
  readonly by: string;
  readonly until: string;
  readonly location: Location;
}

/** One of the 20 checks: the worst verdict of its rules. */
export interface CheckItem {
  readonly id: string;
  readonly title: string;
  readonly category: string;
  readonly question: string;
  readonly verdict: Verdict;
  readonly docs: string;
  readonly rules: readonly { readonly id: string; readonly title: string; readonly verdict: Verdict; readonly because?: string }[];
}

export type Verdict = 'failed' | 'finding' | 'question' | 'accepted' | 'satisfied' | 'not-applicable';

/** Client to server: the edit that accepts the risk of a finding, or null where there is no such finding now. */
export const ACCEPT_RISK = 'mlarch/acceptRisk';
export interface AcceptRiskParams {
  /** Id of the finding, and the file of its system. */
  readonly finding: string;
  readonly uri: string;
  readonly because: string;
  readonly by: string;
  /** `2027-03-31` */
  readonly until: string;
}

/** Client to server: the edit that applies the remedy of a finding (a WorkspaceEdit), or null where there is none. */
export const REMEDY = 'mlarch/remedy';
export interface RemedyParams {
  readonly finding: string;
  readonly uri: string;
}

/** Client to server: a check or rule in full, as Markdown; null where there is none of that id. */
export const EXPLAIN = 'mlarch/explain';
export interface ExplainParams {
  readonly id: string;
}

/** Client to server: an answer for a language model (see src/report/tool-answers.ts). */
export const TOOL = 'mlarch/tool';
export interface ToolParams {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** Server to client, with `files: "client"`: every .mlarch file of the workspace. */
export const LIST_FILES = 'mlarch/listFiles';
export type ListFilesResult = readonly string[];

/** Server to client, with `files: "client"`: the text of a file, null where it cannot be read. */
export const READ_FILE = 'mlarch/readFile';
export interface ReadFileParams {
  readonly uri: string;
}

/** Server to client, with `files: "client"`: what stands at a URI, null for nothing. */
export const STAT = 'mlarch/stat';
export type StatResult = 'file' | 'folder' | null;

/** The commands of the extension that the server’s code lenses and code actions call, with their arguments. */
export const COMMANDS = {
  /** (finding id, URI of the system’s file) */
  acceptRisk: 'mlarch.acceptRisk',
  /** (URI of the system’s file, name of the component or undefined) */
  showFindings: 'mlarch.showFindings',
  /** (URI of the system’s file, name of the system or undefined) */
  showDiagram: 'mlarch.showDiagram',
  /** (id of a check or rule) */
  explain: 'mlarch.explain',
} as const;
