import { buildEstate } from '../../graph/estate.ts'
import { usesOfAi } from '../../analysis/applications.ts'
import { facts } from '../../analysis/facts.ts'
import { assetsOf } from '../../analysis/assets.ts'
import type { Asset } from '../../analysis/assets.ts'
import { isIn, isTagged, serviceOf } from '../../analysis/select.ts'
import { BartizanError } from '../../core/errors.ts'
import { nearest } from '../../core/text.ts'
import { pipelinesOf } from '../../graph/lineage.ts'
import { inventoryFormats } from '../../reports/inventory.ts'
import { drawPipeline } from '../../reports/pipeline.ts'
import type { Context } from '../context.ts'
import type { InputFlags, OutputFlags, SelectFlags } from '../flags.ts'
import { deliver, formatNamed, outputsOf, styleOf } from '../report.ts'
import { openSource } from '../source.ts'

export interface InventoryFlags extends InputFlags, OutputFlags, Pick<SelectFlags, 'pillar' | 'service' | 'account' | 'region' | 'tag'> {
  readonly pipeline?: string
}

/** `bartizan inventory` */
export async function inventory(this: Context, flags: InventoryFlags): Promise<void> {
  const known = await facts()
  const snapshot = await openSource(this, flags.in, flags.quiet)
  const estate = buildEstate(snapshot, known)
  const uses = usesOfAi(estate, known)
  const pipelines = pipelinesOf(estate, uses)
  if (flags.pipeline !== undefined) {
    const wanted = flags.pipeline
    const found = pipelines.find(({ nodes }) => nodes.some(({ name, id }) => name === wanted || id === wanted))
    if (found === undefined) {
      const close = nearest(wanted, pipelines.flatMap(({ nodes }) => nodes.map(({ name }) => name)))
      throw new BartizanError('BZ001', `No pipeline holds "${wanted}"${close === undefined ? '' : `; did you mean "${close}"?`}`)
    }
    for (const output of outputsOf(flags)) {
      await deliver(this, output, output.format === 'json' ? `${JSON.stringify(found, undefined, 2)}\n` : drawPipeline(found, styleOf(this, flags, output.file)))
    }
    return
  }
  const assets = assetsOf(estate, uses).filter((asset) => isWanted(asset, flags))
  for (const output of outputsOf(flags)) {
    await deliver(this, output, await formatNamed(inventoryFormats, output.format)({ estate, assets, pipelines, gaps: snapshot.gaps }, styleOf(this, flags, output.file)))
  }
}

const isWanted = (asset: Asset, { pillar, service, account, region, tag }: InventoryFlags): boolean => {
  const among = (wanted: readonly string[] | undefined, value: string) => wanted === undefined || wanted.length === 0 || wanted.includes(value)
  return among(pillar, asset.pillar) && among(service?.map((name) => name.toLowerCase()), serviceOf(asset.type)) &&
    among(account, asset.account) && isIn(region, asset.region) && isTagged(asset.tags, tag)
}
