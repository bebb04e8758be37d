import { parentPort, workerData } from 'node:worker_threads'
import type { LogEvent } from '../event.ts'
import type { LogFile } from './files.ts'
import { needlesFor, type Wanted } from './needles.ts'
import { createReader } from './reader.ts'

// a thread of `threads.ts`: it is sent one file after the other and answers with what it found in each
const needles = needlesFor(workerData as Wanted)

parentPort?.on('message', (file: LogFile) => {
  const events: LogEvent[] = []
  const reader = createReader(needles, (event) => events.push(event))
  void reader.whole(file).then((whole) => { parentPort?.postMessage(whole ? { events, counts: reader.counts } : undefined, []) })
})
