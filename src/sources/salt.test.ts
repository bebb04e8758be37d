import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openSalt } from './salt.ts'
import { foundSecrets, saltHashes } from './secrets.ts'

const folder = mkdtempSync(join(tmpdir(), 'bartizan-salt-'))

afterAll(() => rmSync(folder, { recursive: true }))

const hashes = () => foundSecrets(`key: sk-ant-${'a1B2'.repeat(8)}\n`, 'UserData').map(({ hash }) => hash)

describe('the salt of a folder', () => {
  it('is made once, for its owner alone', () => {
    const salt = openSalt(join(folder, 'scans'))
    expect(openSalt(join(folder, 'scans'))).toEqual(salt)
    expect(statSync(join(folder, 'scans', 'salt')).mode & 0o777).toBe(0o600)
    expect(openSalt(join(folder, 'others'))).not.toEqual(salt)
  })

  it('makes the same secret hash alike, and with another salt otherwise', () => {
    saltHashes(openSalt(join(folder, 'scans')))
    const first = hashes()
    saltHashes(openSalt(join(folder, 'others')))
    const other = hashes()
    saltHashes(openSalt(join(folder, 'scans')))
    expect(hashes()).toEqual(first)
    expect(other).not.toEqual(first)
  })
})
