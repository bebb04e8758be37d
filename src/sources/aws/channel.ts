/** Hands values from many writers to one reader; a writer waits while the reader is behind, so memory stays flat. */
export interface Channel<T> extends AsyncIterable<T> {
  put(value: T): Promise<void>
  close(): void
  fail(error: unknown): void
}

export const makeChannel = <T>(capacity: number): Channel<T> => {
  const values: T[] = []
  const writers: (() => void)[] = []
  let wake: (() => void) | undefined
  let closed = false
  let error: { readonly thrown: unknown } | undefined
  const wakeReader = () => {
    wake?.()
    wake = undefined
  }
  const isFull = () => !closed && values.length >= capacity
  const release = () => {
    while (writers.length > 0 && !isFull()) writers.shift()!()
  }
  const end = () => {
    closed = true
    wakeReader()
    release()
  }
  return {
    async put(value) {
      if (closed) return
      if (values.length >= capacity) await new Promise<void>((resolve) => { writers.push(resolve) })
      if (closed) return
      values.push(value)
      wakeReader()
    },
    close: end,
    fail(thrown) {
      error ??= { thrown }
      end()
    },
    async *[Symbol.asyncIterator]() {
      try {
        for (;;) {
          const batch = values.splice(0)
          release()
          yield* batch
          if (values.length > 0) continue
          if (error !== undefined) throw error.thrown
          if (closed) return
          await new Promise<void>((resolve) => { wake = resolve })
        }
      } finally {
        end()
      }
    },
  }
}
