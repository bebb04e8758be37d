/** Every coded error that people can meet: what it means and what to do next. The documentation page is made from this. */
export const errorCodes = {
  BZ001: { title: 'Unknown word on the command line', remedy: 'Use the nearest word offered, or run the command with --help.' },
  BZ002: { title: 'Input cannot be read', remedy: 'Check that the path exists and that you may read it.' },
  BZ003: { title: 'Input is not of a known kind', remedy: 'Give a snapshot, a template, a plan or a folder of them.' },
  BZ004: { title: 'Snapshot is damaged or too new', remedy: 'Scan again, or use the version of bartizan that wrote it.' },
  BZ005: { title: 'No snapshot yet', remedy: 'Run "bartizan scan", or name one with --in; "--in demo" is the sample estate.' },
  BZ006: { title: 'AWS refused the credentials', remedy: 'Sign in again, or name a profile with AWS_PROFILE.' },
  BZ007: { title: 'Output cannot be written', remedy: 'Check that the folder exists and that you may write there.' },
  BZ008: { title: 'Configuration or mute file is wrong', remedy: 'Correct the place named in the message.' },
  BZ009: { title: 'Template cannot be parsed', remedy: 'Correct the file at the line named in the message.' },
  BZ010: { title: 'Optional part is not installed', remedy: 'Install the package that the message names.' },
  BZ011: { title: 'Policy question cannot be answered', remedy: 'Name a principal, an action and a resource that the snapshot holds.' },
  BZ012: { title: 'Git revision cannot be read', remedy: 'Name a revision of this repository; a shallow checkout lacks older ones until they are fetched.' },
  BZ013: { title: 'Interrupted', remedy: 'What was collected is kept; the message says how to go on.' },
  BZ014: { title: 'AWS cannot be reached', remedy: 'Check the region, the network and proxy, and AWS_ENDPOINT_URL.' },
} as const

export type ErrorCode = keyof typeof errorCodes

/** An expected failure that ends a command: its text names the thing, the place and the remedy. */
export class BartizanError extends Error {
  readonly code: ErrorCode
  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'BartizanError'
    this.code = code
  }
}
