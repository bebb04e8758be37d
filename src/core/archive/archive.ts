/** A file in an archive. Its text is read only when asked for, never written to disk and never run. */
export interface ArchiveFile {
  readonly path: string
  /** What the archive says of its length: a claim. */
  readonly bytes: number
  /** The first bytes, so many at most; undefined where they cannot be had. */
  read(most: number): Buffer | undefined
}
