import { defineDetection, hours, minutes } from '../../detection.ts'
import { repeat } from '../../records.ts'

const captured = (at: number, input: string, output: string): Readonly<Record<string, unknown>> => ({
  captureData: {
    endpointInput: { observedContentType: 'text/csv', mode: 'INPUT', data: input, encoding: 'CSV' },
    endpointOutput: { observedContentType: 'text/csv', mode: 'OUTPUT', data: output, encoding: 'CSV' },
  },
  eventMetadata: { eventId: `c-${at}-${input}`, inferenceTime: new Date(Date.parse('2026-08-03T10:00:00Z') + at * 1000).toISOString() },
  eventVersion: '0',
})

/** What the questions to a model, as data capture keeps them, say of who asks. */
export default [
  defineDetection({
    id: 'sagemaker-evasion-probing',
    title: 'One input tried with many small changes',
    risk: 'adversarial-input', severity: 'high', techniques: ['AML.T0042', 'AML.T0043', 'AML.T0015'], log: 'capture', source: 'data capture',
    why: 'Someone looks for the change that turns the answer: many inputs that differ in their last digits only.',
    respond: ['aws sagemaker describe-endpoint --endpoint-name {target}'],
    when: { kind: 'count', match: { 'extra.input': { present: true } }, by: ['principal', 'extra.neighbourhood'], distinct: { 'extra.input': 60 }, within: minutes(5) },
    fires: [() => repeat(60, 2, (at) => captured(at, `5.1,${(3.5 + at / 1000).toFixed(3)},1.4,0.2`, '0.7'))],
    quiet: [() => repeat(59, 2, (at) => captured(at, `5.1,${(3.5 + at / 1000).toFixed(3)},1.4,0.2`, '0.7')), repeat(200, 1, (at) => captured(at, '5.1,3.5,1.4,0.2', '0.7'))],
  }),
  defineDetection({
    id: 'sagemaker-boundary-probing',
    title: 'Most questions stand on the boundary between answers',
    risk: 'model-theft', severity: 'high', techniques: ['AML.T0024.002', 'AML.T0043'], log: 'capture', source: 'data capture',
    why: 'Ordinary inputs are mostly clear; a copy is learned from the unclear ones, which do not come by themselves.',
    respond: ['aws sagemaker describe-endpoint --endpoint-name {target}'],
    when: { kind: 'ratio', match: { 'extra.boundary': true }, of: { 'extra.input': { present: true } }, atLeast: 100, above: 0.5, within: hours(1) },
    fires: [() => repeat(150, 5, (at, index) => captured(at, `${index * 7},${index * 13}`, index % 3 === 0 ? '0.98' : '0.52'))],
    quiet: [() => repeat(150, 5, (at, index) => captured(at, `${index * 7},${index * 13}`, index % 3 === 0 ? '0.51' : '0.98'))],
  }),
]
