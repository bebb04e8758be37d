import { edges, parseRange } from './addresses.ts'
import { arnParts } from './arns.ts'
import { booleans } from './condition-keys.ts'
import type { Estate } from './estate.ts'
import { bearing } from './evaluate.ts'
import { look, type Frame, type Key } from './frame.ts'
import { ANY, STAR, matchEncoded, meet } from './glob.ts'
import type { ContextValue } from './model.ts'
import { date, number, type Atom } from './operators.ts'
import { candidates } from './program.ts'
import type { Statement } from './statement.ts'
import { strangersAccount } from './subject.ts'
import { behindAccessPoint } from './target.ts'
import { fill, type Template } from './variables.ts'

/** An ARN of nobody's. */
const anyArn = `arn:aws:any:any:${strangersAccount}:any`

/** The statements that can have a say in a request. */
export const relevant = (estate: Estate, frame: Frame): Statement[] => {
  const bears = bearing(estate, frame)
  const behind = behindAccessPoint(estate, frame.target, frame.subject.account)
  const programs = [bears.identity, bears.boundary, bears.session, bears.resource, bears.endpoint, behind?.target.policy, ...bears.scps, ...bears.rcps]
  const found = new Set<Statement>()
  for (const program of programs) {
    if (program === undefined) continue
    const { allow, deny } = candidates(program, frame.action)
    for (const statement of allow) found.add(statement)
    for (const statement of deny) found.add(statement)
  }
  return [...found]
}

/**
 * Values of a free key that together tell apart everything that the statements ask of it: each value that they name, the
 * neighbours of numbers, dates and addresses, what two patterns share, one value that nobody names, and absence.
 */
export const samples = (estate: Estate, frame: Frame, key: Key, statements: readonly Statement[]): (ContextValue | null)[] => {
  if (booleans.has(key.name)) return key.always ? ['true', 'false'] : [null, 'true', 'false']
  const atoms = statements.flatMap((statement) => statement.atoms)
  const mine = atoms.filter((atom) => atom.key === key)
  const values = new Set<string>()
  for (const atom of mine) for (const value of named(atom, frame)) values.add(value)
  for (const value of asVariable(key, atoms, statements, frame)) values.add(value)
  if (key.name.startsWith('kms:encryptioncontext:')) for (const value of granted(frame, key)) values.add(value)
  const vpc = frame.target.entry?.input.accessPoint?.vpc
  if (key.name === 'aws:sourcevpc' && vpc !== undefined) values.add(vpc)
  for (const value of shared(mine, frame)) values.add(value)
  const textual = mine.every(({ source }) => /^(String|Binary|Arn|Null)/.test(source.comparison))
  if (textual) values.add(mine.some(({ source }) => source.comparison === 'ArnLike') ? anyArn : nobodys(mine, frame))
  if (frame.subject.kind === 'outsider' && key.name === 'aws:principalarn') return outsiders(mine, frame)
  const single: (ContextValue | null)[] = key.always ? [...values] : [null, ...values]
  // Of a service's key nothing may be known: a set operator then says that it has many values. Global keys are all known.
  const many = key.multi || (!key.name.startsWith('aws:') && mine.some(({ source }) => source.set !== 'one'))
  return many ? [...single.map((value) => (typeof value === 'string' ? [value] : value)), ...lists(mine, [...values], frame)] : single
}

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789'.split('')

/** A value that no pattern matches but those that match nearly all: where the usual one does, it is of a letter that none has. */
const nobodys = (atoms: readonly Atom[], frame: Frame): string => {
  const usual = 'any-other'
  const patterns = atoms.filter(({ source }) => source.comparison === 'StringLike')
    .flatMap(({ templates }) => templates.map((template) => fill(template, frame))).filter((text) => typeof text === 'string')
  if (!patterns.some((pattern) => pattern !== STAR && matchEncoded(pattern, usual))) return usual
  const free = letters.find((letter) => !patterns.some((pattern) => pattern.includes(letter)))
  return free === undefined ? usual : free.repeat(usual.length)
}

/** ARNs that somebody of an outsider's account can have. */
const outsiders = (atoms: readonly Atom[], frame: Frame): string[] => {
  const { account } = frame.subject
  const found = atoms.flatMap(({ templates }) => templates.map((template) => fill(template, frame))).flatMap((text) => {
    if (typeof text !== 'string') return []
    const parts = arnParts(text)
    return parts.length === 6 && matchEncoded(parts[4]!, account) ? instances([...parts.slice(0, 4), account, parts[5]].join(':')) : []
  })
  return [...new Set([...found, `arn:aws:iam::${account}:role/any-other`])]
}

