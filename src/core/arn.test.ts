import { describe, expect, it } from 'vitest'
import { homeOf, partitionOf } from './arn.ts'

describe('partitions', () => {
  it('are told by how the name of a region begins', () => {
    const regions = ['us-east-1', 'eu-west-1', 'cn-north-1', 'us-gov-east-1', 'eusc-de-east-1', 'us-iso-east-1', 'us-isob-east-1', 'eu-isoe-west-1', 'us-isof-south-1']
    expect(regions.map(partitionOf)).toEqual(['aws', 'aws', 'aws-cn', 'aws-us-gov', 'aws-eusc', 'aws-iso', 'aws-iso-b', 'aws-iso-e', 'aws-iso-f'])
  })

  it('each have a region for what is global', () => {
    expect(['aws', 'aws-cn', 'aws-eusc', 'aws-new'].map(homeOf)).toEqual(['us-east-1', 'cn-north-1', 'eusc-de-east-1', 'us-east-1'])
  })
})
