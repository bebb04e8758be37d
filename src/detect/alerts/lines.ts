/** A line indented by two and broken at spaces. */
export const broken = (text: string, columns: number): string[] => {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last === undefined || last.length + 1 + word.length > columns) lines.push(`${lines.length === 0 ? '  ' : '    '}${word}`)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines
}
