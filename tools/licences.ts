import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { sources } from './fetch.ts'
import type { Unpacked } from './fetch.ts'

/** The licences and notices that come with what data/ was made from; of Apache-2.0, which is Bartizan's own, only the notice. */
export const licences = (unpacked: Unpacked): string => {
  const folders: string[] = Object.values(unpacked)
  const parts = sources.map(({ name, version, licence, url }, index) => {
    const texts = files(folders[index] ?? '').filter((file) => (licence === 'Apache-2.0' ? /NOTICE/ : /LICEN[CS]E|NOTICE/).test(file)).map((file) => readFileSync(file, 'utf8').trim())
    return [`${name} ${version} (${licence})`, url, ...new Set(texts)].join('\n\n')
  })
  return `${['Facts in this folder come from these packages. SOURCES.json says which file comes from which.', ...parts].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`
}

const files = (folder: string): string[] => {
  const metadata = readdirSync(folder).filter((name) => name.endsWith('.dist-info')).flatMap((name) => [join(folder, name), join(folder, name, 'licenses')])
  return [folder, ...metadata].filter((place) => existsSync(place))
    .flatMap((place) => readdirSync(place).filter((name) => /^(LICEN[CS]E|NOTICE)/.test(name)).sort().map((name) => join(place, name)))
}
