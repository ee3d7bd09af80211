import { useDocument } from './document-store.ts'
import { isChatFlow } from './trigger-of.ts'

/** Whether a chat starts the open flow: then it is talked to, else it is run with an input. */
export function useIsChatFlow(): boolean {
  return useDocument(({ flow }) => isChatFlow(flow))
}
