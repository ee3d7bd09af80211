import { Maximize2 } from 'lucide-react'
import { Suspense, lazy, useId, useRef, useState } from 'react'
import type { ControlProps } from '../properties/control-props.ts'
import frame from '../text-editor/editor-frame.module.css'
import type { SourceEditorHandle } from '../text-editor/use-source-editor.ts'
import { IconButton } from '../ui/icon-button.tsx'
import styles from './code-control.module.css'
import { CodeFrame, CodeNote } from './code-frame.tsx'
import { codeRange } from './code-range.ts'
import { useCodeInputs } from './use-code-inputs.ts'
import { useCodeProblem } from './use-code-problem.ts'

const CodeDialog = lazy(async () => ({ default: (await import('./code-dialog.tsx')).CodeDialog }))

/** The code of a function: a few lines of it, and the dialog in which it can be tried. */
export function CodeControl(props: ControlProps<'code'>) {
  const { nodeId, property, value, onChange, labelId } = props
  const code = typeof value === 'string' ? value : ''
  const { inputs, signature } = useCodeInputs(nodeId, property)
  const problem = useCodeProblem(
    code,
    inputs.map(({ name }) => name),
  )
  const editor = useRef<SourceEditorHandle>(null)
  const noteId = useId()
  const [isLarge, setLarge] = useState(false)
  return (
    <>
      <div
        className={`${frame.frame} ${frame.field} ${styles.box}`}
        data-invalid={props.isInvalid || problem !== undefined || undefined}
      >
        <CodeFrame
          handle={editor}
          code={code}
          onChange={(changed) => onChange(changed === '' ? undefined : changed)}
          inputs={inputs}
          signature={signature}
          problem={problem}
          labelledBy={labelId}
          describedBy={problem === undefined ? props.describedBy : noteId}
          isInvalid={props.isInvalid}
        />
        <IconButton
          label="Open large editor"
          className={styles.tool ?? ''}
          aria-describedby={labelId}
          aria-haspopup="dialog"
          onClick={() => setLarge(true)}
        >
          <Maximize2 size={14} aria-hidden />
        </IconButton>
      </div>
      <CodeNote
        id={noteId}
        problem={problem}
        onShow={() => {
          if (problem?.position !== undefined)
            editor.current?.focus(codeRange(code, problem.position).start)
        }}
      />
      {isLarge && (
        <Suspense>
          <CodeDialog
            nodeId={nodeId}
            property={property}
            code={code}
            onAccept={(accepted) => {
              onChange(accepted === '' ? undefined : accepted, 'Change the code')
              setLarge(false)
            }}
            onClose={() => setLarge(false)}
          />
        </Suspense>
      )}
    </>
  )
}
