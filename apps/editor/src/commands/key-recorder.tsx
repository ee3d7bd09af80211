import { RotateCcw } from 'lucide-react'
import { useState, type KeyboardEvent } from 'react'
import { IconButton } from '../ui/icon-button.tsx'
import { Kbd } from '../ui/kbd.tsx'
import { allKeysOf, commandOf, type CommandId } from './commands.ts'
import styles from './key-recorder.module.css'
import { keyChoiceCommands, useKeyChoices } from './key-choices.ts'
import { keysOfPress } from './keys-of-press.ts'
import { whyNotKeys } from './why-not-keys.ts'

/** The keys of a command, which are chosen by pressing them. */
export function KeyRecorder({ command }: { readonly command: CommandId }) {
  const isChosen = useKeyChoices((choices) => choices[command] !== undefined)
  const [isRecording, setRecording] = useState(false)
  const [problem, setProblem] = useState<string>()
  const keys = allKeysOf(command)
  const { label } = commandOf(command)

  function stop(): void {
    setRecording(false)
    setProblem(undefined)
  }

  function record(event: KeyboardEvent): void {
    if (!isRecording || event.key === 'Tab') return
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Escape') return stop()
    const pressed = keysOfPress(event)
    if (pressed === undefined) return
    const whyNot = whyNotKeys(command, pressed)
    if (whyNot !== undefined) return setProblem(whyNot)
    keyChoiceCommands.choose(command, pressed)
    stop()
  }

  return (
    <>
      <button
        type="button"
        className={styles.keys}
        aria-label={
          isRecording ? `Press the keys for “${label}”` : `${label}: ${keys.join(' or ')}`
        }
        title={isRecording ? undefined : 'Choose other keys'}
        data-records-keys={isRecording || undefined}
        onClick={() => setRecording(true)}
        onKeyDown={record}
        onBlur={stop}
      >
        {isRecording ? 'Press keys…' : keys.map((one) => <Kbd key={one} keys={one} />)}
      </button>
      {isChosen && !isRecording && (
        <IconButton
          label={`Give “${label}” its own keys back`}
          onClick={() => keyChoiceCommands.forget(command)}
        >
          <RotateCcw size={13} aria-hidden />
        </IconButton>
      )}
      {problem !== undefined && (
        <span role="alert" className={styles.problem}>
          {problem}
        </span>
      )}
    </>
  )
}
