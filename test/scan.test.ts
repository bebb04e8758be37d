import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SnapshotLine } from '../src/model/snapshot.ts'
import { scanAws } from '../src/sources/aws/scan.ts'
import { startMoto, useEndpoint } from './moto.ts'

let stop = () => {}

beforeAll(async () => {
  const moto = await startMoto('test/seed.py')
  const restore = useEndpoint(moto.endpoint)
  stop = () => {
    moto.stop()
    restore()
  }
})

afterAll(() => stop())

const some = ['bedrock', 'bedrock-agent', 'dynamodb', 'iam', 'kms', 's3', 'sagemaker', 'secretsmanager']

const scan = async (options: Parameters<typeof scanAws>[0] = {}, most = Infinity): Promise<SnapshotLine[]> => {
  const lines: SnapshotLine[] = []
  for await (const line of scanAws({ regions: ['us-east-1'], only: some, ...options })) {
    lines.push(line)
    if (lines.length >= most) break
  }
  return lines
}

const ids = (lines: readonly SnapshotLine[]) => lines.flatMap((line) => (line.kind === 'resource' ? [`${line.resource.type} ${line.resource.name}`] : []))

describe('scanning an emulated account', () => {
  it('lists every asset that was made', async () => {
    expect(ids(await scan())).toEqual(expect.arrayContaining([
      'AWS::SageMaker::NotebookInstance notebook', 'AWS::SageMaker::Model fraud', 'AWS::SageMaker::EndpointConfig fraud', 'AWS::SageMaker::Endpoint fraud', 'AWS::SageMaker::TrainingJob train', 'AWS::SageMaker::FeatureGroup customers',
      'AWS::Bedrock::Agent support', 'AWS::Bedrock::CustomModel tuned', 'AWS::Bedrock::ModelCustomizationJob tune', 'AWS::S3::Bucket training-data', 'AWS::S3::BucketPolicy training-data',
      'AWS::IAM::Role ml', 'AWS::IAM::User ann', 'AWS::DynamoDB::Table sessions', 'AWS::SecretsManager::Secret prod/openai-api-key',
    ]))
  })

  it('keeps no secret and says that it found one', async () => {
    const text = JSON.stringify(await scan({ only: ['sagemaker'] }))
    expect(text).not.toContain('sk-proj-')
    expect(text).toContain('«secret: openai-api-key»')
    expect(text).toContain('"MODE":"batch"')
    expect(text).toContain('"Kind":"openai-api-key"')
  })

  it('gives a gap, not an error, for each list that is answered by a page', async () => {
    const lines = await scan({ only: ['bedrock'] })
    const gap = lines.find((line) => line.kind === 'gap' && line.gap.operation === 'bedrock:ListGuardrails')
    expect(gap).toMatchObject({ gap: { types: expect.arrayContaining(['AWS::Bedrock::Guardrail']) as string[], reason: expect.stringContaining('not the service\'s own') as string } })
    expect(lines.at(-1)).toMatchObject({ kind: 'done' })
  })

  it('goes on where an interrupted scan ended', async () => {
    const whole = new Set(ids(await scan()))
    const first = await scan({}, 40)
    const done = first.flatMap((line) => (line.kind === 'done' ? [line.done] : []))
    const rest = await scan({ resume: { done } })
    expect(new Set([...ids(first), ...ids(rest)])).toEqual(whole)
    expect(rest.filter(({ kind }) => kind === 'done').length).toBe(some.length - done.length)
  })

  it('says that a region is off', async () => {
    const lines = await scan({ regions: ['us-east-1', 'moon-north-1'], only: ['dynamodb'] })
    expect(lines.filter((line) => line.kind === 'gap' && line.gap.region === 'moon-north-1')).toHaveLength(1)
  })
})
