import { defineFormat } from '../format.ts'

/** One finding a line. */
export default defineFormat({
  id: 'jsonl',
  title: 'JSON lines, a finding a line',
  mediaType: 'application/x-ndjson',
  render: ({ findings }) => findings.map((finding) => `${JSON.stringify(finding)}\n`).join(''),
})
