import { addNode, emptyFlow, type Registry } from '@millrace/flow'
import type { FlowTemplate } from './templates.ts'

/** A flow with nothing but its trigger, for each trigger that the server has. */
export function triggerTemplates(registry: Registry): readonly FlowTemplate[] {
  return [...registry.nodes.values()]
    .filter(({ kind }) => kind === 'trigger')
    .map(({ type, title, description }) => ({
      id: type,
      title,
      description: description.split('. ')[0] ?? description,
      subject: 'building' as const,
      name: 'New flow',
      create: (id, name) =>
        addNode(emptyFlow(id, name), registry, { type, position: [120, 200] }).flow,
    }))
}
