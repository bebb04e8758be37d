import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { servicesIn } from '../../attack/paths.ts'
import { sceneOf } from '../../attack/estate/scene.ts'
import { gainedIn } from '../../attack/try-example.ts'
import type { Step } from '../../attack/step.ts'
import { facts } from '../facts.ts'
import { loadCatalogue } from '../load.ts'
import { exampleEstate } from '../example.ts'
import { estateOf } from './step-estate.ts'

const steps = (await loadCatalogue<Step>('attack/steps')).map(({ item }) => item)
const known = await facts()

/** Steps on what only a whole scenario makes (a network, a data source, an older policy version), and the lab beside this file that shows each. */
const inLabs: Readonly<Record<string, string>> = {
  'kb-of-source': 'agents', 'DM-poison-kb-s3': 'agents', 'poison-web': 'agents', 'pass-on': 'agents', 'read-inner': 'agents', 'write-inner': 'agents',
  'reach-exposed': 'exposure', 'open-server': 'exposure', 'server-of-host': 'exposure', 'run-on-server': 'exposure', 'EN-s3-bpa': 'exposure',
  'DM-aoss-public': 'stores', 'DM-poison-kb-aoss': 'stores', 'DM-aoss-selfgrant': 'stores', 'EN-s3-replication': 'stores', 'DM-replace-mme': 'stores', 'served-model': 'stores',
  'PW-iam-setdefault': 'identity', 'EN-iam-tag-abac': 'identity', 'tag-own-user': 'identity', 'EN-sts-tagsession': 'identity', 'EN-resource-tag-abac': 'identity',
  'EN-iam-saml': 'identity', 'EN-iam-oidc-client': 'identity', 'PW-sso-002': 'identity', 'PW-sso-003': 'identity', 'EN-org-assume': 'identity',
  'sign-in-anywhere': 'identity', 'tag-instance': 'identity', 'tag-instance-command': 'identity', 'tag-user': 'identity', 'guest-of-pool': 'identity', 'PW-codedeploy-001': 'studio', 'AI-sm-domainurl': 'studio', 'AI-sm-createapp-url': 'studio', 'AI-sm-space': 'studio',
  'AI-sm-updateprofile': 'studio', 'AI-sm-updatedomain': 'studio', 'AI-sm-newprofile': 'studio',
  'PW-cognitoidentity-001': 'identity', 'EN-cognito-updatepool': 'identity', 'rewritten-role': 'identity', 'rewritten-user': 'identity',
}

/** Steps whose estates stand side by side in one: few enough that each question is about few people. */
const together = 40

const parts = Array.from({ length: Math.ceil(steps.length / together) }, (_, index) => steps.slice(index * together, (index + 1) * together))

test.each(parts.map((part) => [part[0]!.id, part] as const))('every step fires in an estate of resources, or is shown in a lab: from %s', (_id, part) => {
  const built = part.map((step, index) => ({ step, estate: estateOf(step, known, `-${String(index).padStart(2, '0')}-x`) }))
  const estate = exampleEstate('AWS::SNS::Topic', { TopicName: 'unrelated', given: built.flatMap((one) => one.estate?.given ?? []) } as never, known)
  const scene = sceneOf(estate, known, servicesIn(steps))
  const fires = ({ step, estate: own }: (typeof built)[number]): boolean => own !== undefined && step.gives.every(({ power, on }) => {
    const node = own.node(scene, on)
    return node !== -1 && gainedIn(scene, [step], own.holds(scene), [power, node]) !== undefined
  })
  expect(built.filter((one) => inLabs[one.step.id] === undefined && !fires(one)).map(({ step }) => step.id)).toEqual([])
})

test('the labs speak of every step that is left to them', () => {
  for (const [step, lab] of Object.entries(inLabs)) expect(readFileSync(new URL(`${lab}.test.ts`, import.meta.url), 'utf8'), step).toContain(step)
})
