import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { AiServices } from '../src/model/ai-services.ts'

const services = JSON.parse(readFileSync(new URL('../data/ai-services.json', import.meta.url), 'utf8')) as AiServices
const keys = services.providers.flatMap(({ name, keys: forms = [] }) => forms.map((form) => ({ name, form })))
const knows = (text: string): string[] => keys.filter(({ form }) => new RegExp(form).test(text)).map(({ name }) => name)

test.each(keys)('the key form of $name is in RE2’s language and bounded: $form', ({ form }) => {
  expect(() => new RegExp(form)).not.toThrow()
  expect(form).not.toMatch(/\(\?[=!<]|\\[1-9]|\\k|[*+][+*]/)
  expect(form.replaceAll(/\[[^\]]*\]/g, '')).not.toMatch(/[*+]|\{\d+,\}/)
  for (const [, most] of form.matchAll(/,(\d+)\}/g)) expect(Number(most)).toBeLessThanOrEqual(1000)
})

test.each([
  ['Anthropic', `sk-ant-api03-${'a'.repeat(40)}`], ['OpenAI', `sk-proj-${'a1'.repeat(30)}`], ['Hugging Face', `hf_${'aB'.repeat(17)}`], ['Groq', `gsk_${'a'.repeat(52)}`],
  ['Google', `AIza${'a'.repeat(35)}`], ['Replicate', `r8_${'a'.repeat(37)}`], ['Perplexity', `pplx-${'a'.repeat(48)}`], ['xAI', `xai-${'a'.repeat(80)}`],
  ['LangSmith', `lsv2_pt_${'a'.repeat(32)}_${'b'.repeat(10)}`], ['Amazon Bedrock', `ABSK${'a'.repeat(120)}`], ['Pinecone', `pcsk_${'a'.repeat(60)}`],
])('a key of %s is known as its own and nobody else’s', (name, key) => {
  expect(knows(`KEY=${key}`)).toEqual([name])
})

test.each(['sk-learn-pipeline', 'hf_transfer', 'task-anthropic', 'r8_', 'arn:aws:iam::123456789012:role/gsk_reader'])('%s is no key', (text) => {
  expect(knows(text)).toEqual([])
})

test('nothing is told twice, and every variable and host is written as it is used', () => {
  for (const list of [services.providers, services.libraries, services.images, services.servers]) expect(new Set(list.map(({ name }) => name)).size).toBe(list.length)
  const variables = services.providers.flatMap(({ variables: secret = [], settings = [] }) => [...secret, ...settings])
  expect(variables.filter((name, index) => !/^[A-Z][A-Z0-9_]+$/.test(name) || variables.indexOf(name) !== index)).toEqual([])
  const packages = [...services.providers.flatMap(({ packages: names = [] }) => names), ...services.libraries.flatMap(({ packages: names }) => names)]
  expect(packages.filter((name, index) => name !== name.toLowerCase() || packages.indexOf(name) !== index)).toEqual([])
  for (const host of services.providers.flatMap(({ hosts = [] }) => hosts)) expect(host).toMatch(/^[a-z0-9*.-]+\.[a-z]+$/)
})

test('telling ports belong to servers that are named', () => {
  const ports = new Set(services.servers.flatMap(({ ports: each }) => each))
  expect(services.tellingPorts.filter((port) => !ports.has(port))).toEqual([])
  expect(services.servers.find(({ name }) => name === 'Ollama')?.ports).toEqual([11434])
})

test('instance families are those of accelerators', () => {
  const families = Object.values(services.instanceFamilies).flat()
  expect(families).toEqual(expect.arrayContaining(['p5', 'g6e', 'inf2', 'trn2', 'dl1', 'vt1']))
  expect(families.filter((family) => !/^(?:p\d|gr?\d|inf\d|trn\d|dl\d|vt\d)/.test(family))).toEqual([])
})
