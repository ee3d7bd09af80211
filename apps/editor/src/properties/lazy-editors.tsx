import { lazy, Suspense } from 'react'
import { Chip } from './chip.tsx'
import type { ChipEditorProps } from './chip-editor.tsx'
import { partsOf } from './chip-text.ts'
import type { ExpressionEditorProps } from './expression-editor.tsx'
import styles from './text-control.module.css'

const load = () => import('./text-editors.ts')
const ChipEditor = lazy(async () => ({ default: (await load()).ChipEditor }))
const ExpressionEditor = lazy(async () => ({ default: (await load()).ExpressionEditor }))

/** Fetches the text editors ahead of their first use. */
export function preloadEditors(): void {
  void load().catch(() => {
    // They are fetched again when they are needed, and that says what is wrong.
  })
}

/** The text editor; until its code is there, the text as it will look. */
export function LazyChipEditor(props: ChipEditorProps) {
  return (
    <Suspense
      fallback={
        <div className={styles.standIn}>
          {props.text === '' && <span className={styles.standInEmpty}>{props.placeholder}</span>}
          {partsOf(props.text).map((part, index) =>
            typeof part === 'string' ? part : <Chip key={index} look={props.lookOf(part.$ref)} />,
          )}
        </div>
      }
    >
      <ChipEditor {...props} />
    </Suspense>
  )
}

/** The expression editor; until its code is there, the source. */
export function LazyExpressionEditor(props: ExpressionEditorProps) {
  return (
    <Suspense fallback={<code className={styles.standIn}>{props.text || props.placeholder}</code>}>
      <ExpressionEditor {...props} />
    </Suspense>
  )
}
