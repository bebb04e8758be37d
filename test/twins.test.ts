import { describe, expect, it } from 'vitest'
import { analyse } from '../src/analysis/analysis.ts'
import type { Finding } from '../src/model/finding.ts'
import { scanSnapshot, startMoto, useEndpoint } from './moto.ts'

/** What is wrong in an emulated account that a script has filled: its checks, each once. */
const checksOf = async (seed: string): Promise<{ readonly checks: readonly string[], readonly findings: readonly Finding[] }> => {
  const moto = await startMoto(seed, { MOTO_IAM_LOAD_MANAGED_POLICIES: 'true' })
  const restore = useEndpoint(moto.endpoint)
  try {
    const { findings } = await analyse(await scanSnapshot({ regions: ['us-east-1'] }), { selection: { regions: ['us-east-1'] }, paths: false })
    return { checks: [...new Set(findings.map(({ check }) => check))].sort(), findings }
  } finally {
    restore()
    moto.stop()
  }
}

/** What the careless account must be told. */
const expected = `
  agentcore-gateway-no-authorizer agentcore-gateway-no-cmk agentcore-gateway-no-waf agentcore-gateway-policy-engine-not-enforced agentcore-memory-no-cmk
  agentcore-memory-retention-long agentcore-role-overprivileged agentcore-runtime-image-risk agentcore-runtime-no-jwt-authorizer
  agentcore-runtime-no-observability agentcore-runtime-public-network agentcore-runtime-secrets-in-env agentcore-target-lambda-overprivileged
  agentcore-untagged ai-api-unprotected ai-bucket-data-events-off ai-bucket-encryption ai-bucket-no-public-access-block ai-bucket-public ai-bucket-public-or-external-write ai-bucket-tls
  ai-bucket-versioning-logging ai-container-workload-insecure ai-control-tamper-permission ai-data-unclassified ai-external-principal-can-invoke
  ai-image-mutable-public ai-image-unscanned ai-lambda-code-unscanned ai-lambda-no-concurrency-cap ai-lambda-runtime-eol ai-lambda-secrets
  ai-marketplace-subscribe-wildcard ai-port-exposed ai-provider-secret-exposed bedrock-agent-no-cmk bedrock-agent-no-guardrail
  bedrock-agent-public-invocation bedrock-agent-role-lambda-wildcard bedrock-agent-role-model-wildcard bedrock-agent-role-overprivileged
  bedrock-agent-role-s3-wildcard bedrock-bearer-token-unrestricted bedrock-custom-model-training-bucket-exposed bedrock-custom-model-untagged
  bedrock-customization-job-no-vpc bedrock-customization-role-overprivileged bedrock-full-access-policy bedrock-guardrail-change-unmonitored
  bedrock-guardrail-untagged bedrock-iam-user-access bedrock-invocation-logging-disabled bedrock-invoke-any-model
  bedrock-invoke-without-guardrail-condition bedrock-kb-no-logging bedrock-kb-role-s3-broad bedrock-model-access-not-restricted bedrock-no-abac
  bedrock-org-guardrail-policy-missing bedrock-scp-guardrail-missing bedrock-service-role-confused-deputy
  comprehend-data-bucket-or-role comprehend-entity-recognizer-model-no-cmk comprehend-job-output-no-cmk comprehend-model-policy-external
  comprehend-no-vpc comprehend-volume-no-cmk gpu-instance-imdsv1 gpu-instance-public gpu-instance-unencrypted-volume guardduty-ai-coverage lex-bot-privacy-session
  lex-conversation-logs-insecure org-ai-opt-out-policy org-sagemaker-preventive-scp org-scp-ai-region-model-deny privesc-passrole-sagemaker-notebook
  privesc-sagemaker-lifecycle-config privesc-sagemaker-presigned-url s3vectors-bucket-no-cmk s3vectors-bucket-policy-external sagemaker-clarify-not-used
  sagemaker-domain-iam-auth sagemaker-domain-no-cmk sagemaker-domain-no-user-attribution sagemaker-domain-public-internet sagemaker-domain-role-admin
  sagemaker-endpoint-api-unauthenticated sagemaker-endpoint-invoke-wildcard sagemaker-endpoint-no-auto-rollback
  sagemaker-endpointconfig-data-capture-off sagemaker-endpointconfig-no-cmk sagemaker-endpointconfig-single-instance sagemaker-full-access-policy
  sagemaker-model-artifact-bucket-unversioned sagemaker-model-artifact-bucket-writable sagemaker-model-card-missing sagemaker-model-env-secrets
  sagemaker-model-image-mutable-tag sagemaker-model-network-isolation sagemaker-model-no-vpc sagemaker-model-not-from-registry
  sagemaker-model-package-auto-approved sagemaker-model-package-no-cmk sagemaker-model-platform-registry sagemaker-model-role-overprivileged
  sagemaker-model-trust-remote-code sagemaker-notebook-direct-internet sagemaker-notebook-imdsv1 sagemaker-notebook-no-cmk
  sagemaker-notebook-no-lifecycle-config sagemaker-notebook-no-vpc sagemaker-notebook-role-admin sagemaker-notebook-role-passrole-wildcard
  sagemaker-notebook-role-s3-wildcard sagemaker-notebook-role-shared-with-production sagemaker-notebook-root-access
  sagemaker-notebook-unsupported-platform sagemaker-pipeline-no-approval-gate sagemaker-pipeline-role-overprivileged
  sagemaker-presigned-url-unrestricted sagemaker-studio-idle-shutdown-off sagemaker-training-input-bucket-public
  sagemaker-training-input-bucket-writable sagemaker-training-input-no-tls sagemaker-training-input-unversioned
  sagemaker-training-intercontainer-encryption sagemaker-training-network-isolation sagemaker-training-no-vpc sagemaker-training-output-no-cmk
  sagemaker-training-role-passrole-wildcard sagemaker-training-role-s3-wildcard sagemaker-training-volume-no-cmk sagemaker-transform-volume-no-cmk
  sagemaker-tuning-network-isolation sagemaker-tuning-volume-no-cmk transcribe-no-pii-redaction
`.trim().split(/\s+/)

/** What the careful account has, and the emulator keeps no memory of or has no operation for: these findings say that it is not there. */
const lostByEmulator = [
  'agentcore-runtime-no-observability', 'bedrock-agent-no-guardrail', 'bedrock-invocation-log-no-pii-masking', 'bedrock-org-guardrail-policy-missing', 'sagemaker-endpoint-no-auto-rollback',
  'sagemaker-model-network-isolation', 'sagemaker-model-package-no-cmk', 'sagemaker-notebook-imdsv1', 'sagemaker-notebook-unsupported-platform',
]

describe('twins', () => {
  it('finds what is wrong in a careless account', async () => {
    const { checks } = await checksOf('test/twins/careless.py')
    expect(expected.filter((check) => !checks.includes(check))).toEqual([])
  })

  it('finds nothing in its careful twin', async () => {
    const { findings } = await checksOf('test/twins/careful.py')
    expect(findings.filter(({ check }) => !lostByEmulator.includes(check)).map(({ check, resource }) => `${check} on ${resource}`)).toEqual([])
  })
})
