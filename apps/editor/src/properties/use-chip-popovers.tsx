import type { Type } from '@millrace/flow'
import { useState, type ReactNode, type RefObject } from 'react'
import { withReference } from './chip-content.ts'
import type { ChipEditorHandle, ChipEditorProps } from './chip-editor.tsx'
import type { ChipPlace } from './chip-extension.ts'
import { chipOf } from './chip-text.ts'
import { readContent } from './chip-content.ts'
import { LazyFormatPicker } from './lazy-format-picker.tsx'
import { nearestReferences, useChipLook, useScopes } from './scopes.ts'
import { VariablePicker } from './variable-picker.tsx'

/** What the variable picker was opened for. */
interface Picking {
  readonly anchor: { getBoundingClientRect(): DOMRect }
  /** What the chosen variable takes the place of; the selection when not given. */
  readonly range?: { readonly from: number; readonly to: number }
  /** The chip that it mends: its format stays. */
  readonly broken?: string
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
  const [picking, setPicking] = useState<Picking>()
  const [formatting, setFormatting] = useState<ChipPlace>()
  const variables = scopes.at(nodeId)

  return {
    chips: {
      lookOf,
      onSlash: ({ from, to, anchor }) => setPicking({ anchor, range: { from, to } }),
      onFix: ({ content, from, to, anchor }) =>
        setPicking({ anchor, range: { from, to }, broken: content }),
      onFormat: setFormatting,
    },
    insertValue: (anchor) => setPicking({ anchor }),
    formatValue: () => setFormatting(editor.current?.chipAtCaret()),
    popovers: (
      <>
        {picking !== undefined && (
          <VariablePicker
            nodeId={nodeId}
            wanted={wanted}
            takesJson={!isAlone(text, picking)}
            anchor={picking.anchor}
            {...(picking.broken === undefined
              ? {}
              : { nearest: nearestReferences(referenceIn(picking.broken), variables) })}
            onChoose={(reference) => {
              const { broken, range } = picking
              const content =
                broken === undefined ? reference : withReference(broken, reference, variables)
              editor.current?.insertReference(content, range)
              setPicking(undefined)
            }}
            onClose={(inserted) => {
              setPicking(undefined)
              if (inserted !== undefined) editor.current?.insertText(inserted)
              else editor.current?.focus()
            }}
          />
        )}
        {formatting !== undefined && (
          <LazyFormatPicker
            nodeId={nodeId}
            content={formatting.content}
            wanted={
              isAlone(text, { anchor: formatting.anchor, range: formatting }) ? wanted : 'any'
            }
            anchor={formatting.anchor}
            onChange={(content) => {
              editor.current?.setChip(formatting, content)
              const to = formatting.from + chipOf(content).length
              setFormatting({ ...formatting, content, to })
            }}
            onClose={() => {
              setFormatting(undefined)
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

/** Whether a variable would be all that stands in the text: then its type matters. */
function isAlone(text: string, { range }: Picking): boolean {
  return range === undefined ? text === '' : text.length === range.to - range.from
}
