import { describe, expect, it } from 'vitest';
import { CancellationToken, ResponseError } from 'vscode-languageserver';
import { guarded, reporter } from '../../src/server/guard.ts';

describe('a guarded handler', () => {
  it('reports a failure with what failed, and answers emptily', async () => {
    const said: string[] = [];
    const report = reporter({ console: { error: (line: string) => void said.push(line) } } as never);
    const handler = guarded(report, 'hover', null, () => {
      throw new Error('broken');
    });
    expect(await handler({}, CancellationToken.None)).toBeNull();
    expect(said).toEqual([expect.stringMatching(/^hover failed: Error: broken/)]);
  });

  it('does not begin what is cancelled', async () => {
    let begun = false;
    const handler = guarded(() => undefined, 'hover', null, () => {
      begun = true;
      return null;
    });
    expect(await handler({}, CancellationToken.Cancelled)).toBeInstanceOf(ResponseError);
    expect(begun).toBe(false);
  });
});
