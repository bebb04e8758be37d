import { readdirSync } from 'node:fs'

/** One measured figure; `ratio` compares it with `reference`, above 1 is better than it. */
interface Result { readonly metric: string, readonly value: number, readonly unit: string, readonly reference?: string, readonly ratio?: number }
interface Bench { readonly name: string, run(): Result[] | Promise<Result[]> }

const args = process.argv.slice(2)
const json = args.includes('--json')
const wanted = args.filter((arg) => !arg.startsWith('-'))

/** A benchmark is a file of this folder that exports `name` and `run`. */
const load = async (): Promise<Bench[]> => {
  const files = readdirSync(new URL('.', import.meta.url)).filter((file) => file.endsWith('.ts') && file !== 'run.ts').sort()
  const modules = await Promise.all(files.map((file) => import(new URL(file, import.meta.url).href) as Promise<Partial<Bench>>))
  return modules.filter((module): module is Bench => typeof module.name === 'string' && typeof module.run === 'function')
}

const benches = await load()
const unknown = wanted.filter((name) => benches.every((bench) => bench.name !== name))
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}; there are ${benches.map(({ name }) => name).join(', ')}`)
  process.exitCode = 2
} else {
  for (const bench of benches) {
    if (wanted.length > 0 && !wanted.includes(bench.name)) continue
    const results = await bench.run()
    if (json) console.log(JSON.stringify({ name: bench.name, results }))
    else show(bench.name, results)
  }
}

function show(name: string, results: readonly Result[]): void {
  console.log(name)
  const round = (value: number): string => (value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3))
  for (const { metric, value, unit, reference, ratio } of results) {
    const compared = ratio === undefined ? '' : `  ${round(ratio)} x ${reference ?? 'the reference'}`
    console.log(`  ${metric.padEnd(62)} ${round(value).padStart(10)} ${unit}${compared}`)
  }
}
