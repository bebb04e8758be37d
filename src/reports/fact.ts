import type { Evidence } from '../model/finding.ts'

/** A piece of evidence in words: what a property is, or what stands elsewhere and does something. */
export const factOf = ({ resource, pointer, value, note }: Evidence): string => {
  if (note !== undefined) return [shortOf(resource), ...(pointer === '' ? [] : [pointer]), note].join(' ')
  return `${pointer} ${value === undefined ? 'is not set' : `= ${value}`}`
}

/** Of an ARN what tells it from others of its account. */
const shortOf = (resource: string): string => (resource.startsWith('arn:') ? resource.split(':').slice(5).join(':') : resource)
