import { expect, it } from 'vitest'
import { sessionCommands } from '../session/session-store.ts'
import { giveRunRoom } from './give-run-room.ts'
import { usePanelLayout } from './panel-layout.ts'

const isOpen = () => usePanelLayout.getState().isPropertiesOpen

it('closes the properties until a node is chosen, and leaves them as they were', () => {
  expect(isOpen()).toBe(true)
  const leave = giveRunRoom()
  expect(isOpen()).toBe(false)
  sessionCommands.select(['chat'])
  expect(isOpen()).toBe(true)
  usePanelLayout.setState({ isPropertiesOpen: false })
  sessionCommands.select([])
  expect(isOpen()).toBe(false)
  leave()
  expect(isOpen()).toBe(true)
  sessionCommands.select([])
})
