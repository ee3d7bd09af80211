import { isIdentifier } from '@millrace/flow'
import { useEffect, useState } from 'react'
import { TextField } from '../ui/text-field.tsx'
import styles from './name-control.module.css'

export interface NameControlProps {
  readonly name: string
  /** Called when the name is finished and differs; renaming renames all that refers to it. */
  readonly onChange: (name: string) => void
  /** Names that others have. */
  readonly taken: ReadonlySet<string>
  readonly mayBeEmpty: boolean
  readonly placeholder?: string
  /** Its name where no `Field` gives one. */
  readonly label?: string
}

/** The name of a variable. It counts when it is finished, so that a half-typed one renames nothing. */
export function NameControl(props: NameControlProps) {
  const { name, onChange } = props
  const [draft, setDraft] = useState(name)
  useEffect(() => setDraft(name), [name])
  const problem = problemWith(draft, props)
  const finish = () => {
    if (draft === name) return
    if (problemWith(draft, props) === undefined) onChange(draft)
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
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
    </>
  )
}

function problemWith(draft: string, props: NameControlProps): string | undefined {
  if (draft === '') {
    return props.mayBeEmpty ? undefined : 'A name is needed here.'
  }
  if (!isIdentifier(draft)) {
    return 'A name starts with a letter and holds letters, digits and _ only.'
  }
  if (draft !== props.name && props.taken.has(draft)) {
    return `“${draft}” is taken by another variable. Choose another name.`
  }
  return undefined
}
