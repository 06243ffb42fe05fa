import * as vscode from 'vscode';
import { FENCE, type FenceParams, type FenceResult } from '../../../protocol/diagram.ts';
import { isState, isView } from '../../../protocol/page.ts';
import type { Connection } from '../connection/connection.ts';

/** What is used of markdown-it, which is that of VS Code. */
export interface MarkdownIt {
  readonly renderer: { readonly rules: Record<string, Rule | undefined> };
}
interface Token {
  readonly type: string;
  readonly info: string;
  readonly content: string;
}
interface Renderer {
  renderAttrs(token: Token): string;
  renderToken(tokens: readonly Token[], index: number, options: unknown): string;
}
type Rule = (tokens: readonly Token[], index: number, options: unknown, environment: { readonly currentDocument?: unknown } | undefined, self: Renderer) => string;

const MOST = 60;
const THEMES: Readonly<Record<vscode.ColorThemeKind, FenceParams['theme']>> = { [vscode.ColorThemeKind.Light]: 'light', [vscode.ColorThemeKind.Dark]: 'dark', [vscode.ColorThemeKind.HighContrast]: 'high-contrast', [vscode.ColorThemeKind.HighContrastLight]: 'print' };

/**
 * Draws fences of mlarch in the Markdown preview. The preview wants its text at once, and a layout takes a moment: so the text
 * shows first, or the picture from before, and the preview is made again when the server has drawn. Nothing runs in the preview itself.
 */
export function fenceRenderer(context: vscode.ExtensionContext, connection: Connection): (markdown: MarkdownIt) => MarkdownIt {
  const answers = new Map<string, FenceResult | undefined>();
  /** The latest picture at each place, while there is none of the new text. */
  const latest = new Map<string, string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let used = false;
  const refresh = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void vscode.commands.executeCommand('markdown.preview.refresh').then(undefined, () => undefined), 20);
  };
  const ask = (key: string, params: FenceParams): void => {
    answers.set(key, undefined);
    forgetOldest(answers);
    connection.request<FenceResult>(FENCE, params).then(
      (result) => {
        answers.set(key, result);
        refresh();
      },
      (error: unknown) => {
        connection.output.warn(`Fence: ${String(error)}`);
        answers.set(key, { kind: 'none', because: vscode.l10n.t('The picture could not be made; the output of mlarch says why.') });
        refresh();
      },
    );
  };
  context.subscriptions.push(
    { dispose: () => clearTimeout(timer) },
    vscode.window.onDidChangeActiveColorTheme(() => {
      if (used) refresh();
    }),
  );

  const render = (tokens: readonly Token[], index: number, environment: { readonly currentDocument?: unknown } | undefined, attributes: string): string => {
    used = true;
    const token = tokens[index] as Token;
    const document = environment?.currentDocument;
    const uri = document instanceof vscode.Uri ? document.toString() : undefined;
    const params: FenceParams = { text: token.content, ...(uri !== undefined && { uri }), ...wishesOf(token.info), theme: THEMES[vscode.window.activeColorTheme.kind] };
    const key = JSON.stringify(params);
    if (!answers.has(key)) ask(key, params);
    const number = tokens.slice(0, index).filter(isOurs).length;
    const place = `${uri ?? ''}#${number}`;
    const answer = answers.get(key);
    if (answer?.kind === 'svg') {
      latest.set(place, answer.svg);
      forgetOldest(latest);
    }
    const picture = latest.get(place);
    const notice = answer?.kind === 'none' ? `<p class="mlarch-notice">${escaped(answer.because)}</p>` : '';
    // The picture is the writer’s, in which all text is escaped.
    const body = picture === undefined ? `<pre class="mlarch"><code>${escaped(token.content)}</code></pre>` : withIds(picture, `mlarch-${number}`);
    return `<div${attributes}>\n<div class="mlarch-diagram">${notice}${body}</div></div>\n`;
  };

  return (markdown) => {
    const { rules } = markdown.renderer;
    const before = rules['fence'];
    rules['fence'] = (tokens, index, options, environment, self) => {
      const token = tokens[index];
      if (token && isOurs(token)) return render(tokens, index, environment, self.renderAttrs(token));
      return before ? before(tokens, index, options, environment, self) : self.renderToken(tokens, index, options);
    };
    return markdown;
  };
}

const isOurs = ({ type, info }: Token): boolean => type === 'fence' && /^mlarch(\s|$)/.test(info.trim());

/** ` ```mlarch serving target `: which view and which state; the system as it is, if nothing is said. */
function wishesOf(info: string): Pick<FenceParams, 'view' | 'state'> {
  const words = info.trim().split(/\s+/).slice(1);
  return { view: words.filter(isView).find((view) => view !== 'focus') ?? 'system', state: words.find(isState) ?? 'current' };
}

/** Several pictures in one page: their ids must not be the same. In text a quote is escaped, so that only attributes match. */
const withIds = (svg: string, prefix: string): string => svg.replaceAll(/ (id|aria-labelledby)="([^"]*)"/g, (_, name: string, ids: string) => ` ${name}="${ids.split(' ').map((id) => `${prefix}-${id}`).join(' ')}"`);

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

function forgetOldest(map: Map<string, unknown>): void {
  const [oldest] = map.keys();
  if (map.size > MOST && oldest !== undefined) map.delete(oldest);
}
