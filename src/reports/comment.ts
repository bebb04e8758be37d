/** GitHub takes 65,536 characters of a comment; some are left for what others put around it. */
const most = 65_000

const tail = '\n\n… and more than a comment holds; `-f json` tells all.\n'

/** Blocks of Markdown, each whole or not at all, as far as one comment holds them. */
export const comment = (blocks: readonly string[]): string => {
  let text = ''
  for (const block of blocks) {
    if (text.length + block.length + tail.length > most) return text.trimEnd() + tail
    text += `${block}\n`
  }
  return text
}
