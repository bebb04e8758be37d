import type { Scope } from '../expression/scope.ts'

/** A function of Terraform's over values that are known. */
export type PureFunction = (values: readonly unknown[], scope: Scope) => unknown

/** Functions by name. */
export type Functions = Readonly<Record<string, PureFunction>>

export const record = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : {})

export const items = (value: unknown): unknown[] => (Array.isArray(value) ? value as unknown[] : typeof value === 'object' && value !== null ? Object.values(value) : value === null || value === undefined ? [] : [value])

export const text = (value: unknown): string => (typeof value === 'string' ? value : typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? ''))

/** Lists longer than this are taken for an attack. */
export const mostItems = 10_000
