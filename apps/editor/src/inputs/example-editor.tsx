import type { DeclaredField } from '@millrace/flow'
import { useId } from 'react'
import { readJson } from '../properties/read-json.ts'
import { Button } from '../ui/button.tsx'
import { TextArea } from '../ui/text-field.tsx'
import styles from './fields-dialog.module.css'
import { fieldsOfExample } from './fields-of-example.ts'

export interface ExampleEditorProps {
  readonly text: string
  readonly onChange: (text: string) => void
  /** What is declared already, whose descriptions stay. */
  readonly known: readonly DeclaredField[]
  readonly onFields: (fields: readonly DeclaredField[]) => void
}

/** A JSON object that a caller may send, from which fields are made. */
export function ExampleEditor({ text, onChange, known, onFields }: ExampleEditorProps) {
  const problemId = useId()
  const read = readJson(text)
  const made = 'problem' in read ? read : fieldsOfExample(read.value, known)
  return (
    <div className={styles.example}>
      <TextArea
        isMono
        rows={7}
        spellCheck={false}
        autoFocus
        aria-label="Example JSON"
        aria-describedby={problemId}
        placeholder={'{ "customerId": "C-17", "quantity": 3, "express": true }'}
        value={text}
        onChange={onChange}
      />
      <div className={styles.foot}>
        <p id={problemId} className={styles.problem} aria-live="polite">
          {text.trim() !== '' && 'problem' in made && made.problem}
        </p>
        <Button
          disabled={'problem' in made}
          onClick={() => 'fields' in made && onFields(made.fields)}
        >
          Make fields
        </Button>
      </div>
    </div>
  )
}
