import { setProperty, type Flow, type JsonValue } from '@millrace/flow'
import { ChevronRight } from 'lucide-react'
import { useId, useMemo, useState } from 'react'
import { documentCommands, useDocument, type DocumentState } from '../document/document-store.ts'
import { registry } from '../registry.ts'
import { Button } from '../ui/button.tsx'
import { TextArea } from '../ui/text-field.tsx'
import { InputForm } from './input-form.tsx'
import styles from './input-section.module.css'
import { inputCommands, useInputs, useInputText, type InputState } from './input-store.ts'
import { testInputOf, type TestInput } from './test-input.ts'

/** What a flow that no chat starts is run with: its fields as a form, or as JSON. */
export function InputSection() {
  const flow = useDocument(selectFlow)
  const isTried = useInputs(selectIsTried)
  const text = useInputText(flow.id)
  const input = useMemo(() => testInputOf(flow, text), [flow, text])
  const [isOpen, setOpen] = useState(true)
  const [wantsJson, setWantsJson] = useState(false)
  const bodyId = useId()
  const { declared, value, isChanged } = input
  if (declared === undefined) return null
  const hasForm = declared.fields.length > 0
  const isForm = hasForm && !wantsJson && isObject(value)

  return (
    <section className={styles.section} aria-label="Input">
      <div className={styles.head}>
        <button
          type="button"
          className={styles.toggle}
          aria-expanded={isOpen}
          aria-controls={isOpen ? bodyId : undefined}
          onClick={() => setOpen(!isOpen)}
        >
          <ChevronRight size={14} aria-hidden className={styles.chevron} /> Input
        </button>
        {isOpen && hasForm && (
          <Button
            size="small"
            variant="quiet"
            disabled={!isForm && !isObject(value)}
            onClick={() => setWantsJson(isForm)}
          >
            {isForm ? 'Edit as JSON' : 'Edit as form'}
          </Button>
        )}
      </div>
      {isOpen && (
        <div id={bodyId} className={styles.body}>
          {isForm && isObject(value) ? (
            <InputForm
              fields={declared.fields}
              value={value}
              problems={input.problems}
              showsMissing={isTried}
              onChange={(changed) =>
                inputCommands.change(flow.id, JSON.stringify(changed, null, 2))
              }
            />
          ) : (
            <JsonInput flowId={flow.id} input={input} />
          )}
          {isChanged && <ChangedInput flow={flow} input={input} />}
        </div>
      )}
    </section>
  )
}

interface JsonInputProps {
  readonly flowId: string
  readonly input: TestInput
}

function JsonInput({ flowId, input: { text, problems } }: JsonInputProps) {
  const problemId = useId()
  return (
    <>
      <TextArea
        isMono
        rows={Math.min(10, Math.max(4, text.split('\n').length))}
        spellCheck={false}
        aria-label="Input as JSON"
        aria-describedby={problemId}
        aria-invalid={problems.length > 0}
        value={text}
        onChange={(typed) => inputCommands.change(flowId, typed)}
      />
      <ul id={problemId} className={styles.problems} aria-live="polite">
        {problems.map(({ message }) => (
          <li key={message}>{message}</li>
        ))}
      </ul>
    </>
  )
}

interface ChangedInputProps {
  readonly flow: Flow
  readonly input: TestInput
}

/** Kept in this browser alone, unless it becomes the default data, which is in the flow. */
function ChangedInput({ flow, input: { declared, value } }: ChangedInputProps) {
  const key = declared?.defaultDataKey
  return (
    <div className={styles.commands}>
      <Button size="small" variant="quiet" onClick={() => inputCommands.forget(flow.id)}>
        Back to default data
      </Button>
      {declared !== undefined && key !== undefined && value !== undefined && (
        <Button
          size="small"
          variant="quiet"
          onClick={() => {
            const edit = { nodeId: declared.triggerId, key, value }
            documentCommands.edit('Keep the input as default data', (now) =>
              setProperty(now, registry, edit),
            )
            inputCommands.forget(flow.id)
          }}
        >
          Keep as default data
        </Button>
      )}
    </div>
  )
}

function isObject(value: JsonValue | undefined): value is { readonly [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function selectFlow({ flow }: DocumentState): Flow {
  return flow
}

function selectIsTried({ isTried }: InputState): boolean {
  return isTried
}
