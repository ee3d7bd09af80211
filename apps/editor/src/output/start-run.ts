import { useDocument } from '../document/document-store.ts'
import { inputCommands } from '../inputs/input-store.ts'
import { testInputOf } from '../inputs/test-input.ts'
import type { RunPart } from '../run/live-frames.ts'
import { runCommands } from '../run/run-store.ts'
import { sessionCommands } from '../session/session-store.ts'

/**
 * Runs a flow that no chat starts with the input that the panel shows. One that is not what the
 * flow declares is not sent: the panel says what is wrong with it, and the answer is false.
 */
export function startPlainRun(part?: RunPart): boolean {
  sessionCommands.setChatOpen(true)
  const { flow } = useDocument.getState()
  const { value, problems } = testInputOf(flow, inputCommands.textOf(flow.id))
  inputCommands.setTried(problems.length > 0)
  return problems.length === 0 && runCommands.start(value, part)
}
