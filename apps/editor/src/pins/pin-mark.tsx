import { Pin, PinOff } from 'lucide-react'
import { sessionCommands } from '../session/session-store.ts'
import styles from './pin-mark.module.css'
import { usePinnedNode } from './pinned-nodes.ts'

export interface PinMarkProps {
  readonly nodeId: string
  /** The node's title. */
  readonly title: string
}

/** Says on a card that its node is pinned, or that its pin does not fit; leads to what it is pinned to. */
export function PinMark({ nodeId, title }: PinMarkProps) {
  const pinned = usePinnedNode(nodeId)
  if (pinned === undefined) return null
  const words = pinWords(pinned)
  const Icon = pinned.misfit === undefined ? Pin : PinOff
  return (
    <button
      type="button"
      className={`${styles.mark} nodrag`}
      data-unused={pinned.misfit !== undefined || undefined}
      data-testid="pin-mark"
      aria-label={`${title}: ${words}`}
      title={words}
      onClick={(event) => {
        event.stopPropagation()
        sessionCommands.open({ kind: 'pin', nodeId })
      }}
    >
      <Icon size={12} aria-hidden />
    </button>
  )
}

/** The same in the line of a node, where it is read out with it. */
export function PinSign({ nodeId }: { readonly nodeId: string }) {
  const pinned = usePinnedNode(nodeId)
  if (pinned === undefined) return null
  const Icon = pinned.misfit === undefined ? Pin : PinOff
  return (
    <span
      className={styles.sign}
      data-unused={pinned.misfit !== undefined || undefined}
      title={pinWords(pinned)}
    >
      <Icon size={12} aria-hidden />
      <span className="visually-hidden">{pinWords(pinned)}</span>
    </span>
  )
}

function pinWords({ misfit }: { readonly misfit: string | undefined }): string {
  return misfit === undefined ? 'Pinned, does not run' : `Its pin is not used. ${misfit}`
}
