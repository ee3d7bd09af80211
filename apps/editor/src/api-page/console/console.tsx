import { isRecord, type JsonObject } from '@millrace/flow'
import { Send, Square } from 'lucide-react'
import { useState, type MouseEvent } from 'react'
import { readInput } from '../../inputs/read-input.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Field } from '../../ui/field.tsx'
import { TextField } from '../../ui/text-field.tsx'
import type { ApiTarget } from '../api-target.ts'
import { callsOf, type CallName } from '../flow-call.ts'
import { AnswerView } from './answer-view.tsx'
import styles from './console.module.css'
import { TrialInput } from './trial-input.tsx'
import { framingsOf, trialRequest, type FramingName } from './trial-request.ts'
import { useTrial } from './use-trial.ts'

/** Calls the flow from the page, as a program would. */
export function Console({ target }: { readonly target: ApiTarget }) {
  const calls = callsOf(target)
  const [chosenCall, setCall] = useState<CallName>()
  const [chosenFraming, setFraming] = useState<FramingName>('sse')
  const [text, setText] = useState(() => JSON.stringify(target.input, null, 2))
  const [key, setKey] = useState('')
  const { state, isGoing, send, stop } = useTrial()

  const call = calls.find(({ name }) => name === chosenCall) ?? calls[0]
  if (call === undefined) return null
  const framings = framingsOf(call.name)
  const framing = framings.find(({ value }) => value === chosenFraming) ?? framings[0]
  // What is wrong by the fields is sent all the same: how it is refused is worth a look.
  const { value } = readInput(text, [])
  const request = trialRequest(target, {
    call: call.name,
    framing: framing?.value ?? 'sse',
    input: isRecord(value) ? (value as JsonObject) : {}, // parsed from JSON
    key: key.trim(),
  })

  function stopHere(event: MouseEvent): void {
    // It is the Send button before the click is over, and would send again.
    event.preventDefault()
    stop()
  }

  return (
    <form
      className={styles.console}
      aria-labelledby="try-it"
      onSubmit={(event) => {
        event.preventDefault()
        if (!isGoing && isRecord(value)) send(request)
      }}
    >
      <h2 id="try-it">Try it</h2>
      <Choice
        label="Call"
        value={call.name}
        options={calls.map(({ name, title }) => ({ value: name, label: title }))}
        onChange={setCall}
      />
      <p className={styles.call}>
        <code>POST {request.path}</code>
        <span>{call.summary}</span>
      </p>
      {framing !== undefined && (
        <Choice label="Answer as" value={framing.value} options={framings} onChange={setFraming} />
      )}
      <TrialInput fields={target.fields} text={text} onChange={setText} />
      <Field label="API key" help="Left empty, you call as who designs here. It is not kept.">
        <TextField
          isMono
          type="password"
          autoComplete="off"
          value={key}
          placeholder="None"
          onChange={setKey}
        />
      </Field>
      <div className={styles.commands}>
        {isGoing ? (
          <Button icon={<Square size={13} fill="currentColor" aria-hidden />} onClick={stopHere}>
            Stop
          </Button>
        ) : (
          <Button
            type="submit"
            variant="primary"
            icon={<Send size={14} aria-hidden />}
            disabled={!isRecord(value)}
          >
            Send
          </Button>
        )}
      </div>
      <AnswerView state={state} flowId={target.flowId} />
    </form>
  )
}
