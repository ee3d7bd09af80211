import type { Problem } from '@millrace/flow'
import { sessionCommands } from '../session/session-store.ts'
import { toast } from '../ui/toast.ts'
import { leadTo } from './lead-to.ts'

/** Says that errors keep a flow from running, lists them, and leads to the first; warnings do not. */
export function tellWhatPreventsRun(problems: readonly Problem[]): void {
  const errors = problems.filter(({ severity }) => severity === 'error')
  sessionCommands.openBottomPanel('problems')
  if (errors[0] !== undefined) leadTo(errors[0])
  toast.error(
    errors.length === 1
      ? 'A problem keeps the flow from running.'
      : `${errors.length} problems keep the flow from running.`,
  )
}
