import { acts, family, hackTricks, role, runsAs } from '../../family.ts'
import { any, fact, may, service } from '../../step.ts'
import type { Premise, Step } from '../../step.ts'

const passed = family('role passing', ['T1548.005'])
const existing = family('existing compute', ['T1648'])
const domain = any('domain', 'AWS::SageMaker::Domain')
const profile = any('profile', 'AWS::SageMaker::UserProfile')
const be = { power: 'be', on: role } as const

/** Presigned URLs open a domain only where IAM signs people in to it. */
const signIn = fact(domain, 'signs in with', { name: 'IAM', types: ['sign-in'], id: 'sign-in with IAM' })
const url = may('sagemaker:CreatePresignedDomainUrl', domain)

const handsOver: readonly Premise[] = [may('iam:PassRole', role, { 'iam:PassedToService': 'sagemaker.amazonaws.com' }), fact(role, 'trusts', service('sagemaker.amazonaws.com'))]
const ofProfile: readonly Premise[] = [...acts(profile, 'sagemaker:CreatePresignedDomainUrl'), fact(profile, 'part of', domain), signIn]

/** Studio opened by a presigned URL, with the role that it has or one handed to it. */
export default [
  passed('AI-sm-updateprofile', 'gives {role} to the Studio user profile {profile} and opens it', [...handsOver, ...acts(profile, 'sagemaker:UpdateUserProfile', 'sagemaker:CreateApp'), ...ofProfile], be, hackTricks),
  passed('AI-sm-updatedomain', 'makes {role} the default role of {domain} and opens Studio', [...handsOver, ...acts(domain, 'sagemaker:UpdateDomain', 'sagemaker:CreateUserProfile', 'sagemaker:CreateApp'), url, signIn], be, hackTricks),
  passed('AI-sm-newprofile', 'makes a user profile with {role} in {domain} and opens it', [...handsOver, ...acts(domain, 'sagemaker:CreateUserProfile'), url, signIn], be),
  existing('AI-sm-space', 'makes a space in {domain} and opens it, and acts as {role}', [...acts(domain, 'sagemaker:CreateSpace', 'sagemaker:CreateApp'), url, signIn, runsAs(domain)], be),
  existing('AI-sm-domainurl', 'opens the Studio of {profile} by a presigned URL, and acts as {role}', [...ofProfile, runsAs(profile)], be, hackTricks),
  existing('AI-sm-createapp-url', 'starts an app of {profile} and opens it, and acts as {role}', [...acts(profile, 'sagemaker:CreateApp'), ...ofProfile, runsAs(profile)], be, hackTricks),
] satisfies Step[]
