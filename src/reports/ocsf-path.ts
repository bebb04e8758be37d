import type { AttackPath } from '../attack/path.ts'
import { ocsfSeverity } from './formats/ocsf.ts'

/** An attack path as an OCSF 1.6.0 Detection Finding (class 2004) with its graph. */
export const ocsfPath = (path: AttackPath, time: number) => {
  const { id, name } = ocsfSeverity[path.severity]
  const nodes = [{ uid: path.entry.id, name: path.entry.title, type: 'entry point' }, ...path.steps.map((step, index) => ({ uid: `${index + 1} ${step.on}`, name: step.onName, type: step.onType, desc: step.story }))]
  return {
    activity_id: 1,
    activity_name: 'Create',
    category_uid: 2,
    category_name: 'Findings',
    class_uid: 2004,
    class_name: 'Detection Finding',
    type_uid: 200_401,
    type_name: 'Detection Finding: Create',
    time,
    severity_id: id,
    severity: name,
    status_id: 1,
    status: 'New',
    message: path.story,
    metadata: { product: { name: 'Bartizan', vendor_name: 'Bartizan' }, version: '1.6.0', profiles: ['cloud'], event_code: 'attack-path' },
    cloud: { provider: 'AWS' },
    finding_info: {
      uid: path.id,
      title: path.target.harm,
      desc: path.story,
      types: [path.pillar],
      attack_graph: {
        uid: path.id,
        name: path.target.harm,
        is_directed: true,
        nodes: nodes.map(({ uid, name: title, type, ...rest }) => ({ uid, name: title, type, ...rest })),
        edges: path.steps.map((step, index) => ({ uid: `${index}`, source: nodes[index]!.uid, target: nodes[index + 1]!.uid, relation: step.story, is_directed: true })),
      },
    },
    resources: [{ uid: path.target.id, name: path.target.name, type: path.target.type }],
  }
}
