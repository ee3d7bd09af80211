import { describeType } from '@millrace/flow'
import { useId } from 'react'
import layout from '../trials/trial-dialog.module.css'
import { TextArea } from '../ui/text-field.tsx'
import styles from './code-dialog.module.css'
import type { CodeInput } from './code-inputs.ts'

export interface TrialInputsProps {
  readonly inputs: readonly CodeInput[]
  /** What an input is tried with, as text. */
  readonly textOf: (input: CodeInput) => string
  readonly onChange: (name: string, text: string) => void
}

/** What the code gets, and what it is tried with. */
export function TrialInputs({ inputs, textOf, onChange }: TrialInputsProps) {
  const id = useId()
  return (
    <section className={styles.inputs} aria-label="Inputs">
      <h3 className={layout.heading}>Inputs</h3>
      {inputs.length === 0 ? (
        <p className={styles.remark}>
          The code gets nothing yet. Add an input to the node: the code reads it by its name.
        </p>
      ) : (
        <>
          <p className={styles.remark}>What the code is tried with: JSON, or plain text.</p>
          {inputs.map((input) => {
            const text = textOf(input)
            const fieldId = `${id}-${input.name}`
            return (
              <div key={input.name} className={styles.input}>
                <label htmlFor={fieldId}>
                  <code>{input.name}</code>
                  <span>{describeType(input.type)}</span>
                </label>
                <TextArea
                  id={fieldId}
                  isMono
                  rows={Math.min(8, text.split('\n').length)}
                  spellCheck={false}
                  placeholder="null"
                  value={text}
                  onChange={(typed) => onChange(input.name, typed)}
                />
              </div>
            )
          })}
        </>
      )}
    </section>
  )
}
