/** The most of one package or layer that is read, in bytes. */
export const mostDownload = 256 << 20

/** What a presigned address gives, or why it gives nothing. */
export type Download = { readonly stream: AsyncIterable<Uint8Array> } | { readonly reason: string }

/**
 * Opens an address that AWS handed out. It must be HTTPS, or the emulator's own host; no credentials go with it, and no
 * redirect is followed. The stream ends with an error when it grows past `most` bytes.
 */
export const open = async (address: unknown, signal: AbortSignal | undefined, most = mostDownload): Promise<Download> => {
  const url = typeof address === 'string' ? URL.parse(address) : null
  const emulator = URL.parse(process.env['AWS_ENDPOINT_URL'] ?? '')
  if (url === null || url.protocol !== 'https:' && url.host !== emulator?.host) return { reason: 'AWS gave no address that can be trusted' }
  try {
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.any([AbortSignal.timeout(300_000), ...(signal === undefined ? [] : [signal])]) })
    if (!response.ok || response.body === null) return { reason: `${url.host} answered HTTP ${response.status}` }
    if (Number(response.headers.get('content-length') ?? 0) > most) return { reason: tooLong(most) }
    return { stream: bounded(response.body, most) }
  } catch (error) {
    const { message, cause } = error as Error
    return { reason: `${url.host} did not answer: ${cause instanceof Error ? cause.message : message}` }
  }
}

const tooLong = (most: number): string => `it is longer than ${most >> 20} MiB`

async function* bounded(stream: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const chunk of stream) {
    bytes += chunk.length
    if (bytes > most) throw new Error(tooLong(most))
    yield chunk
  }
}

/** All of a download in memory, or why not. */
export const fetchWhole = async (address: unknown, signal: AbortSignal | undefined, most = mostDownload): Promise<Buffer | { readonly reason: string }> => {
  const opened = await open(address, signal, most)
  if ('reason' in opened) return opened
  const chunks: Uint8Array[] = []
  try {
    for await (const chunk of opened.stream) chunks.push(chunk)
  } catch (error) {
    return { reason: (error as Error).message }
  }
  return Buffer.concat(chunks)
}
