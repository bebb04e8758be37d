import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { sources } from './fetch.ts'
import type { Unpacked } from './fetch.ts'

const rule = `\n\n${'-'.repeat(80)}\n\n`

/** The licences and notices that come with what data/ was made from; of Apache-2.0, which is Bartizan's own, only the notice. */
export const licences = (unpacked: Unpacked): string => {
  const parts = sources.map(({ as, name, version, licence, url }) => {
    const wanted = licence === 'Apache-2.0' ? /NOTICE/ : /LICEN[CS]E|NOTICE/
    const texts = files(unpacked[as]).filter((file) => wanted.test(file)).map((file) => readFileSync(file, 'utf8').trim())
    return [`${name} ${version} (${licence})`, url, ...new Set(texts)].join('\n\n')
  })
  return `${['Facts in this folder come from these packages. SOURCES.json says which file comes from which.', ...parts].join(rule)}\n`
}

const files = (folder: string): string[] => {
  const metadata = readdirSync(folder).filter((name) => name.endsWith('.dist-info')).map((name) => join(folder, name))
  return [folder, ...metadata, ...metadata.map((place) => join(place, 'licenses'))].filter((place) => existsSync(place))
    .flatMap((place) => readdirSync(place).filter((name) => /^(LICEN[CS]E|NOTICE)/.test(name)).sort().map((name) => join(place, name)))
}
