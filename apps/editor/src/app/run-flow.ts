import { hasErrors, type Flow, type JsonValue } from '@millrace/flow'
import { registry } from '@millrace/nodes'
import { toast } from 'sonner'
import { useDocument } from '../document/document-store.ts'
import { runCommands, selectIsRunning } from '../run/run-store.ts'
import { sessionCommands } from '../session/session-store.ts'
import { navigate } from './router.ts'

/** What the example is asked first. */
export const firstQuestion = 'What is Millrace, and what can I build with it?'

/** What Run does, and Stop while a run goes on. */
export function runOrStop(): void {
  if (selectIsRunning(runCommands.current())) {
    runCommands.stop()
    return
  }
  const { flow, problems } = useDocument.getState()
  if (hasErrors(problems)) {
    const count = problems.filter((problem) => problem.severity === 'error').length
    sessionCommands.openBottomPanel('problems')
    toast.error(
      count === 1
        ? 'A problem keeps the flow from running.'
        : `${count} problems keep the flow from running.`,
    )
    return
  }
  const trigger = flow.nodes.find(
    (node) => registry.nodes.get(node.type)?.kind === 'trigger' && node.disabled !== true,
  )
  const testData = trigger?.properties?.['testData']
  if (trigger?.type !== 'chat.trigger') {
    runCommands.start(testData ?? {})
    return
  }
  sessionCommands.setChatOpen(true)
  if (testData !== undefined) runCommands.start(testData)
}

/** Opens the chat and asks the first question; the address forgets the wish, so a reload asks nothing. */
export function runExample(): void {
  navigate(location.pathname, { replace: true })
  sessionCommands.setChatOpen(true)
  runCommands.start(exampleInput())
}

function exampleInput(): JsonValue {
  return { sessionId: crypto.randomUUID(), prompt: firstQuestion, context: '' }
}

/** Whether a run of the flow starts with a message of a chat. */
export function isChatFlow(flow: Flow): boolean {
  return flow.nodes.some((node) => node.type === 'chat.trigger' && node.disabled !== true)
}
