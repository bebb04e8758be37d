/** How each command is called, as its help shows: what follows the command's name, and what that does. */
const usage = (...lines: readonly (readonly [input: string, brief: string])[]) => lines.map(([input, brief]) => ({ input, brief }))

export const examples = {
  scan: usage(
    ['[FLAGS]', 'The AWS account of the current credentials; --org for all accounts of the organisation'],
    ['[FLAGS] PATH…', 'Templates, plans, folders of them, or a snapshot'],
    ['-f html=report.html -f sarif=findings.sarif --fail-on high', 'A page, a file for code scanning, and exit code 1 when something is high or critical'],
  ),
  demo: usage(['[FLAGS]', 'The whole report'], ['-f html=demo.html', 'As a page']),
  inventory: usage(
    ['[FLAGS]', 'Every AI asset of the newest scan'],
    ['--pipeline NAME', 'One pipeline, from data to use'],
    ['-f cyclonedx=bom.json', 'The AI bill of materials'],
  ),
  paths: usage(['[FLAGS]', 'The worst paths, each with its proof'], ['--from dana --to fraud --fix', 'From a principal to an asset, and the fewest edits that close the way']),
  can: usage(['PRINCIPAL ACTION RESOURCE', 'Whether it is allowed, and by which statements'], ['dana iam:PassRole ml-admin', 'By name'], ['PRINCIPAL --from-trail LOGS', 'The least policy for what was used']),
  whoCan: usage(['ACTION RESOURCE', 'Everyone who may, and how']),
  diff: usage(['OLD NEW', 'Snapshots, templates or folders']),
  explain: usage(['ID', 'A check by any tool\'s name for it, a finding, an attack path, an attack step or an error code']),
  detect: usage(['LOGS…', 'Files, folders, or s3:// prefixes of CloudTrail and invocation logs'], ['- < events.json', 'From standard input'], ['--follow QUEUE-URL', 'As they arrive']),
  list: usage(['checks|steps|detections|formats', '--json for everything about each']),
  permissions: usage(['[FLAGS]', 'As an IAM policy'], ['-f policies', 'In parts that each fit a managed policy'], ['-f cloudformation', 'As a StackSet template for an organisation']),
} as const
