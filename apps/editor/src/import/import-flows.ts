import type { FlowSummary } from '../api/flow-list-api.ts'
import { createFlow, readFlow, saveFlow } from '../api/flows-api.ts'
import { readTests, saveTests } from '../api/flow-tests-api.ts'
import { designerPath, navigate } from '../app/router.ts'
import { attempt } from '../flows/flow-actions.ts'
import { editStoredFlow } from '../flows/edit-stored-flow.ts'
import { flowListCommands } from '../flows/flow-list.ts'
import { counted } from '../ui/counted.ts'
import { parseFlow, type Flow } from '@millrace/flow'
import type { PlannedFlow } from './import-plan.ts'
import { toast } from '../ui/toast.ts'

/** Stores what was planned; a single flow is opened. Fails with an `ApiError`; what came before it stays. */
export async function importFlows(
  planned: readonly PlannedFlow[],
  here: readonly FlowSummary[],
): Promise<void> {
  const replaced: Flow[] = []
  try {
    for (const one of planned) {
      const before = await storePlanned(one, here)
      if (before !== undefined) replaced.push(before)
    }
  } finally {
    // After a failure too: what came before it is there, and a second try must know.
    await flowListCommands.load()
  }
  tellOf(planned, replaced)
  const [only] = planned
  if (only !== undefined && planned.length === 1) navigate(designerPath(only.flow.id))
}

/** Stores a flow with its tests, and gives the one whose place it took. */
async function storePlanned(
  { change, flow, tests }: PlannedFlow,
  here: readonly FlowSummary[],
): Promise<Flow | undefined> {
  const before = change === 'replace' ? await replaceFlow(flow, here) : undefined
  if (change === 'create') await createFlow(flow)
  if (tests !== undefined) {
    const { revision } = await readTests(flow.id)
    await saveTests(flow.id, { tests, revision })
  }
  return before
}

/** Saves a flow over that of its id, and gives what was there. */
async function replaceFlow(flow: Flow, here: readonly FlowSummary[]): Promise<Flow | undefined> {
  const stored = await readFlow(flow.id)
  // What the summary was based on is what is replaced: a change made meanwhile is a conflict.
  const known = here.find(({ id }) => id === flow.id)
  await saveFlow(flow, known?.revision ?? stored.revision)
  const parsed = parseFlow(stored.document)
  return parsed.status === 'flow' ? parsed.flow : undefined
}

function tellOf(planned: readonly PlannedFlow[], replaced: readonly Flow[]): void {
  const [only] = planned
  const what =
    planned.length === 1 && only !== undefined
      ? `“${only.flow.name}” is imported.`
      : `${counted(planned.length, 'flow')} are imported.`
  if (replaced.length === 0) {
    toast.success(what)
    return
  }
  toast.success(what, {
    description: `${counted(replaced.length, 'flow')} replaced. The version before is kept in its history.`,
    action: {
      label: 'Undo',
      onClick: () =>
        void attempt(async () => {
          for (const before of replaced) await editStoredFlow(before.id, () => before)
          await flowListCommands.load()
        }),
    },
  })
}
