import { isRecord, type JsonObject } from '@millrace/flow'
import { useId, useState } from 'react'
import { InputForm } from '../../inputs/input-form.tsx'
import { readInput } from '../../inputs/read-input.ts'
import { Button } from '../../ui/button.tsx'
import { TextArea } from '../../ui/text-field.tsx'
import type { ApiTarget } from '../api-target.ts'
import styles from './console.module.css'

interface TrialInputProps {
  readonly fields: ApiTarget['fields']
  /** As JSON, which somebody may be typing. */
  readonly text: string
  readonly onChange: (text: string) => void
}

/** What the flow is called with: its fields as a form, or as JSON. */
export function TrialInput({ fields, text, onChange }: TrialInputProps) {
  const [wantsJson, setWantsJson] = useState(false)
  const problemId = useId()
  const headId = useId()
  const { value, problems } = readInput(text, fields)
  const isForm = fields.length > 0 && !wantsJson && isRecord(value)
  return (
    <div role="group" aria-labelledby={headId} className={styles.input}>
      <div className={styles.inputHead}>
        <h3 id={headId}>Input</h3>
        {fields.length > 0 && (
          <Button
            size="small"
            variant="quiet"
            disabled={!isRecord(value)}
            onClick={() => setWantsJson(!wantsJson)}
          >
            {isForm ? 'Edit as JSON' : 'Edit as form'}
          </Button>
        )}
      </div>
      {isForm ? (
        <InputForm
          fields={fields}
          value={value as JsonObject /* parsed from JSON */}
          problems={problems}
          showsMissing
          onChange={(changed) => onChange(JSON.stringify(changed, null, 2))}
        />
      ) : (
        <>
          <TextArea
            isMono
            rows={Math.min(12, Math.max(4, text.split('\n').length))}
            spellCheck={false}
            aria-label="Input as JSON"
            aria-describedby={problemId}
            value={text}
            onChange={onChange}
          />
          <ul id={problemId} className={styles.problems}>
            {problems.map(({ message }) => (
              <li key={message}>{message}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}
