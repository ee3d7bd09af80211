import { CircleAlert } from 'lucide-react'
import type { RefObject } from 'react'
import type { CodeProblem } from '../api/functions-api.ts'
import frame from '../text-editor/editor-frame.module.css'
import type { SourceEditorHandle } from '../text-editor/use-source-editor.ts'
import styles from './code-frame.module.css'
import type { CodeInput } from './code-inputs.ts'
import { codeRange } from './code-range.ts'
import { LazyCodeEditor } from './lazy-code-editor.tsx'

export interface CodeFrameProps {
  readonly handle: RefObject<SourceEditorHandle | null>
  readonly code: string
  readonly onChange: (code: string) => void
  readonly inputs: readonly CodeInput[]
  readonly signature: string
  readonly problem: CodeProblem | undefined
  readonly labelledBy: string
  readonly describedBy?: string | undefined
  readonly isInvalid: boolean
  /** A dialog edits a draft: undo stays inside it. */
  readonly isDraft?: boolean
}

/** Code between the lines of its function, which say what it gets and gives. */
export function CodeFrame(props: CodeFrameProps) {
  const { code, problem } = props
  const { position } = problem ?? {}
  return (
    <div className={styles.frame}>
      <code className={styles.line}>{props.signature}</code>
      <div className={`${frame.filled} ${styles.code}`}>
        <LazyCodeEditor
          handle={props.handle}
          text={code}
          onChange={props.onChange}
          labelledBy={props.labelledBy}
          describedBy={props.describedBy}
          placeholder="return …"
          isMultiline
          isRequired
          isDraft={props.isDraft === true}
          isInvalid={props.isInvalid || problem !== undefined}
          inputs={props.inputs}
          problem={position && codeRange(code, position)}
        />
      </div>
      <code className={styles.line} aria-hidden>
        {'}'}
      </code>
    </div>
  )
}

export interface CodeNoteProps {
  readonly id: string
  readonly problem: CodeProblem | undefined
  /** Puts the caret where the problem is. */
  readonly onShow: () => void
}

/** Says what keeps the code from being read. */
export function CodeNote({ id, problem, onShow }: CodeNoteProps) {
  return (
    <div id={id} role="status" className={styles.note}>
      {problem !== undefined && (
        <>
          <CircleAlert size={14} aria-hidden />
          {problem.position === undefined ? (
            <span>{problem.message}</span>
          ) : (
            <span>
              <button type="button" className={styles.place} onClick={onShow}>
                Line {problem.position.line}
              </button>
              : {problem.message}
            </span>
          )}
        </>
      )}
    </div>
  )
}
