import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parameterFile } from './parameter-file.ts'

const file = (text: string): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'bartizan-')), 'parameters')
  writeFileSync(path, text)
  return path
}

test.each([
  ['the list of the AWS CLI', '[{"ParameterKey": "Env", "ParameterValue": "prod", "UsePreviousValue": false}]'],
  ['pairs, as deploy --parameter-overrides takes them', '["Env=prod"]'],
  ['the configuration of CodePipeline', '{"Parameters": {"Env": "prod"}, "Tags": {}}'],
  ['the deployment file of Git sync', 'template-file-path: t.yaml\nparameters:\n  Env: prod\n'],
  ['one object', '{"Env": "prod"}'],
])('%s', (_name, text) => {
  expect(parameterFile(file(text))).toEqual({ Env: 'prod' })
})

test.each(['[{"Key": "Env"}]', '["Env"]', 'text', '{"a": ['])('%s is an error that names the file', (text) => {
  const path = file(text)
  expect(() => parameterFile(path)).toThrow(`Cannot read parameters from ${path}`)
})
