import type { ReactNode } from 'react'
import { keysOf, type CommandId } from '../commands/commands.ts'
import { Kbd } from '../ui/kbd.tsx'
import { firstInSight, type MarkAnchor } from './mark-anchor.ts'

/** One remark of the tour, beside what it is about. */
export interface Mark {
  readonly title: string
  readonly text: ReactNode
  readonly anchor: MarkAnchor
  /** Where it stands of what it is about, if there is room. */
  readonly side: 'top' | 'bottom'
}

/** The tour, from what just happened to what can be done next. */
export const marks: readonly Mark[] = [
  {
    title: 'Your flow runs',
    text: 'Each card is a step. It is lit as it runs, and says how long it took. Point at one of its ports to see the value there.',
    anchor: firstInSight('.react-flow__node'),
    side: 'bottom',
  },
  {
    title: 'The answer streams in',
    text: 'This is the chat as its users have it. Ask something else, and watch the cards meanwhile.',
    anchor: firstInSight('[data-region="chat"] textarea'),
    side: 'top',
  },
  {
    title: 'Make it yours',
    text: (
      <>
        Click a card to change what it does. A new one comes with this button or{' '}
        <KeysOf command="add" />, or where you let go of a wire.
      </>
    ),
    anchor: firstInSight('[data-tour="add"]'),
    side: 'bottom',
  },
  {
    title: 'Run it again',
    text: (
      <>
        <KeysOf command="run" /> runs the flow, and stops it. <KeysOf command="commands" /> finds
        all there is to do, and <KeysOf command="help" /> shows every key.
      </>
    ),
    anchor: firstInSight('[data-tour="run"]'),
    side: 'bottom',
  },
]

function KeysOf({ command }: { readonly command: CommandId }) {
  return <Kbd keys={keysOf(command) ?? ''} />
}
