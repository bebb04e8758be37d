import { describe, expect, it } from 'vitest'
import { assetsOf } from './assets.ts'
import { exampleEstate } from './example.ts'
import { facts } from './facts.ts'

const known = await facts()
const group = (from: number, to: number) => ({
  type: 'AWS::EC2::SecurityGroup' as const, id: 'sg-0a1b2c3d', properties: { GroupId: 'sg-0a1b2c3d', GroupDescription: 'open', SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: from, ToPort: to, CidrIp: '10.0.0.0/8' }] },
})
const because = (type: Parameters<typeof exampleEstate>[0], example: object) => assetsOf(exampleEstate(type, example as never, known)).map((asset) => asset.because)

describe('AI that no AI service tells of', () => {
  it('is seen by a port that only AI listens on', () => {
    const host = { InstanceType: 't3.large', SecurityGroupIds: ['sg-0a1b2c3d'] }
    expect(because('AWS::EC2::Instance', { ...host, given: [group(11434, 11434)] })).toEqual([expect.stringContaining('Ollama (port 11434 is open')])
    expect(because('AWS::EC2::Instance', { ...host, given: [group(443, 443)] })).toEqual([])
    expect(because('AWS::EC2::Instance', { ...host, given: [group(0, 65535)] })).toEqual([])
  })

  it('is seen by what a source found', () => {
    expect(because('AWS::Lambda::Function', { Role: 'r', Code: {}, BartizanAiUse: [{ Provider: 'OpenAI', Evidence: 'package openai (app.py)' }] })).toEqual(['OpenAI (package openai (app.py))'])
  })
})
