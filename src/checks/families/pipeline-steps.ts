import type { ResourceTypes } from '../../model/types.gen.ts'
import { jsonOf } from './policy-text.ts'
import { ROLE } from './values.ts'

/** A step of a SageMaker pipeline, by the JSON schema of pipeline definitions. */
export interface Step { readonly Name?: string, readonly Type?: string, readonly Arguments?: unknown, readonly DependsOn?: readonly string[] }

interface Definition { readonly Steps?: readonly Step[] }

/** The steps of a pipeline, branches of its conditions included; none where the definition lies in S3. */
export const stepsOf = ({ PipelineDefinition: { PipelineDefinitionBody: body } }: ResourceTypes['AWS::SageMaker::Pipeline']): readonly Step[] =>
  flattened((jsonOf(body) as Definition | undefined)?.Steps ?? [])

const flattened = (steps: readonly Step[]): readonly Step[] => steps.flatMap((step) => {
  const { IfSteps: yes = [], ElseSteps: no = [] } = (step.Type === 'Condition' ? step.Arguments : {}) as { readonly IfSteps?: readonly Step[], readonly ElseSteps?: readonly Step[] }
  return [step, ...flattened(yes), ...flattened(no)]
})

/** A pipeline of these steps. */
export const pipeline = (...steps: readonly Step[]) =>
  ({ PipelineName: 'churn', RoleArn: ROLE, PipelineDefinition: { PipelineDefinitionBody: JSON.stringify({ Version: '2020-12-01', Steps: steps }) } })
