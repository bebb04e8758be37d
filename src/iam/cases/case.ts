import type { Catalogue } from '../catalogue.ts'
import type { IamInput, Request, Verdict } from '../model.ts'

/** A decision that AWS's documentation settles, with the page and the sentence that it stands on. */
export interface Case {
  readonly id: string
  readonly description: string
  readonly expected: Verdict
  readonly source: { readonly page: string, readonly sentence: string }
  readonly input: IamInput
  readonly request: Request
  readonly catalogue?: Catalogue
}
