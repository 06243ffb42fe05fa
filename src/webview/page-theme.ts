import { themes, type Theme } from '../diagram/svg/theme.ts';
import type { ExportTheme } from '../protocol/page.ts';

export const THEME_KINDS = ['vscode-light', 'vscode-dark', 'vscode-high-contrast', 'vscode-high-contrast-light'] as const;
export type ThemeKind = (typeof THEME_KINDS)[number];

/** The theme of the editor; VS Code writes it on the page. */
export const themeKind = (): ThemeKind => THEME_KINDS.find((kind) => kind === document.body.dataset['vscodeThemeKind']) ?? 'vscode-dark';

/** The theme of an exported picture that looks like this page. */
export const exportThemeOf = (kind: ThemeKind): ExportTheme => ({ 'vscode-light': 'light', 'vscode-dark': 'dark', 'vscode-high-contrast': 'high-contrast', 'vscode-high-contrast-light': 'print' } as const)[kind];

const shade = (percent: number): string => `color-mix(in srgb, var(--vscode-editor-foreground) ${percent}%, var(--vscode-editor-background))`;

/** The colours of the drawing with the grounds and the text of the editor; what tells flows and layers apart stays. */
export function pageTheme(kind: ThemeKind): Theme {
  const theme = themes[exportThemeOf(kind)];
  const ground = 'var(--vscode-editor-background)';
  const ink = 'var(--vscode-editor-foreground)';
  const own = { background: ground, text: ink, card: ground };
  // High contrast knows no shades: grounds are plain and borders solid.
  if (kind.startsWith('vscode-high-contrast')) return { ...theme, ...own, quiet: ink, border: 'var(--vscode-contrastBorder)', lanes: [ground, ground], group: ground };
  return { ...theme, ...own, lanes: [shade(3), shade(7)], group: shade(4) };
}
