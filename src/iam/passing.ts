import { placesAt } from '../core/pointer.ts'
import type { ActionEntry } from './actions.ts'
import type { CallRequest } from './model.ts'

/** Services whose principal is not named as their actions are. */
const principals: Readonly<Record<string, string>> = { ecs: 'ecs-tasks', lex: 'lexv2', airflow: 'airflow-env', aoss: 'opensearchservice' }

/** The service that a call hands a role to. */
export const receiverOf = ({ service }: ActionEntry, { passedTo }: CallRequest): string => passedTo ?? `${principals[service] ?? service}.amazonaws.com`

/** The roles that a call is known to hand over: those named, and those in its parameters where the catalogue says that roles stand. */
export const rolesOf = ({ facts }: ActionEntry, { passes = [], parameters }: CallRequest, account: string): string[] => {
  const found = (facts?.roles ?? []).flatMap((pointer) => placesAt(parameters, pointer)).flatMap(({ value }) => roleArn(value, account))
  return [...new Set([...passes, ...found])]
}

/** A role's ARN as parameters give it: itself, its name, or an object that holds either (an instance profile). */
const roleArn = (value: unknown, account: string): string[] => {
  if (typeof value === 'object' && value !== null) {
    const { Arn, Name } = value as { Arn?: unknown, Name?: unknown }
    return roleArn(Arn ?? Name, account)
  }
  if (typeof value !== 'string' || value === '') return []
  return [value.startsWith('arn:') ? value.replace(':instance-profile/', ':role/') : `arn:aws:iam::${account}:role/${value}`]
}

/** Whether a call takes a role and nothing tells which, so that any of the account has to do. */
export const takesSomeRole = ({ facts }: ActionEntry, { passes, parameters }: CallRequest): boolean =>
  passes === undefined && parameters === undefined
  && ((facts?.roles?.length ?? 0) > 0 || facts?.dependent?.some((name) => name.toLowerCase() === 'iam:passrole') === true)
