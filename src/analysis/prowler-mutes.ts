import { BartizanError } from '../core/errors.ts'
import type { Finding } from '../model/finding.ts'
import type { Mute } from './mutes.ts'

type Yaml = Readonly<Record<string, unknown>>

/** Whether any of the texts fits. */
type Test = (...texts: readonly string[]) => boolean

/** A check of an account's list, as tests of a finding. */
interface Rule {
  readonly names: Test
  readonly covers: (finding: Finding) => boolean
  readonly excepts: (finding: Finding) => boolean
  readonly reason: string
  readonly place: string
}

/**
 * Mutes of Prowler's tree: account → check → regions, resources, tags, exceptions. Patterns are regular expressions that may stand
 * anywhere in the text; a `*` that begins one is any text. All of the tags must fit. A check that excepts a finding ends the list of its account.
 */
export const prowlerMutes = (list: object, file: string): Mute[] =>
  entriesOf((list as Yaml)['Accounts'], `${file}: Mutelist/Accounts`).flatMap(([account, entry]) => {
    const place = `${file}: Mutelist/Accounts/${account}/Checks`
    const rules = entriesOf((entry as Yaml | null)?.['Checks'], place).map(([check, rule]) => ruleOf(check, rule, `${place}/${check}`))
    return rules.map(({ names, covers, reason, place: at }, index): Mute => ({
      place: at, reason,
      silences: (finding) => (account === '*' || account === finding.account) && names(...namesOf(finding)) && covers(finding) &&
        !rules.slice(0, index + 1).some((earlier) => earlier.names(...namesOf(finding)) && earlier.excepts(finding)),
    }))
  })

/** What Prowler would call the check, and what we call it. */
const namesOf = ({ check, also }: Finding): string[] => [check, ...also.filter((alias) => alias.startsWith('prowler:')).map((alias) => alias.slice('prowler:'.length))]

const entriesOf = (value: unknown, place: string): [string, unknown][] => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new BartizanError('BZ008', `${place} is not a map`)
  return Object.entries(value)
}

const ruleOf = (check: string, value: unknown, place: string): Rule => {
  if (typeof value !== 'object' || value === null) throw new BartizanError('BZ008', `${place} needs "Regions" and "Resources"`)
  const rule = value as Yaml
  const [regions, resources] = [required(rule, 'Regions', place), required(rule, 'Resources', place)]
  const tags = testsOf(rule, 'Tags', place)
  const { Exceptions: exceptions = {}, Description: reason } = rule
  const except = { accounts: testsOf(exceptions, 'Accounts', place), regions: testsOf(exceptions, 'Regions', place), resources: testsOf(exceptions, 'Resources', place), tags: testsOf(exceptions, 'Tags', place) }
  const anyException = Object.values(except).some((tests) => tests.length > 0)
  return {
    place,
    names: testOf(check.replace(/^lambda/, 'awslambda'), place),
    reason: typeof reason === 'string' ? reason : 'muted in a Prowler mute list',
    covers: (finding) => some(regions, finding.region) && some(resources, finding.resourceName, finding.resource) && tags.every((test) => test(tagsOf(finding))),
    excepts: (finding) => anyException &&
      (except.accounts.length === 0 || some(except.accounts, finding.account)) && (except.regions.length === 0 || some(except.regions, finding.region)) &&
      (except.resources.length === 0 || some(except.resources, finding.resourceName, finding.resource)) && except.tags.every((test) => test(tagsOf(finding))),
  }
}

const some = (tests: readonly Test[], ...texts: readonly string[]): boolean => tests.some((test) => test(...texts))

const tagsOf = ({ tags }: Finding): string => Object.entries(tags).map(([key, value]) => `${key}=${value}`).join(' | ')

const required = (rule: Yaml, key: string, place: string): readonly Test[] => {
  const tests = testsOf(rule, key, place)
  if (tests.length === 0) throw new BartizanError('BZ008', `${place} needs "${key}" as a list; "*" is all`)
  return tests
}

const testsOf = (rule: unknown, key: string, place: string): readonly Test[] => {
  const list = (rule as Yaml | null)?.[key] ?? []
  if (!Array.isArray(list)) throw new BartizanError('BZ008', `${place}/${key} is not a list`)
  return list.map((pattern) => testOf(String(pattern), `${place}/${key}`))
}

/** Patterns and texts are bounded, and repeats of repeats refused: matching stays quick. */
const longest = { pattern: 300, text: 2048 }
const repeatedRepeat = /\((?:[^()\\]|\\.)*[+*}](?:[^()\\]|\\.)*\)[+*{]/

const testOf = (pattern: string, place: string): Test => {
  const [, flags = '', body = ''] = /^(\(\?i\))?(.*)$/s.exec(pattern)!
  const source = body.startsWith('*') ? `.${body}` : body
  if (source.length > longest.pattern || repeatedRepeat.test(source)) throw new BartizanError('BZ008', `${place}: "${pattern.slice(0, 80)}" is too involved a pattern; write it without repeats of repeats, in ${longest.pattern} characters`)
  try {
    const regex = new RegExp(source, flags === '' ? 's' : 'is')
    return (...texts) => texts.some((text) => regex.test(text.slice(0, longest.text)))
  } catch (error) {
    throw new BartizanError('BZ008', `${place}: "${pattern.slice(0, 80)}" is not a regular expression; put a backslash before signs that are meant as such`, { cause: error })
  }
}
