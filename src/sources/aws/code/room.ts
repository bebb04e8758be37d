import { makeLimiter } from '../limiter.ts'

/** Room for the packages and layers that may be in memory at the same time, of all collectors together. */
export const room = makeLimiter(2, 2)
