import { makeCodeReader, readFiles } from '../../code/code.ts'
import type { CodeReader } from '../../code/code.ts'
import { zipFiles } from '../../../core/archive/zip.ts'
import type { Item } from '../collector.ts'
import type { Run } from '../run.ts'
import { fetchWhole } from './download.ts'
import { room } from './room.ts'

/** What the code of a function and of its layers tells. */
export const readFunctionCode = async (run: Run, { FunctionArn, PackageType, Layers }: Item): Promise<Item> => {
  const reader = makeCodeReader()
  if (PackageType !== 'Image') await readPackage(run, reader, 'GetFunction', { FunctionName: FunctionArn }, 'Code')
  for (const { Arn } of (Layers ?? []) as Item[]) await readPackage(run, reader, 'GetLayerVersionByArn', { Arn }, 'Content')
  return reader.properties()
}

/** A zip package, at the address that an operation gives in `Location` of a member. */
const readPackage = async (run: Run, reader: CodeReader, operation: string, input: Item, member: string): Promise<void> => {
  const outcome = await run.call(operation, input)
  if ('failure' in outcome) return reader.unread(`${operation}: ${outcome.failure.reason}`)
  await room.run(async () => {
    const zip = await fetchWhole((outcome.answer[member] as Item | undefined)?.['Location'], run.signal)
    const files = 'reason' in zip ? undefined : zipFiles(zip)
    if (files === undefined) reader.unread('reason' in zip ? zip.reason : 'it is no zip archive that can be read')
    else readFiles(reader, files)
  })
}
