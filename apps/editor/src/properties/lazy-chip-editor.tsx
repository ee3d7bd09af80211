import { lazy, Suspense } from 'react'
import { Chip } from './chip.tsx'
import type { ChipEditorProps } from './chip-editor.tsx'
import { partsOf } from './chip-text.ts'
import styles from './text-control.module.css'

const load = () => import('./chip-editor.tsx')
const ChipEditor = lazy(async () => ({ default: (await load()).ChipEditor }))

/** Fetches the text editor ahead of its first use. */
export function preloadChipEditor(): void {
  void load().catch(() => {
    // It is fetched again when it is needed, and that says what is wrong.
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