const named = (atom: Atom, frame: Frame): string[] => {
  const { comparison } = atom.source
  return atom.templates.flatMap((template) => {
    const text = fill(template, frame)
    if (text === undefined || text === null) return []
    switch (comparison) {
      case 'StringEquals': case 'BinaryEquals': return [text]
      case 'StringEqualsIgnoreCase': return [text, text.toLowerCase(), text.toUpperCase()]
      case 'StringLike': case 'ArnLike': return instances(text)
      case 'Bool': return ['true', 'false']
      case 'IpAddress': {
        const range = parseRange(text)
        return range === undefined ? [] : edges(range)
      }
      case 'Null': return []
      default: return comparison.startsWith('Numeric') ? around(number(text), 1, String) : around(date(text), 1000, (time) => new Date(time).toISOString())
    }
  })
}

const around = (value: number | undefined, step: number, show: (value: number) => string): string[] =>
  value === undefined || !Number.isFinite(value) || Math.abs(value) > 8e15 ? [] : [value - step, value, value + step].map(show)

const instances = (pattern: string): string[] => {
  const wide = pattern === STAR ? anyArn : pattern
  return [wide.replaceAll(STAR, '').replaceAll(ANY, 'x'), wide.replaceAll(STAR, 'any').replaceAll(ANY, 'x')]
}

/** What pairs of patterns share. */
const shared = (atoms: readonly Atom[], frame: Frame): string[] => {
  const patterns = [...new Set(atoms.filter(({ source }) => source.comparison.endsWith('Like'))
    .flatMap(({ templates }) => templates.map((template) => fill(template, frame)).filter((text) => typeof text === 'string')))].slice(0, 12)
  return patterns.flatMap((a, i) => patterns.slice(i + 1).map((b) => meet(a, b)).filter((text) => text !== undefined))
}

/** Values that make a condition or a resource hold in which the key stands as a variable. */
const asVariable = (key: Key, atoms: readonly Atom[], statements: readonly Statement[], frame: Frame): string[] => {
  const holds = (template: string | Template): template is Template => typeof template !== 'string' && template.some((part) => typeof part !== 'string' && part.key === key)
  const fromAtoms = atoms.flatMap(({ key: other, templates }) => {
    const using = templates.filter(holds)
    if (using.length === 0 || other === key) return []
    const held = look(frame, other)
    const texts = typeof held === 'string' ? [held] : held ?? atoms.filter((atom) => atom.key === other).flatMap((atom) => named(atom, frame))
    return using.flatMap((template) => texts.flatMap((text) => solveFor(template, key, text)))
  })
  const fromResources = statements.flatMap(({ resources }) => resources ?? [])
    .flatMap((pattern) => (pattern.kind === 'variable' && holds(pattern.template) ? solveFor(pattern.template, key, frame.resource) : []))
  return [...fromAtoms, ...fromResources]
}

/** Values of one variable with which a template can become a text. */
const solveFor = (template: Template, key: Key, text: string): string[] => {
  const at = template.findIndex((part) => typeof part !== 'string' && part.key === key)
  const before = template.slice(0, at)
  const after = template[at + 1]
  const starts: number[] = []
  const head = before.every((part) => typeof part === 'string') ? before.join('') : undefined
  if (head !== undefined && !head.includes(STAR) && text.startsWith(head)) starts.push(head.length)
  else for (let i = 0; i <= text.length && starts.length < 40; i++) if (i === 0 || /[/:_.@-]/.test(text[i - 1]!)) starts.push(i)
  const stop = typeof after === 'string' && after[0] !== STAR && after[0] !== ANY ? after[0] : undefined
  return starts.flatMap((start) => {
    const ends: number[] = []
    for (let i = start; i <= text.length && ends.length < 20; i++) if (i === text.length || (stop === undefined ? /[/:]/.test(text[i]!) : text[i] === stop)) ends.push(i)
    return ends.map((end) => text.slice(start, end)).filter((value) => value !== '')
  })
}

const granted = ({ target }: Frame, key: Key): string[] => {
  const grants = target.entry?.input.kms?.grants
  if (!Array.isArray(grants)) return []
  const name = key.name.slice('kms:encryptioncontext:'.length)
  return grants.flatMap((grant) => Object.entries({ ...grant.encryptionContextSubset, ...grant.encryptionContextEquals }))
    .flatMap(([of, value]) => (of.toLowerCase() === name && typeof value === 'string' ? [value] : []))
}

/** Lists of values for a key with many: what each condition names, all together, and pairs. */
const lists = (atoms: readonly Atom[], values: readonly string[], frame: Frame): string[][] => {
  const each = atoms.map((atom) => [...new Set(named(atom, frame))]).filter((list) => list.length > 1)
  const few = values.slice(0, 8)
  return [[], ...each, ...few.flatMap((a, i) => few.slice(i + 1).map((b) => [a, b])), ...(values.length > 2 ? [[...values]] : [])]
}
