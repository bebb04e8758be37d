import type { AttackPath, PathStep } from '../attack/path.ts'
import type { Estate } from '../graph/estate.ts'
import type { Location } from '../model/resource.ts'
import { severities } from '../model/severity.ts'
import type { Severity } from '../model/severity.ts'
import { actorOf, evidenceOf } from './path-evidence.ts'
import { levels, physicalLocation, sarifLog, scores } from './sarif-log.ts'

/** Code scanning takes a severity from the rule, so there is one for each. */
const ruleId = (severity: Severity): string => `attack-path-${severity}`

/** The rules that some paths break, the worst first. */
export const pathRules = (paths: readonly AttackPath[]) => severities.filter((severity) => paths.some((path) => path.severity === severity)).map((severity) => ({
  id: ruleId(severity),
  name: `AttackPath${severity.charAt(0).toUpperCase()}${severity.slice(1)}`,
  shortDescription: { text: `Attack path, ${severity}` },
  fullDescription: { text: 'From where an attacker may stand, steps whose every premise holds lead to something that matters.' },
  help: { text: 'Take away one fact that the path stands on: bartizan paths --fix finds the fewest edits, and tries them.' },
  helpUri: 'https://github.com/bartizan/bartizan/blob/main/docs/paths.md',
  defaultConfiguration: { level: levels[severity] },
  properties: { 'security-severity': scores[severity], precision: 'high', tags: ['security', 'ai', 'attack-path'] },
}))

/** Paths as results with code flows: each step at the place in a template that allows it. `before` counts the rules that stand before theirs. */
export const pathResults = (estate: Estate, paths: readonly AttackPath[], before = 0): object[] => {
  const rules = pathRules(paths).map(({ id }) => id)
  return paths.map((path) => result(estate, path, before + rules.indexOf(ruleId(path.severity))))
}

/** Attack paths alone, for code scanning. */
export const sarifOfPaths = (estate: Estate, paths: readonly AttackPath[]): string => sarifLog(estate, pathRules(paths), pathResults(estate, paths))

const result = (estate: Estate, path: AttackPath, ruleIndex: number) => {
  const places = path.steps.map((step) => evidenceOf(estate, step).find(({ location }) => location !== undefined)?.location)
  const main = places.find((place) => place !== undefined)
  return {
    ruleId: ruleId(path.severity),
    ruleIndex,
    level: levels[path.severity],
    message: { text: cut(path.story) },
    locations: [{ physicalLocation: physicalLocation(main, estate.header.origin), logicalLocations: [{ fullyQualifiedName: path.target.id, name: path.target.name, kind: 'resource' }] }],
    partialFingerprints: { 'bartizan/v1': path.id },
    codeFlows: [{
      message: { text: `From ${path.entry.title} to ${path.target.name}` },
      threadFlows: [{ locations: path.steps.map((step, index) => flow(estate, path, step, places[index] ?? main)) }],
    }],
    properties: { 'pillar': path.pillar, 'security-severity': scores[path.severity], 'techniques': path.techniques, 'conditions': path.conditions },
  }
}

const flow = (estate: Estate, path: AttackPath, step: PathStep, location: Location | undefined) => ({
  location: {
    physicalLocation: physicalLocation(location, estate.header.origin),
    logicalLocations: [{ fullyQualifiedName: step.on, name: step.onName, kind: 'resource' }],
    message: { text: cut([`${actorOf(path, step)}: ${step.story}.`, ...evidenceOf(estate, step).map(({ text }) => text)].join(' ')) },
  },
  importance: 'essential',
})

/** GitHub shows the first 1,000 characters of a message. */
const cut = (text: string): string => (text.length > 1000 ? `${text.slice(0, 999)}…` : text)
