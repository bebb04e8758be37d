import type { Evidence } from '../alerts/alert.ts'
import { textOf, type LogEvent } from '../event.ts'

/** What an alert keeps of a record. */
export const evidenceOf = (event: LogEvent): Evidence => ({
  id: event.id, time: event.time, eventSource: event.eventSource, eventName: event.eventName, awsRegion: event.awsRegion, account: event.account,
  principal: event.principal, accessKey: event.accessKey, ip: event.ip, agent: textOf(event.raw['userAgent']).slice(0, 200), outcome: event.outcome,
  errorCode: textOf(event.raw['errorCode']), target: event.target.slice(0, 300), model: event.model.slice(0, 200),
})
