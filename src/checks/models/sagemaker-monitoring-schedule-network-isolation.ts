import { isolated } from '../families/flag.ts'
import { scheduleSwitchedOn } from '../families/monitoring-schedule.ts'

export default scheduleSwitchedOn(isolated, 'sagemaker-monitoring-schedule-network-isolation', 'EnableNetworkIsolation', [
  'securityhub:SageMaker.14', 'config:sagemaker-monitoring-schedule-isolation', 'awsaiml:SM-13'
])
