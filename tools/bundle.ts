// Puts the clients of the AWS SDK beside the built files, so that the package installs without the SDK.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join, posix, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const root = fileURLToPath(new URL('..', import.meta.url))
const built = resolve(process.argv[2] ?? join(root, 'dist'))
const files = readdirSync(built, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js'))
const imports = /(?<=(?:from |import\()['"])@aws-sdk\/[a-z0-9-]+(?=['"])/g

const clients = new Set<string>()
for (const file of files) {
  const text = readFileSync(join(built, file), 'utf8')
  const bundled = text.replace(imports, (name) => {
    clients.add(name)
    return posix.relative(posix.dirname(file), chunkOf(name)).replace(/^(?!\.)/, './')
  })
  if (bundled !== text) writeFileSync(join(built, file), bundled)
}

function chunkOf(name: string): string {
  return `sdk/${name.slice(name.indexOf('/') + 1)}.js`
}

const bundle = await rolldown({
  input: Object.fromEntries([...clients].map((name) => [chunkOf(name).slice(0, -'.js'.length), name])),
  cwd: root,
  platform: 'node',
  resolve: { mainFields: ['module', 'main'] },
})
const { output } = await bundle.write({ dir: built, format: 'esm', entryFileNames: '[name].js', chunkFileNames: 'sdk/[name]-[hash].js', minify: true })
await bundle.close()

/** The folder of the npm package that a bundled file came from. */
const packageOf = (file: string): string | undefined => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]

const packages = [...new Set(output.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : [])).flatMap((file) => packageOf(file) ?? []))].sort()

const licenceOf = (folder: string): string => {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<'name' | 'version' | 'license', string>
  const texts = readdirSync(folder).filter((file) => /^(LICEN[CS]E|NOTICE)/i.test(file)).sort().map((file) => readFileSync(join(folder, file), 'utf8').trim())
  return [`${name} ${version} (${license})`, ...texts].join('\n\n')
}

writeFileSync(join(built, 'THIRD-PARTY-LICENSES.txt'), `${['Files in this folder hold parts of these packages.', ...packages.map(licenceOf)].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`)
