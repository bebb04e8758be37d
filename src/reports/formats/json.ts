import { defineFormat } from '../format.ts'

/** The version of the JSON that `scan` prints, documented in docs/formats.md. */
export const scanSchema = 'bartizan.scan/1'

/** Everything, as one JSON document. */
export default defineFormat({
  id: 'json',
  title: 'JSON, everything',
  mediaType: 'application/json',
  render: ({ estate, findings, suppressed, undecided, paths, gaps, counts }) => `${JSON.stringify({
    schema: scanSchema,
    snapshot: estate.header,
    findings,
    suppressed,
    undecided,
    paths,
    gaps,
    counts,
  }, undefined, 2)}\n`,
})
