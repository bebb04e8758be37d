/** What a long piece of work says of itself; the command line draws a line of it, a server streams it, a test collects it. */
export type ProgressEvent =
  | { readonly kind: 'started', readonly what: string, readonly total?: number }
  | { readonly kind: 'progress', readonly what: string, readonly done: number, readonly total?: number, readonly detail?: string }
  | { readonly kind: 'finished', readonly what: string, readonly detail?: string }
  | { readonly kind: 'note', readonly text: string }

export type Emit = (event: ProgressEvent) => void

export const silent: Emit = () => undefined
