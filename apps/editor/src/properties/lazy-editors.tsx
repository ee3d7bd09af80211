import { lazy, useImperativeHandle } from 'react'
import { loadExpressions } from '../expressions/expressions-on-demand.ts'
import { AwaitedEditor, type AwaitedProps, type WishPlace } from '../text-editor/awaited-editor.tsx'
import type { SourceEditorHandle } from '../text-editor/use-source-editor.ts'
import { Chip } from './chip.tsx'
import type { ChipEditorHandle, ChipEditorProps } from './chip-editor.tsx'
import { contentOf, partsOf } from './chip-text.ts'
import type { ExpressionEditorProps } from './expression-editor.tsx'
import { loadEditors } from './load-editors.ts'
import styles from './text-control.module.css'

const ChipEditor = lazy(async () => ({ default: (await loadEditors()).ChipEditor }))
const ExpressionEditor = lazy(async () => {
  await loadExpressions()
  return { default: (await loadEditors()).ExpressionEditor }
})

type AwaitedChips = AwaitedProps<ChipEditorProps, ChipEditorHandle>
type AwaitedExpression = AwaitedProps<ExpressionEditorProps, SourceEditorHandle>

/** The text editor; until its code is there, the text as it will look. */
export function LazyChipEditor(props: AwaitedChips) {
  return (
    <AwaitedEditor<ChipEditorHandle>
      handle={props.handle}
      standIn={(wish) => <ChipsStandIn {...props} wish={wish} />}
    >
      <ChipEditor {...props} />
    </AwaitedEditor>
  )
}

interface StandIn<Handle> {
  readonly wish: WishPlace<Handle>
}

function ChipsStandIn(props: AwaitedChips & StandIn<ChipEditorHandle>) {
  const { handle, wish, text, placeholder } = props
  useImperativeHandle(handle, () => ({
    focus: () => (wish.current = (editor) => editor.focus()),
    suggest: () => (wish.current = (editor) => editor.suggest()),
    setChip: (...set) => (wish.current = (editor) => editor.setChip(...set)),
    chipAtCaret: () => undefined,
    insertText: (...inserted) => (wish.current = (editor) => editor.insertText(...inserted)),
    insertReference: (...inserted) =>
      (wish.current = (editor) => editor.insertReference(...inserted)),
  }))
  return (
    <div className={styles.standIn}>
      {text === '' && <span className={styles.standInEmpty}>{placeholder}</span>}
      {partsOf(text).map((part, index) =>
        typeof part === 'string' ? part : <Chip key={index} look={props.lookOf(contentOf(part))} />,
      )}
    </div>
  )
}

/** The expression editor; until its code is there, the source. */
export function LazyExpressionEditor(props: AwaitedExpression) {
  return (
    <AwaitedEditor<SourceEditorHandle>
      handle={props.handle}
      standIn={(wish) => <ExpressionStandIn {...props} wish={wish} />}
    >
      <ExpressionEditor {...props} />
    </AwaitedEditor>
  )
}

function ExpressionStandIn(props: AwaitedExpression & StandIn<SourceEditorHandle>) {
  const { handle, wish, text, placeholder } = props
  useImperativeHandle(handle, () => ({
    focus: (caret) => (wish.current = (editor) => editor.focus(caret)),
    insert: (...inserted) => (wish.current = (editor) => editor.insert(...inserted)),
  }))
  return <code className={styles.standIn}>{text || placeholder}</code>
}
