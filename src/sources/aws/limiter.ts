/** How many calls to one service in one region may be under way; it learns from what the service answers. */
export interface Limiter {
  /** Runs a task when there is room for it. */
  run<T>(task: () => Promise<T>): Promise<T>
  answered(): void
  throttled(): void
  readonly limit: number
}

const window = 40

/**
 * Additive increase, multiplicative decrease. A service that throttles a few calls is at its pace already and retries
 * suffice; only when more than a quarter of recent calls were throttled does the limit shrink.
 */
export const makeLimiter = (start = 10, most = 40): Limiter => {
  let limit = start
  let running = 0
  let recent = 0
  let refused = 0
  const waiting: (() => void)[] = []
  const admit = () => {
    while (running < Math.floor(limit) && waiting.length > 0) {
      running++
      waiting.shift()!()
    }
  }
  const count = (wasRefused: boolean) => {
    recent++
    if (wasRefused) refused++
    if (refused * 4 > window) limit = Math.max(1, limit * 0.6)
    if (recent >= window || refused * 4 > window) recent = refused = 0
  }
  return {
    get limit() { return limit },
    answered() {
      count(false)
      limit = Math.min(most, limit + 1 / limit)
    },
    throttled: () => count(true),
    async run(task) {
      await new Promise<void>((resolve) => {
        waiting.push(resolve)
        admit()
      })
      try {
        return await task()
      } finally {
        running--
        admit()
      }
    },
  }
}
