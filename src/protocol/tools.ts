/** The tools that language models may call; src/report/tool-definitions.ts says what each does. */
export const TOOL_NAMES = ['mlarch_validate', 'mlarch_findings', 'mlarch_explain', 'mlarch_estimate'] as const;
export type ToolName = (typeof TOOL_NAMES)[number];
