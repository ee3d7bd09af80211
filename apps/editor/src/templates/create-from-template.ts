import { serverUrl } from '../api/base-path.ts'
import { designerPath, navigate } from '../app/router.ts'
import { createWithFreeId } from '../flows/create-with-free-id.ts'
import { createCalledFlow } from './create-called-flow.ts'
import type { FlowTemplate } from './templates.ts'

/** What becomes of a flow that was made of a template: it is opened, and perhaps run at once. */
export type AfterCreation = 'open' | 'run'

/** Makes a flow of a template, with those that it calls, and opens it. Fails with an `ApiError`. */
export async function createFromTemplate(
  template: FlowTemplate,
  { name, then }: { readonly name: string; readonly then: AfterCreation },
): Promise<void> {
  for (const create of template.called ?? []) await createCalledFlow(create())
  const wanted = name.trim() || template.name
  const flow = await createWithFreeId(template.create('new', wanted, serverUrl()))
  navigate(designerPath(flow.id, { isExampleRun: then === 'run' }))
}
