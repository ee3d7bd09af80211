import type { JsonValue } from '@millrace/flow'
import { useId } from 'react'
import { useDocument } from '../document/document-store.ts'
import { Chip } from './chip.tsx'
import { contentOf, partsOf } from './chip-text.ts'
import styles from './messages-preview.module.css'
import type { PreviewMessage, PromptPreview } from './prompt-preview.ts'
import { useChipLook } from './scopes.ts'
import { usePromptPreview } from './use-prompt-preview.ts'

export interface MessagesPreviewProps {
  readonly nodeId: string
  /** Properties that are being written, in place of the document's. The same while they are. */
  readonly draft?: Readonly<Record<string, JsonValue | undefined>>
}

/** The messages that the model would get from a node. */
export function MessagesPreview({ nodeId, draft = noDraft }: MessagesPreviewProps) {
  const preview = usePromptPreview(nodeId, draft)
  const hasReducer = useDocument(({ flow }) =>
    flow.attachments?.some(({ host }) => host[0] === nodeId && host[1] === 'historyReducer'),
  )
  const titleId = useId()
  return (
    <section className={styles.preview} aria-labelledby={titleId}>
      <div className={styles.head}>
        <h3 id={titleId}>Messages to the model</h3>
        <p className={styles.note}>{noteOn(preview)}</p>
      </div>
      {preview.problem !== undefined && <p className={styles.problem}>{preview.problem}</p>}
      {/* It scrolls, so the keyboard must reach it. */}
      <div className={styles.messages} tabIndex={0} role="group" aria-labelledby={titleId}>
        {preview.messages.map((message, index) => (
          // The messages have no id but their place.
          <Message key={index} nodeId={nodeId} message={message} />
        ))}
      </div>
      {hasReducer === true && (
        <p className={styles.note}>The history reducer may shorten the history first.</p>
      )}
    </section>
  )
}

const noDraft = {}

function noteOn({ messages, hasValues }: PromptPreview): string {
  const isComplete = messages.every(({ text }) =>
    partsOf(text).every((part) => typeof part === 'string'),
  )
  if (hasValues) {
    return isComplete
      ? 'With the values of the last run.'
      : 'With the values of the last run, as far as they are known.'
  }
  return isComplete ? '' : 'Variables are filled in when the flow runs.'
}

/** So much of a message is shown: it is drawn anew with every key. */
const longest = 20_000

interface MessageProps {
  readonly nodeId: string
  readonly message: PreviewMessage
}

function Message({ nodeId, message: { role, text } }: MessageProps) {
  const lookOf = useChipLook(nodeId)
  return (
    <article className={styles.message} data-role={role}>
      <h4>{titles[role] ?? role}</h4>
      <p>
        {text.trim() === '' ? (
          <span className={styles.empty}>Empty</span>
        ) : (
          partsOf(text.slice(0, longest)).map((part, index) =>
            typeof part === 'string' ? part : <Chip key={index} look={lookOf(contentOf(part))} />,
          )
        )}
      </p>
      {text.length > longest && (
        <p className={styles.note}>
          … {(text.length - longest).toLocaleString('en')} more characters
        </p>
      )}
    </article>
  )
}

const titles: Readonly<Record<string, string>> = {
  system: 'System',
  developer: 'Developer',
  user: 'User',
  assistant: 'Assistant',
  history: 'History',
}
