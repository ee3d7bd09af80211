import {
  describeType,
  inspectExpression,
  isAssignable,
  isOptional,
  type ExpressionInspection,
  type Type,
} from '@millrace/flow'
import { Braces } from 'lucide-react'
import { useId, useMemo, useRef, useState, type ReactNode } from 'react'
import frame from '../text-editor/editor-frame.module.css'
import type { SourceEditorHandle } from '../text-editor/use-source-editor.ts'
import { IconButton } from '../ui/icon-button.tsx'
import styles from './expression-control.module.css'
import { expressionResult } from './expression-result.ts'
import { useLastValues } from './last-values.ts'
import { Hint, usingName } from './hint.tsx'
import { LazyExpressionEditor } from './lazy-editors.tsx'
import { useScopes } from './scopes.ts'
import { VariablePicker } from './variable-picker.tsx'

export interface ExpressionControlProps {
  readonly nodeId: string
  readonly source: string
  readonly onChange: (source: string) => void
  readonly labelId: string
  readonly isRequired: boolean
  readonly wanted: Type
  /** Shown where the result cannot be worked out from what is known. */
  readonly lastValue: ReactNode
}

/** A CEL expression, with the type that it has or what is wrong with it. */
export function ExpressionControl(props: ExpressionControlProps) {
  const { nodeId, source, onChange, labelId, wanted } = props
  const editor = useRef<SourceEditorHandle>(null)
  const [anchor, setAnchor] = useState<HTMLElement>()
  const verdictId = useId()
  const { scopes } = useScopes()
  const variables = scopes.at(nodeId)
  const verdict = useMemo(
    () => verdictOf(source, inspectExpression(source, variables), wanted),
    [source, variables, wanted],
  )
  const { nearest } = verdict
  const values = useLastValues(nodeId)
  const result = useMemo(
    () => (verdict.isRunnable ? expressionResult(source, values) : undefined),
    [verdict, source, values],
  )

  return (
    <>
      <div className={`${frame.frame} ${styles.box}`} data-invalid={verdict.isWrong || undefined}>
        <span className={styles.mark} aria-hidden>
          ƒx
        </span>
        <LazyExpressionEditor
          handle={editor}
          text={source}
          onChange={onChange}
          labelledBy={labelId}
          describedBy={verdictId}
          placeholder="An expression, such as 1 + 1"
          isMultiline
          isInvalid={verdict.isWrong}
          isRequired={props.isRequired}
          variables={variables}
          problem={verdict.range}
        />
        <IconButton
          label="Insert value"
          aria-describedby={labelId}
          aria-haspopup="dialog"
          onClick={(event) => setAnchor(event.currentTarget)}
        >
          <Braces size={14} aria-hidden />
        </IconButton>
      </div>
      <Hint
        id={verdictId}
        text={verdict.text}
        isWrong={verdict.isWrong}
        action={
          nearest === undefined
            ? undefined
            : usingName(nearest, () => editor.current?.insert(nearest, verdict.range))
        }
      />
      {result === undefined ? (
        props.lastValue
      ) : (
        <p className={styles.result} title={`With the values of the last run: ${result}`}>
          <b>Result</b>
          <span>{result}</span>
        </p>
      )}
      {anchor !== undefined && (
        <VariablePicker
          nodeId={nodeId}
          wanted="any"
          anchor={anchor}
          onChoose={(reference) => {
            setAnchor(undefined)
            editor.current?.insert(reference)
          }}
          onClose={() => {
            setAnchor(undefined)
            editor.current?.focus()
          }}
        />
      )}
    </>
  )
}

interface Verdict {
  readonly text: string
  readonly isWrong: boolean
  /** Whether it can be worked out, be its type the wanted one or not. */
  readonly isRunnable: boolean
  readonly range?: { readonly start: number; readonly end: number } | undefined
  readonly nearest?: string | undefined
}

function verdictOf(source: string, inspected: ExpressionInspection, wanted: Type): Verdict {
  if (source.trim() === '') return { text: 'Gives nothing yet.', isWrong: false, isRunnable: false }
  if ('problem' in inspected) {
    const { problem, range, nearest } = inspected
    return { text: `${capitalised(problem)}.`, isWrong: true, isRunnable: false, range, nearest }
  }
  const given = inspected.type === 'any' ? 'a value of any type' : describeType(inspected.type)
  if (!isAssignable(inspected.type, wanted)) {
    const text = `Gives ${given}; ${describeType(wanted)} is wanted.`
    return { text, isWrong: true, isRunnable: true }
  }
  const text = isOptional(inspected.type)
    ? `Gives ${given}. Null counts as empty.`
    : `Gives ${given}.`
  return { text, isWrong: false, isRunnable: true }
}

function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}
