import { betweenInstances } from '../families/flag.ts'
import { scheduleSwitchedOn } from '../families/monitoring-schedule.ts'

export default scheduleSwitchedOn(betweenInstances, 'sagemaker-monitoring-schedule-intercontainer-encryption', 'EnableInterContainerTrafficEncryption', [
  'securityhub:SageMaker.22', 'config:sagemaker-monitoring-schedule-traffic-encryption', 'awsaiml:SM-36'
])
