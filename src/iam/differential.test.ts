import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { compile } from './index.ts'
import { sample } from './specification/arbitrary.ts'
import { specify } from './specification/index.ts'

/** More with `DIFFERENTIAL_RUNS=100000`, others with `DIFFERENTIAL_SEED=…`. */
const numRuns = Number(process.env['DIFFERENTIAL_RUNS'] ?? 500)
const seed = Number(process.env['DIFFERENTIAL_SEED'] ?? 20261125)

it('decides as the reference engine does', { timeout: 3_600_000 }, () => {
  fc.assert(fc.property(sample(), ({ input, request }) => {
    expect(compile(input).can(request).verdict).toBe(specify(input).can(request))
  }), { numRuns, seed })
})
