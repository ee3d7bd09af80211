import { useEffect, useState } from 'react'
import { TextField } from '../ui/text-field.tsx'
import { Hint, usingName } from './hint.tsx'
import { nameProblem } from './name-problem.ts'

export interface NameControlProps {
  readonly name: string
  /** Called when the name is finished and differs; renaming renames all that refers to it. */
  readonly onChange: (name: string) => void
  /** Names that others have. */
  readonly taken: ReadonlySet<string>
  readonly mayBeEmpty: boolean
  /** What is said while the name is being taken away, before it is. */
  readonly onEmpty?: (() => string | undefined) | undefined
  readonly placeholder?: string
  /** Its name where no `Field` gives one. */
  readonly label?: string
}

/** The name of a variable. It counts when it is finished, so that a half-typed one renames nothing. */
export function NameControl(props: NameControlProps) {
  const { name, onChange } = props
  const [draft, setDraft] = useState(name)
  useEffect(() => setDraft(name), [name])
  const problem = nameProblem(draft, props)
  const warning = draft === '' && name !== '' ? props.onEmpty?.() : undefined
  const finish = () => {
    if (draft !== name && problem === undefined) onChange(draft)
  }
  const take = (proposal: string) => {
    setDraft(proposal)
    onChange(proposal)
  }
  return (
    <>
      <TextField
        isMono
        spellCheck={false}
        autoComplete="off"
        {...(props.label === undefined ? {} : { 'aria-label': props.label })}
        placeholder={props.placeholder}
        isInvalid={problem !== undefined}
        aria-invalid={problem !== undefined}
        value={draft}
        onChange={setDraft}
        onBlur={finish}
        onKeyDown={(event) => {
          if (event.key === 'Enter') finish()
          if (event.key === 'Escape' && draft !== name) {
            event.stopPropagation()
            setDraft(name)
          }
        }}
      />
      {problem !== undefined && (
        <Hint
          isWrong
          text={problem.text}
          action={
            problem.proposal === undefined
              ? undefined
              : usingName(problem.proposal, () => take(problem.proposal ?? ''))
          }
        />
      )}
      {warning !== undefined && <Hint text={warning} />}
    </>
  )
}
