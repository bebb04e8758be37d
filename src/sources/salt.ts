import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BartizanError } from '../core/errors.ts'

/**
 * The salt of a folder's scans, made when there is none (mode 0600): the same secret has the same hash in all of them. It
 * stays beside the snapshots, not in them, so that nobody can try candidates against a snapshot that was given away.
 */
export const openSalt = (folder: string): Buffer => {
  const path = join(folder, 'salt')
  try {
    const known = Buffer.from(readFileSync(path, 'utf8').trim(), 'hex')
    if (known.length >= 16) return known
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw new BartizanError('BZ002', `Cannot read ${path}: ${(error as Error).message}`, { cause: error })
  }
  const salt = randomBytes(16)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeFileSync(join(folder, '.gitignore'), '*\n')
    writeFileSync(path, `${salt.toString('hex')}\n`, { mode: 0o600 })
  } catch (error) {
    throw new BartizanError('BZ007', `Cannot write ${path}: ${(error as Error).message}`, { cause: error })
  }
  return salt
}
