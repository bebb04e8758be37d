import { Spec, Validation } from '@cyclonedx/cyclonedx-library'
import { expect, test } from 'vitest'
import { assetsOf } from '../analysis/assets.ts'
import { demoSnapshot } from '../analysis/demo.ts'
import { facts } from '../analysis/facts.ts'
import { buildEstate } from '../graph/estate.ts'
import { pipelinesOf } from '../graph/lineage.ts'
import { cyclonedx } from './cyclonedx.ts'

test('the AI bill of materials is valid CycloneDX 1.7', async () => {
  const estate = buildEstate(demoSnapshot(), await facts())
  const text = cyclonedx({ estate, assets: assetsOf(estate), pipelines: pipelinesOf(estate) })
  const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot7)
  expect(await validator.validate(text)).toBeNull()
  expect(await validator.validate(text.replace('"machine-learning-model"', '"machine"'))).not.toBeNull()
  const { components, services, dependencies, formulation } = JSON.parse(text) as Record<string, unknown[]>
  for (const part of [components, services, dependencies, formulation]) expect(part!.length).toBeGreaterThan(0)
})
