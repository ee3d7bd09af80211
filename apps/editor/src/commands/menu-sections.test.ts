import { afterEach, expect, it } from 'vitest'
import { flowOf } from '../canvas/testing/fixtures.ts'
import { documentCommands } from '../document/document-store.ts'
import { sessionCommands } from '../session/session-store.ts'
import { commandContext } from './command-context.ts'
import type { CommandPlace, MenuKind } from './command.ts'
import { menuSections } from './menu-sections.ts'

afterEach(() => sessionCommands.reset())

function idsOf(menu: MenuKind, place?: CommandPlace): readonly string[] {
  return menuSections(menu, commandContext(place)).flat()
}

it('ends every menu with what removes something', () => {
  for (const menu of ['node', 'nodes', 'edge', 'note', 'flow'] as const) {
    expect(idsOf(menu).at(-1)).toMatch(/^(remove|deleteFlow)$/)
  }
})

it('offers of a port what its kind allows', () => {
  documentCommands.open(flowOf({ chat: 'openai.streamingChatCompletion' }), undefined)
  const at = (portId: string) => idsOf('port', { port: { nodeId: 'chat', portId } })
  expect(at('exec:continue')).not.toContain('portProperty')
  expect(at('in:userPrompt')).toContain('portProperty')
  expect(at('in:userPrompt')).toContain('connectPort')
})
