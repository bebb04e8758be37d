import { every } from '../../core/unknown.ts'
import { defineCheck } from '../check.ts'

const page = { ApplicationId: 'a1b2c3d4-5678-90ab-cdef-111122223333' }

export default defineCheck({
  id: 'qbusiness-web-experience-origins',
  title: 'Any page, or one without encryption, may embed the chat',
  risk: 'misconfigured-pipeline', severity: 'medium', on: 'AWS::QBusiness::WebExperience',
  why: 'A hostile page can frame the chat and lead a signed-in user through it.',
  fix: { text: 'List only https origins of your own, with no wildcard.' },
  when: ({ Origins }) => Origins !== undefined,
  requires: ({ Origins }) => every(Origins, (origin) => origin.startsWith('https://') && !origin.includes('*')),
  fails: [{ ...page, Origins: ['http://intranet.example.com'] }, { ...page, Origins: ['https://*.example.com'] }],
  passes: [{ ...page, Origins: ['https://intranet.example.com'] }],
})
