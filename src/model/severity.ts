/** How much a finding, a path or an alert matters, most first. */
export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const

export type Severity = (typeof severities)[number]

export const isSeverity = (text: string): text is Severity => (severities as readonly string[]).includes(text)

/** Orders the most severe first. */
export const bySeverity = (a: Severity, b: Severity): number => severities.indexOf(a) - severities.indexOf(b)

/** Whether one severity is as high as another, or higher. */
export const atLeast = (severity: Severity, floor: Severity): boolean => bySeverity(severity, floor) <= 0

/** One step up, ending at critical. */
export const raised = (severity: Severity): Severity => severities[Math.max(0, severities.indexOf(severity) - 1)]!

/** One step down, ending at info. */
export const lowered = (severity: Severity): Severity => severities[Math.min(severities.length - 1, severities.indexOf(severity) + 1)]!
