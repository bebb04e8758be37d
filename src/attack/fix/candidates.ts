import type { AttackPath, PathStep } from '../path.ts'
import type { Change, Ground } from './change.ts'
import { closures } from './closures.ts'
import { denials } from './denials.ts'
import { entryChanges } from './entry-changes.ts'
import { ofStatement } from './statement-changes.ts'
import { trustChanges } from './trust-changes.ts'

/** Changes that may cut a path, each at one of the facts that it stands on. */
export const candidates = (ground: Ground, path: AttackPath): Change[] =>
  [...new Map([...entryChanges(ground, path), ...path.steps.flatMap((step) => ofStep(ground, step))].map((change) => [change.key, change])).values()]

const ofStep = (ground: Ground, step: PathStep): Change[] => [
  ...step.permissions.flatMap((permission) => [
    ...permission.statements.flatMap((ref) => ofStatement(ground, step, permission, ref)),
    ...denials(ground, step, permission),
  ]),
  ...step.facts.flatMap((fact) => [...trustChanges(ground, fact), ...closures(ground, fact)]),
]
