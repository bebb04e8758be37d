import { createHash } from 'node:crypto'
import { escaped } from '../escape.ts'
import { script } from './script.ts'
import { style } from './style.ts'

/** A part of the page: its anchor, its heading, how many things it holds, its HTML. */
export interface Section { readonly id: string, readonly title: string, readonly count?: number, readonly html: string }

const digest = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** A turret that overhangs a wall. */
const logo = '<svg class="logo" viewBox="0 0 32 32" aria-hidden="true"><path d="M4 4h5v4h4V4h6v4h4V4h5v10l-4 4v10H8V18l-4-4z"/><path class="slit" d="M16 15v7"/></svg>'

/** One self-contained page that loads nothing: its policy allows its own style and its own script, by their hashes. */
export const page = (title: string, subtitle: string, sections: readonly Section[]): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${digest(style)}; script-src ${digest(script)}; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<header>${logo}<div><h1>${escaped(title)}</h1><p class="dim">${escaped(subtitle)}</p></div></header>
<nav aria-label="Sections"><div>${sections.map(({ id, title: name, count }) => `<a href="#${id}">${escaped(name)}${count === undefined ? '' : ` <span class="n">${count}</span>`}</a>`).join('')}</div></nav>
<main>
${sections.map(({ id, title: name, html }) => `<section id="${id}"><h2>${escaped(name)}</h2>\n${html}</section>`).join('\n')}
</main>
<footer>Made by Bartizan from a snapshot. It shows what was found in what could be read: what could not be read is listed as not known, and is not a pass.</footer>
<script>${script}</script>
</body>
</html>
`
