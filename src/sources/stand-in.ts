import { unknown } from '../core/unknown.ts'
import type { Unknown } from '../core/unknown.ts'

const standIn: unique symbol = Symbol('stands in names')

/** Parameters that only make names differ from one deployment to the next. */
const label = /^(?:name|cgid|(?:name|resource|project|stack|app|application|service|env|environment|unique|random|deployment)?[_-]?(?:prefix|suffix)|(?:project|stack|app|application|env|environment|stage|deployment|workspace|namespace)(?:[_-]?(?:name|id))?)$/i

/** A value that is not given; one that only makes names differ stands for itself inside of longer names. */
export const notGiven = (parameter: string, reason: string): Unknown =>
  (label.test(parameter) ? Object.assign(unknown(reason), { [standIn]: parameter.replaceAll(/[^A-Za-z0-9]+/g, '-').toLowerCase() }) : unknown(reason))

/** What stands in a longer name for a value that is not given; undefined where the value matters for itself. */
export const standInFor = (value: Unknown): string | undefined => (value as { readonly [standIn]?: string })[standIn]
