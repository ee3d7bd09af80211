import type { Type } from '@millrace/flow'
import { useCallback, useState, type ReactNode, type RefObject } from 'react'
import { withReference } from './chip-content.ts'
import type { ChipEditorHandle, ChipEditorProps } from './chip-editor.tsx'
import type { ChipPlace } from './chip-extension.ts'
import { chipOf } from './chip-text.ts'
import { readContent } from './chip-content.ts'
import { LazyFormatPicker } from './lazy-format-picker.tsx'
import { nearestReferences, useChipLook, useScopes } from './scopes.ts'
import { VariablePicker } from './variable-picker.tsx'

/** One of the two is open: each takes the place of the other. */
type Opened = Picking | Formatting

/** What the variable picker was opened for. */
interface Picking {
  readonly popover: 'variables'
  readonly anchor: { getBoundingClientRect(): DOMRect }
  /** What the chosen variable takes the place of; the selection when not given. */
  readonly range?: { readonly from: number; readonly to: number }
  /** The chip that it mends: its format stays. */
  readonly broken?: string
}

/** The chip whose value is formatted. */
interface Formatting {
  readonly popover: 'format'
  readonly chip: ChipPlace
}

export interface ChipPopoversOptions {
  readonly nodeId: string
  readonly editor: RefObject<ChipEditorHandle | null>
  readonly text: string
  /** What a lone variable must be. */
  readonly wanted: Type
}

export interface ChipPopovers {
  /** What the editor is given, so that its chips and `/` open them. */
  readonly chips: Pick<ChipEditorProps, 'lookOf' | 'onSlash' | 'onFix' | 'onFormat'>
  readonly insertValue: (anchor: Element) => void
  /** Opens the format of the chip at the caret. */
  readonly formatValue: () => void
  readonly popovers: ReactNode
}

/** The two popovers of a text with chips: the variable to insert, and how a chip's value is formatted. */
export function useChipPopovers(options: ChipPopoversOptions): ChipPopovers {
  const { nodeId, editor, text, wanted } = options
  const lookOf = useChipLook(nodeId)
  const { scopes } = useScopes()
  const [opened, setOpened] = useState<Opened>()
  const variables = scopes.at(nodeId)
  const picking = opened?.popover === 'variables' ? opened : undefined
  const formatting = opened?.popover === 'format' ? opened.chip : undefined
  // Typing on took the chip away, perhaps while the code of the popover was still fetched.
  if (formatting !== undefined && !stands(formatting, text)) setOpened(undefined)
  const pick = useCallback(
    (what: Omit<Picking, 'popover'>) => setOpened({ popover: 'variables', ...what }),
    [],
  )
  const format = useCallback(
    (chip: ChipPlace | undefined) =>
      setOpened(chip === undefined ? undefined : { popover: 'format', chip }),
    [],
  )
  const insertValue = useCallback((anchor: Element) => pick({ anchor }), [pick])
  const formatValue = useCallback(() => format(editor.current?.chipAtCaret()), [editor, format])

  return {
    chips: {
      lookOf,
      onSlash: ({ from, to, anchor }) => pick({ anchor, range: { from, to } }),
      onFix: ({ content, from, to, anchor }) =>
        pick({ anchor, range: { from, to }, broken: content }),
      onFormat: format,
    },
    insertValue,
    formatValue,
    popovers: (
      <>
        {picking !== undefined && (
          <VariablePicker
            nodeId={nodeId}
            wanted={wanted}
            takesJson={!isAlone(text, picking.range)}
            anchor={picking.anchor}
            {...(picking.broken === undefined
              ? {}
              : { nearest: nearestReferences(referenceIn(picking.broken), variables) })}
            onChoose={(reference) => {
              const { broken, range } = picking
              const content =
                broken === undefined ? reference : withReference(broken, reference, variables)
              editor.current?.insertReference(content, range)
              setOpened(undefined)
            }}
            onClose={(inserted) => {
              setOpened(undefined)
              if (inserted !== undefined) editor.current?.insertText(inserted)
              else editor.current?.focus()
            }}
          />
        )}
        {formatting !== undefined && (
          <LazyFormatPicker
            nodeId={nodeId}
            content={formatting.content}
            wanted={isAlone(text, formatting) ? wanted : 'any'}
            anchor={formatting.anchor}
            onChange={(content) => {
              editor.current?.setChip(formatting, content)
              const to = formatting.from + chipOf(content).length
              format({ ...formatting, content, to })
            }}
            onClose={() => {
              setOpened(undefined)
              editor.current?.focus()
            }}
          />
        )}
      </>
    ),
  }
}

function referenceIn(content: string): string {
  const read = readContent(content)
  return read.kind === 'expression' ? read.source : read.formatted.reference
}

/** Whether the chip is still where it was. */
function stands({ content, from, to }: ChipPlace, text: string): boolean {
  return text.slice(from, to) === chipOf(content)
}

/** Whether a variable would be all that stands in the text: then its type matters. */
function isAlone(text: string, range: Picking['range']): boolean {
  return range === undefined ? text === '' : text.length === range.to - range.from
}
