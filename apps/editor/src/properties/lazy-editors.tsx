import { lazy, Suspense, useImperativeHandle, useRef, type RefObject } from 'react'
import { FulfilWish, type Wish } from './awaited-editor.tsx'
import { Chip } from './chip.tsx'
import type { ChipEditorHandle, ChipEditorProps } from './chip-editor.tsx'
import { partsOf } from './chip-text.ts'
import type { ExpressionEditorHandle, ExpressionEditorProps } from './expression-editor.tsx'
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

/** The props of an editor, with a handle that its owner can use before the code is there. */
type Awaited<Props, Handle> = Omit<Props, 'handle'> & {
  readonly handle: RefObject<Handle | null>
}
type AwaitedChips = Awaited<ChipEditorProps, ChipEditorHandle>
type AwaitedExpression = Awaited<ExpressionEditorProps, ExpressionEditorHandle>

/** The text editor; until its code is there, the text as it will look. */
export function LazyChipEditor(props: AwaitedChips) {
  const wish = useRef<Wish<ChipEditorHandle>>(undefined)
  return (
    <Suspense fallback={<ChipsStandIn {...props} wish={wish} />}>
      <ChipEditor {...props} />
      <FulfilWish handle={props.handle} wish={wish} />
    </Suspense>
  )
}

interface StandIn<Handle> {
  readonly wish: RefObject<Wish<Handle> | undefined>
}

function ChipsStandIn(props: AwaitedChips & StandIn<ChipEditorHandle>) {
  const { handle, wish, text, placeholder } = props
  useImperativeHandle(handle, () => ({
    focus: () => (wish.current = (editor) => editor.focus()),
    suggest: () => (wish.current = (editor) => editor.suggest()),
    insertText: (...inserted) => (wish.current = (editor) => editor.insertText(...inserted)),
    insertReference: (...inserted) =>
      (wish.current = (editor) => editor.insertReference(...inserted)),
  }))
  return (
    <div className={styles.standIn}>
      {text === '' && <span className={styles.standInEmpty}>{placeholder}</span>}
      {partsOf(text).map((part, index) =>
        typeof part === 'string' ? part : <Chip key={index} look={props.lookOf(part.$ref)} />,
      )}
    </div>
  )
}

/** The expression editor; until its code is there, the source. */
export function LazyExpressionEditor(props: AwaitedExpression) {
  const wish = useRef<Wish<ExpressionEditorHandle>>(undefined)
  return (
    <Suspense fallback={<ExpressionStandIn {...props} wish={wish} />}>
      <ExpressionEditor {...props} />
      <FulfilWish handle={props.handle} wish={wish} />
    </Suspense>
  )
}

function ExpressionStandIn(props: AwaitedExpression & StandIn<ExpressionEditorHandle>) {
  const { handle, wish, text, placeholder } = props
  useImperativeHandle(handle, () => ({
    focus: () => (wish.current = (editor) => editor.focus()),
    insert: (...inserted) => (wish.current = (editor) => editor.insert(...inserted)),
  }))
  return <code className={styles.standIn}>{text || placeholder}</code>
}
