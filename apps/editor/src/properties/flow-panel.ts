import { create } from 'zustand'
import { openProperties } from '../app/panel-layout.ts'
import { sessionCommands } from '../session/session-store.ts'

export type FlowTab = 'settings' | 'variables'

/** Which side of the flow the panel shows; it stays while nodes are looked at. */
export const useFlowPanel = create<{ readonly tab: FlowTab }>()(() => ({ tab: 'settings' }))

/** Shows the flow's settings or variables: nothing is selected then, and the panel is open. */
export function showFlowPanel(tab: FlowTab): void {
  useFlowPanel.setState({ tab })
  sessionCommands.select([])
  openProperties()
  sessionCommands.showInSide('properties')
}
