import type { CommandId } from '../commands/commands.ts'
import { useMediaQuery } from './use-media-query.ts'

/** What leaves the bar first as the window gets narrower, and what only a phone has no room for. */
const first = ['nodes', 'outline', 'find'] as const satisfies readonly CommandId[]
const second = [
  'undo',
  'redo',
  'propertiesPanel',
  'themeLight',
  'themeDark',
  'themeSystem',
] as const satisfies readonly CommandId[]

/** The commands of the bar that stand in its menu instead. */
export function useFolded(): readonly CommandId[] {
  const isNarrow = useMediaQuery('(max-width: 719px)')
  const isTiny = useMediaQuery('(max-width: 519px)')
  return isTiny ? [...first, ...second] : isNarrow ? first : none
}

const none: readonly CommandId[] = []
