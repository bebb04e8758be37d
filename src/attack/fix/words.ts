/** A command with its options, as a POSIX shell takes them. */
export const words = (start: string, options: Readonly<Record<string, string>>): string =>
  [start, ...Object.entries(options).map(([name, value]) => `--${name} ${quoted(value)}`)].join(' ')

/** A word that a shell takes as it stands, whatever it holds. */
const quoted = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) && !text.startsWith('-') ? text : `'${text.replaceAll(`'`, String.raw`'\''`)}'`)
