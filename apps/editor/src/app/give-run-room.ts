import { useSession } from '../session/session-store.ts'
import { showPropertiesForNow, usePanelLayout } from './panel-layout.ts'

/**
 * Leaves the canvas to a run where the properties would lie over it: they come with the first node that
 * is chosen, and stand as before once what is given back is called. What this browser keeps stays.
 */
export function giveRunRoom(): () => void {
  const { isPropertiesOpen } = usePanelLayout.getState()
  showPropertiesForNow(false)
  const unsubscribe = useSession.subscribe(({ selectedNodeIds }, before) => {
    const isChosen = selectedNodeIds !== before.selectedNodeIds && selectedNodeIds.size > 0
    if (isChosen) showPropertiesForNow(true)
  })
  return () => {
    unsubscribe()
    showPropertiesForNow(isPropertiesOpen)
  }
}
