import { hackTricks, passing } from '../../family.ts'

/** Roles handed to services that call others, and to those that hand out credentials. */
export default [
  ...passing('role passing', 'cloudformation.amazonaws.com', [
    ['PF-cloudformation-001', 'code', 'creates a stack that acts as {role}', ['cloudformation:CreateStack']],
    ['PF-cloudformation-003', 'code', 'creates a stack set that acts as {role}',
      ['cloudformation:CreateStackSet', 'cloudformation:CreateStackInstances']],
  ]),
  ...passing('role passing', 'cognito-identity.amazonaws.com', [
    ['PW-cognitoidentity-001', 'code', 'makes {role} the role of an identity pool and signs in',
      ['cognito-identity:SetIdentityPoolRoles'], 'AWS::Cognito::IdentityPool'],
    ['EN-cognito-updatepool', 'code', 'opens an identity pool to guests and makes {role} their role',
      ['cognito-identity:UpdateIdentityPool', 'cognito-identity:SetIdentityPoolRoles'], 'AWS::Cognito::IdentityPool', hackTricks],
  ]),
  ...passing('role passing', 'scheduler.amazonaws.com', [
    ['PW-scheduler-001', 'code', 'schedules AWS API calls that run as {role}', ['scheduler:CreateSchedule']],
  ]),
  ...passing('role passing', 'ssm.amazonaws.com', [
    ['PW-ssm-003', 'code', 'runs an automation document that calls AWS APIs as {role}',
      ['ssm:CreateDocument', 'ssm:StartAutomationExecution']],
  ]),
  ...passing('role passing', 'states.amazonaws.com', [
    ['PW-stepfunctions-001', 'code', 'starts a state machine that calls AWS APIs as {role}',
      ['states:CreateStateMachine', 'states:StartExecution']],
  ]),
  ...passing('role passing', 'codestar.amazonaws.com', [
    ['PW-codestar-new', 'code', 'creates a project whose toolchain acts as {role}', ['codestar:CreateProject']],
  ]),
  ...passing('role passing', 'events.amazonaws.com', [
    ['EN-events-targets', 'deputy', 'gives {role} to a targets, and has the service move data as it',
      ['events:PutTargets'], 'AWS::Events::Rule'],
  ]),
  ...passing('role passing', 'pipes.amazonaws.com', [
    ['EN-pipes', 'deputy', 'starts a pipe as {role}, and has the service move data as it', ['pipes:CreatePipe']],
  ]),
  ...passing('role passing', 'rolesanywhere.amazonaws.com', [
    ['EN-rolesanywhere', 'code', 'trusts a certificate authority of the attacker and makes {role} available to it',
      ['rolesanywhere:CreateTrustAnchor', 'rolesanywhere:CreateProfile']],
  ]),
]
