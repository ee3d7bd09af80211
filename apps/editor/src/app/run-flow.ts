import { hasErrors, type JsonValue } from '@millrace/flow'
import { chatCommands, useChat } from '../chat/chat-store.ts'
import { documentCommands, useDocument } from '../document/document-store.ts'
import { declaredInputOf, isChatFlow } from '../document/trigger-of.ts'
import { startPlainRun } from '../output/start-run.ts'
import type { RunPart } from '../run/live-frames.ts'
import { runCommands, selectIsRunning } from '../run/run-store.ts'
import { tellWhatPreventsRun } from '../problems/tell-what-prevents-run.ts'
import { sessionCommands } from '../session/session-store.ts'
import { currentPath, navigate } from './router.ts'
import { toast } from '../ui/toast.ts'

/** What the example is asked first, when it has no test data of its own. */
const firstQuestion = 'What is Millrace, and what can I build with it?'

/** What Run does, and Stop while a run goes on. */
export function runOrStop(): void {
  if (selectIsRunning(runCommands.current())) {
    runCommands.stop()
    return
  }
  startRun()
}

/** Runs the flow up to a node and no further. */
export function runTo(nodeId: string): void {
  startRun({ until: nodeId })
}

/** Runs the flow, or a part of it, with the last question or the test data. */
function startRun(part?: RunPart): void {
  const { flow } = useDocument.getState()
  // A key that was typed a moment ago counts.
  const problems = documentCommands.checkNow()
  if (hasErrors(problems)) {
    tellWhatPreventsRun(problems)
    return
  }
  if (!isChatFlow(flow)) {
    startPlainRun(part)
    return
  }
  sessionCommands.setChatOpen(true)
  // Run, change, run again: the question stays the same.
  if (useChat.getState().turns.length > 0) {
    chatCommands.retry(part)
    return
  }
  const testData = declaredInputOf(flow)?.defaultData
  if (testData !== undefined) runCommands.start(testData, part)
  else if (part !== undefined)
    toast.info('Ask something in the chat first: the run begins with it.')
}

/** Runs what was opened to be run at once; the address forgets the wish, so a reload asks nothing. */
export function runExample(): void {
  navigate(currentPath(), { replace: true })
  if (!isChatFlow(useDocument.getState().flow)) {
    startPlainRun()
    return
  }
  sessionCommands.setChatOpen(true)
  const testData = declaredInputOf(useDocument.getState().flow)?.defaultData
  runCommands.start(testData ?? exampleInput())
}

function exampleInput(): JsonValue {
  return { sessionId: crypto.randomUUID(), prompt: firstQuestion, context: '' }
}
