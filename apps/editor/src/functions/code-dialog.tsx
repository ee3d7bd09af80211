import type { CodeProperty, FlowNode } from '@millrace/flow'
import { useId, useRef, useState } from 'react'
import { tryCode, type CodeProblem } from '../api/functions-api.ts'
import { useDocument, type DocumentState } from '../document/document-store.ts'
import { openText } from '../inspect/value-text.ts'
import { useKnownValues } from '../properties/known-values.ts'
import { registry } from '../registry.ts'
import frame from '../text-editor/editor-frame.module.css'
import type { SourceEditorHandle } from '../text-editor/use-source-editor.ts'
import { TrialDialog } from '../trials/trial-dialog.tsx'
import layout from '../trials/trial-dialog.module.css'
import { useTrial } from '../trials/use-trial.ts'
import styles from './code-dialog.module.css'
import { CodeFrame, CodeNote } from './code-frame.tsx'
import { resultTypeOf } from './code-inputs.ts'
import { codeRange } from './code-range.ts'
import { CodeTrial, type CodeTrialState } from './code-trial.tsx'
import { TrialInputs } from './trial-inputs.tsx'
import { readTrialText, trialValueOf } from './trial-values.ts'
import { useCodeInputs } from './use-code-inputs.ts'
import { useCodeProblem } from './use-code-problem.ts'

export interface CodeDialogProps {
  readonly nodeId: string
  readonly property: CodeProperty
  readonly code: string
  readonly onAccept: (code: string) => void
  readonly onClose: () => void
}

const selectFlow = ({ flow }: DocumentState) => flow

/** The large editor of code, in which it can be tried. */
export function CodeDialog({ nodeId, property, code, onAccept, onClose }: CodeDialogProps) {
  const [draft, setDraft] = useState(code)
  /** What inputs are tried with, of those whose value was typed. */
  const [typed, setTyped] = useState<ReadonlyMap<string, string>>(new Map())
  const flow = useDocument(selectFlow)
  const node = flow.nodes.find(({ id }) => id === nodeId)
  const definition = registry.nodes.get(node?.type ?? '')
  const values = useKnownValues(nodeId)
  const { inputs, signature } = useCodeInputs(nodeId, property)
  const found = useCodeProblem(
    draft,
    inputs.map(({ name }) => name),
  )
  const editor = useRef<SourceEditorHandle>(null)
  const labelId = useId()
  const noteId = useId()
  const { trial, start, stop } = useTrial(tryCode)

  const isEmpty = draft.trim() === ''
  const tryIt = () => {
    if (isEmpty) return
    const given = inputs.map(({ name, value, type }): readonly [string, unknown] => {
      const text = typed.get(name)
      return [name, text === undefined ? trialValueOf(value, values) : readTrialText(text, type)]
    })
    start({
      title: node?.title ?? definition?.title ?? 'Function',
      code: draft,
      inputs: Object.fromEntries(given),
      resultType: resultTypeOf(node, definition),
      timeoutSeconds: numberOf(node, 'timeout') ?? 5,
      memoryMiB: numberOf(node, 'memory') ?? 32,
    })
  }
  const failed = trial.status === 'done' && trial.tried.code === draft ? placeOf(trial) : undefined
  const problem = found ?? failed

  return (
    <TrialDialog
      title={property.label}
      isChanged={draft !== code}
      onAccept={() => onAccept(draft)}
      onClose={onClose}
      onKeep={() => editor.current?.focus()}
      onTry={tryIt}
      aside={
        <TrialInputs
          inputs={inputs}
          textOf={({ name, value }) => typed.get(name) ?? trialTextOf(trialValueOf(value, values))}
          onChange={(name, text) => setTyped(new Map([...typed, [name, text]]))}
        />
      }
    >
      <section className={layout.section}>
        <h3 id={labelId} className="visually-hidden">
          {property.label}
        </h3>
        <div className={`${frame.frame} ${styles.editor}`}>
          <CodeFrame
            handle={editor}
            code={draft}
            onChange={setDraft}
            inputs={inputs}
            signature={signature}
            problem={problem}
            labelledBy={labelId}
            describedBy={noteId}
            isInvalid={false}
            isDraft
          />
        </div>
        <CodeNote
          id={noteId}
          problem={found}
          onShow={() => {
            if (found?.position !== undefined)
              editor.current?.focus(codeRange(draft, found.position).start)
          }}
        />
      </section>
      <CodeTrial trial={trial} canRun={!isEmpty} onRun={tryIt} onStop={stop} />
    </TrialDialog>
  )
}

/** A limit that the node sets itself; an expression is worked out by a run alone. */
function numberOf(node: FlowNode | undefined, key: string): number | undefined {
  const value = node?.properties?.[key]
  return typeof value === 'number' ? value : undefined
}

/** Where the code failed when it was tried. */
function placeOf({
  outcome,
}: Extract<CodeTrialState, { status: 'done' }>): CodeProblem | undefined {
  if (outcome.status === 'returned') return undefined
  const { message, details } = outcome.error
  const line = details?.['line']
  const column = details?.['column']
  if (typeof line !== 'number' || typeof column !== 'number') return undefined
  return { message, position: { line, column } }
}

/** A value as it is typed: JSON is laid out, null is nothing. */
function trialTextOf(value: unknown): string {
  return value === null ? '' : openText(value)
}
