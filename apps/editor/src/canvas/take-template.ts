import { serverUrl } from '../api/base-path.ts'
import type { FlowTemplate } from '../templates/templates.ts'
import { documentCommands } from '../document/document-store.ts'
import { currentViewport } from './current-viewport.ts'

/** Puts what a template draws into the open flow, which is empty; its name and its tags stay. */
export function takeTemplate(template: FlowTemplate): Promise<void> {
  documentCommands.edit(`Start from “${template.title}”`, (flow) => ({
    ...template.create(flow.id, flow.name, serverUrl()),
    ...(flow.tags === undefined ? {} : { tags: flow.tags }),
  }))
  // When they are drawn.
  requestAnimationFrame(() => currentViewport()?.show())
  return Promise.resolve()
}
