import { themes } from '../../diagram/svg/theme.ts';
import { SEVERITIES } from '../../analysis/finding.ts';

const { light, dark } = themes;

const colours = ({ background, text, quiet, border, group, severities }: typeof light, link: string, warning: string, sure: string, possible: string): string =>
  `--background:${background};--text:${text};--quiet:${quiet};--border:${border};--shade:${group};--link:${link};--warning:${warning};--sure:${sure};--possible:${possible};${SEVERITIES.map((severity) => `--${severity}:${severities[severity].fill};--on-${severity}:${severities[severity].text};`).join('')}`;

/** The style of a document: for screens in light and dark, and for paper. It needs no colour to be understood. */
export const STYLE = `
:root{color-scheme:light dark;${colours(light, '#0550ae', '#fff4d6', '#0072b2', '#bcdcf0')}}
@media (prefers-color-scheme:dark){:root{${colours(dark, '#79b8ff', '#3d3212', '#56b4e9', '#24506b')}}}
*{box-sizing:border-box}
body{margin:0;background:var(--background);color:var(--text);font:16px/1.55 Inter,'Segoe UI','Helvetica Neue',Arial,sans-serif;overflow-wrap:anywhere}
.skip{position:absolute;left:-999px;top:0;padding:.5rem 1rem;background:var(--background);color:var(--link)}
.skip:focus{left:0;z-index:1}
header,main,footer,nav{max-width:60rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:2.5rem}
footer{padding-top:1rem;padding-bottom:2rem;margin-top:3rem;border-top:1px solid var(--border);color:var(--quiet)}
h1{font-size:2rem;line-height:1.2;margin:0 0 .5rem}
h2{font-size:1.5rem;line-height:1.25;margin:2.5rem 0 .75rem;padding-bottom:.25rem;border-bottom:1px solid var(--border)}
h3{font-size:1.2rem;margin:2rem 0 .5rem}
h4,h5,h6{font-size:1rem;margin:1.5rem 0 .5rem}
nav h2{font-size:1.1rem;border:0;margin-top:1.5rem}
nav ul{list-style:none;padding:0;margin:0}
nav ul ul{padding-left:1.25rem}
p,ul,ol,dl{margin:0 0 1rem}
.subtitle{font-size:1.15rem;margin-bottom:.25rem}
.date,.description{color:var(--quiet)}
a{color:var(--link)}
a:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--link);outline-offset:2px}
code,pre{font-family:ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace;font-size:.875em}
pre{background:var(--shade);border:1px solid var(--border);border-radius:4px;padding:.75rem 1rem;white-space:pre-wrap}
.scroll{overflow-x:auto;margin:0 0 1.25rem}
table{border-collapse:collapse;width:100%;margin-bottom:1.25rem}
.scroll table{margin:0}
caption{text-align:left;font-weight:600;padding:.25rem 0}
th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid var(--border);min-width:4.5rem}
thead th{background:var(--shade);border-bottom:2px solid var(--border)}
.right{text-align:right}
.severity{display:inline-block;padding:0 .4rem;border:1px solid var(--border);border-radius:3px;font-weight:600}
${SEVERITIES.map((severity) => `.severity.${severity}{background:var(--${severity});color:var(--on-${severity})}`).join('\n')}
.note{border-left:4px solid var(--sure);background:var(--shade);padding:.6rem 1rem}
.note.warning{border-left:4px double var(--text);background:var(--warning)}
dl{display:grid;grid-template-columns:minmax(8rem,1fr) 3fr;gap:.25rem 1rem}
dt{font-weight:600}
dd{margin:0}
figure{margin:1.5rem 0}
.picture{background:#fff;border:1px solid var(--border);border-radius:4px;padding:.5rem;overflow-x:auto}
.picture svg{display:block;max-width:100%;height:auto;margin:0 auto}
figure.wide svg{max-width:none}
@media screen and (min-width:64rem){figure.wide .picture{width:calc(100vw - 4rem);margin-left:calc(50% - 50vw + 2rem)}}
figcaption{margin-bottom:.5rem;font-weight:600}
.bar{display:block;width:100%;max-width:12rem;height:1rem}
.bar .whole{fill:none;stroke:var(--text)}
.bar .sure{fill:var(--sure)}
.bar .possible{fill:var(--possible);stroke:var(--sure);stroke-dasharray:3 2}
@media print{
:root{color-scheme:light;${colours(themes.print, '#000000', '#ffffff', '#000000', '#bbbbbb')}}
body{font-size:10pt}
header,main,footer,nav{max-width:none;padding:0}
.skip{display:none}
.scroll,.picture{overflow:visible}
.picture{border:0;padding:0}
.picture svg,figure.wide svg{max-width:100%;max-height:24cm}
h2,h3,h4,h5,h6,caption,figcaption{break-after:avoid}
tr,figure,.note{break-inside:avoid}
thead{display:table-header-group}
.starts-page{break-before:page}
}
`.trim();
