import { escaped } from '../escape.ts'

/** A selection over rows: the key of their `data-` attribute, and what is offered, by value or with words of its own. */
export interface Selectable { readonly key: string, readonly values: readonly (string | readonly [value: string, text: string])[] }

/** The bar over a list: a search, and selections that offer more than one value. Rows carry `data-row` and the keys. */
export const filters = (what: string, selections: readonly Selectable[]): string =>
  `<div class="filters" role="search"><input type="search" placeholder="Search ${what}" aria-label="Search ${what}">${
    selections.filter(({ values }) => values.length > 1).map(select).join('')}<span class="dim" role="status"></span></div>`

const select = ({ key, values }: Selectable): string =>
  `<select data-key="${key}" aria-label="${key}"><option value="">any ${key}</option>${
    values.map((value) => (typeof value === 'string' ? `<option>${escaped(value)}</option>` : `<option value="${escaped(value[0])}">${escaped(value[1])}</option>`)).join('')}</select>`

/** A link into a list that sets its bar: `{severity: 'high'}`, `{search: 'name'}`. */
export const filtered = (section: string, wanted: Readonly<Record<string, string>>, html: string, attributes = ''): string =>
  `<a href="#${section}" data-set="${escaped(new URLSearchParams(wanted).toString())}"${attributes}>${html}</a>`
