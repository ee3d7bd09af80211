import { isRecord, tagKey } from '@millrace/flow'
import { toApiError } from '../api/api-error.ts'
import type { FlowSummary } from '../api/flow-list-api.ts'
import { duplicateFlow, readFlow } from '../api/flows-api.ts'
import { textOfJson } from '../api/text-of-json.ts'
import { counted } from '../ui/counted.ts'
import { flowListCommands } from './flow-list.ts'
import { toast } from '../ui/toast.ts'

/** Does something for a designer and tells what went wrong, if it does. */
export async function attempt(action: () => Promise<void>): Promise<void> {
  try {
    await action()
  } catch (thrown) {
    toast.error(toApiError(thrown).message)
  }
}

/** A flow, as far as its actions have to know it. */
type Named = Pick<FlowSummary, 'id' | 'name'>

/** Makes a second flow of one on the server, with its tests; gives its id. */
export async function duplicateStoredFlow(id: string): Promise<string> {
  const { document } = await duplicateFlow(id)
  await flowListCommands.load()
  const copy = isRecord(document) ? document : {}
  toast.success(`“${textOfJson(copy['name'], 'The copy')}” is ready.`)
  return textOfJson(copy['id'], id)
}

/** Saves a flow of the server as a file; one that cannot be read is saved as it is. */
export async function exportStoredFlow(id: string): Promise<void> {
  const [{ document }, { exportDocument }] = await Promise.all([
    readFlow(id),
    import('./export-document.ts'),
  ])
  exportDocument(id, document)
}

/** Saves several flows as one file: a list of their documents, and those of their tests. */
export async function exportStoredFlows(ids: readonly string[]): Promise<void> {
  const { downloadFlows } = await import('./download-flows.ts')
  await downloadFlows(ids)
}

/**
 * Deletes flows; they can be brought back at once, and later from *Recently deleted*. Throws when
 * one cannot be deleted; those before it are.
 */
export async function deleteWithUndo(flows: readonly Named[]): Promise<void> {
  const { removedIds, error } = await flowListCommands.remove(flows.map(({ id }) => id))
  if (removedIds.length > 0) offerUndo(flows.filter(({ id }) => removedIds.includes(id)))
  if (error !== undefined) throw error
}

function offerUndo(deleted: readonly Named[]): void {
  const ids = deleted.map(({ id }) => id)
  const [only] = deleted
  const what =
    deleted.length === 1 && only !== undefined
      ? `“${only.name}” is`
      : `${counted(deleted.length, 'flow')} are`
  toast(`${what} deleted.`, {
    duration: 10_000,
    action: {
      label: 'Undo',
      onClick: () => void attempt(() => flowListCommands.restore(ids)),
    },
  })
}

/** Gives a flow another name; an empty one changes nothing. */
export async function renameStoredFlow({ id, name }: Named, wanted: string): Promise<void> {
  const next = wanted.trim()
  if (next === '' || next === name) return
  await changeStored(id, { name: next })
}

/** Gives a flow other tags. */
export async function setStoredTags(id: string, tags: readonly string[]): Promise<void> {
  await changeStored(id, { tags })
}

/** Puts another tag in the place of one in every flow that has it; `undefined` takes it away. */
export async function replaceTag(
  flows: readonly FlowSummary[],
  tag: string,
  replacement: string | undefined,
): Promise<void> {
  const key = tagKey(tag)
  const having = flows.filter(({ tags }) => tags.some((other) => tagKey(other) === key))
  const put = replacement === undefined ? [] : [replacement]
  const { setStoredFields } = await import('./edit-stored-flow.ts')
  for (const { id } of having) {
    await setStoredFields(id, ({ tags = [] }) => ({
      tags: tags.flatMap((other) => (tagKey(other) === key ? put : [other])),
    }))
  }
  await flowListCommands.load()
}

/** Shows a change at once, and the truth when the server refused it. */
async function changeStored(
  id: string,
  fields: Partial<Pick<FlowSummary, 'name' | 'tags'>>,
): Promise<void> {
  flowListCommands.change(id, fields)
  try {
    const { setStoredFields } = await import('./edit-stored-flow.ts')
    await setStoredFields(id, () => fields)
  } finally {
    await flowListCommands.load()
  }
}
