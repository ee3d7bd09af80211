import { Field } from '@base-ui/react/field'
import { checkExpression, describeType, isAssignable, type Type } from '@millrace/flow'
import { Braces, TriangleAlert } from 'lucide-react'
import { useId, useMemo, useRef, useState } from 'react'
import { IconButton } from '../ui/icon-button.tsx'
import styles from './expression-control.module.css'
import { useScopes } from './scopes.ts'
import { VariablePicker } from './variable-picker.tsx'

export interface ExpressionControlProps {
  readonly nodeId: string
  readonly source: string
  readonly onChange: (source: string) => void
  readonly labelId: string
  readonly wanted: Type
}

/** A CEL expression, with the type that it has or what is wrong with it. */
export function ExpressionControl(props: ExpressionControlProps) {
  const { nodeId, source, onChange, labelId, wanted } = props
  const area = useRef<HTMLTextAreaElement>(null)
  const [anchor, setAnchor] = useState<HTMLElement>()
  const verdictId = useId()
  const { scopes } = useScopes()
  const verdict = useMemo(
    () => verdictOf(source, checkExpression(source, scopes.at(nodeId)), wanted),
    [source, scopes, nodeId, wanted],
  )

  const insert = (reference: string) => {
    const { selectionStart: start, selectionEnd: end } = area.current ?? {
      selectionStart: source.length,
      selectionEnd: source.length,
    }
    onChange(source.slice(0, start) + reference + source.slice(end))
    area.current?.focus()
  }

  return (
    <>
      <div className={styles.box} data-invalid={verdict.isWrong || undefined}>
        <span className={styles.mark} aria-hidden>
          ƒx
        </span>
        <Field.Control
          ref={area}
          render={<textarea rows={1} />}
          className={styles.source}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          aria-labelledby={labelId}
          aria-describedby={verdictId}
          aria-invalid={verdict.isWrong}
          placeholder="An expression, such as 1 + 1"
          value={source}
          onValueChange={onChange}
        />
        <IconButton
          label="Insert variable"
          aria-describedby={labelId}
          aria-haspopup="dialog"
          onClick={(event) => setAnchor(event.currentTarget)}
        >
          <Braces size={14} aria-hidden />
        </IconButton>
      </div>
      <p id={verdictId} className={styles.verdict} data-wrong={verdict.isWrong || undefined}>
        {verdict.isWrong && <TriangleAlert size={12} aria-hidden />}
        {verdict.text}
      </p>
      {anchor !== undefined && (
        <VariablePicker
          nodeId={nodeId}
          wanted="any"
          anchor={anchor}
          onChoose={(reference) => {
            setAnchor(undefined)
            insert(reference)
          }}
          onClose={() => {
            setAnchor(undefined)
            area.current?.focus()
          }}
        />
      )}
    </>
  )
}

function verdictOf(
  source: string,
  checked: ReturnType<typeof checkExpression>,
  wanted: Type,
): { readonly text: string; readonly isWrong: boolean } {
  if (source.trim() === '') return { text: 'Gives nothing yet.', isWrong: false }
  if ('problem' in checked) return { text: capitalised(checked.problem), isWrong: true }
  const given = describeType(checked.type)
  return isAssignable(checked.type, wanted)
    ? { text: `Gives ${given}.`, isWrong: false }
    : { text: `Gives ${given}; ${describeType(wanted)} is wanted.`, isWrong: true }
}

function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}
