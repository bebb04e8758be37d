import { describe, expect, it } from 'vitest'
import { withAiUse } from './ai-signs.ts'

const providers = (type: string, properties: Readonly<Record<string, unknown>>): string[] =>
  ((withAiUse(type, properties)['BartizanAiUse'] ?? []) as { Provider: string }[]).map(({ Provider }) => Provider)

describe('signs of AI in a workload', () => {
  it.each([
    ['a function\'s variables', 'AWS::Lambda::Function', { Environment: { Variables: { OPENAI_API_KEY: '«secret: openai-api-key»' } } }, 'OpenAI'],
    ['a host in a variable', 'AWS::Lambda::Function', { Environment: { Variables: { URL: 'https://api.anthropic.com/v1' } } }, 'Anthropic'],
    ['inline code', 'AWS::Lambda::Function', { Code: { ZipFile: 'import openai\n' } }, 'OpenAI'],
    ['an image', 'AWS::ECS::TaskDefinition', { ContainerDefinitions: [{ Image: 'vllm/vllm-openai:latest' }] }, 'vLLM'],
    ['the name of a container\'s secret', 'AWS::ECS::TaskDefinition', { ContainerDefinitions: [{ Secrets: [{ Name: 'HF_TOKEN', ValueFrom: 'arn' }] }] }, 'Hugging Face'],
    ['an accelerator', 'AWS::EC2::Instance', { InstanceType: 'p4d.24xlarge' }, 'gpu accelerator'],
    ['user data', 'AWS::EC2::Instance', { UserData: Buffer.from('#!/bin/sh\nollama serve\n').toString('base64') }, 'ollama'],
    ['a pair of an App Runner service', 'AWS::AppRunner::Service', { SourceConfiguration: { ImageRepository: { ImageConfiguration: { RuntimeEnvironmentVariables: [{ Name: 'COHERE_API_KEY', Value: 'x' }] } } } }, 'Cohere'],
    ['where events are sent', 'AWS::Events::ApiDestination', { InvocationEndpoint: 'https://api.openai.com/v1/chat/completions' }, 'OpenAI'],
    ['the name of a secret', 'AWS::SecretsManager::Secret', { Name: 'prod/openai-api-key' }, 'OpenAI'],
  ])('are seen in %s', (_, type, properties, provider) => {
    expect(providers(type, properties)).toContain(provider)
  })

  it('join those that the source found, and are not invented', () => {
    const known = [{ Provider: 'Mistral', Evidence: 'package mistralai (installed)' }]
    expect(providers('AWS::EC2::Instance', { InstanceType: 'g5.xlarge', BartizanAiUse: known })).toHaveLength(2)
    const plain = { InstanceType: 't3.micro', UserData: 'yum install httpd', Environment: { $unknown: 'why' } }
    expect(withAiUse('AWS::EC2::Instance', plain)).toBe(plain)
    expect(withAiUse('AWS::SageMaker::Model', { Environment: { OPENAI_API_KEY: 'x' } })).not.toHaveProperty('BartizanAiUse')
  })
})
