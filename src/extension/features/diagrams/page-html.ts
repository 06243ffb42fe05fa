export interface PageParts {
  /** Addresses of dist/webview/page.js and page.css, as the page may load them. */
  readonly script: string;
  readonly style: string;
  /** What the policy calls files of the extension. */
  readonly source: string;
  readonly nonce: string;
}

/** The page around the diagram: it may run its own script and nothing else, and it loads nothing from anywhere else. */
export function pageHtml({ script, style, source, nonce }: PageParts): string {
  const policy = ["default-src 'none'", `script-src 'nonce-${nonce}'`, `style-src ${source}`, `img-src ${source} data:`, "base-uri 'none'", "form-action 'none'"].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${attribute(style)}">
<title>Diagram</title>
</head>
<body>
<script nonce="${attribute(nonce)}" src="${attribute(script)}"></script>
</body>
</html>
`;
}

const attribute = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
