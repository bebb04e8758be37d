import type { Values } from './blocks.ts'

/** What the provider sets where an argument is left out, and CloudFormation does not: folders of HCL do not say it. From the provider's documentation. */
const defaults: Readonly<Record<string, Values>> = {
  aws_cloudtrail: { enable_logging: true },
  aws_guardduty_detector: { enable: true },
  aws_macie2_account: { status: 'ENABLED' },
  aws_ebs_encryption_by_default: { enabled: true },
  aws_accessanalyzer_analyzer: { type: 'ACCOUNT' },
  aws_db_instance: { publicly_accessible: false },
  aws_cloudwatch_metric_alarm: { actions_enabled: true },
  aws_securityhub_account: { enable_default_standards: true },
  aws_security_group: { description: 'Managed by Terraform' },
  aws_sfn_state_machine: { type: 'STANDARD' },
}

/** The arguments with those that the provider adds; 0 days of retention are none at all. */
export const withDefaults = (type: string, values: Values): Values => {
  const added = Object.entries(defaults[type] ?? {}).filter(([name]) => values[name] === undefined || values[name] === null)
  const whole = added.length === 0 ? values : { ...values, ...Object.fromEntries(added) }
  return type === 'aws_cloudwatch_log_group' && whole['retention_in_days'] === 0 ? { ...whole, retention_in_days: null } : whole
}
