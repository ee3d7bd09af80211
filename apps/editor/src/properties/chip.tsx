import { useEffect, useRef } from 'react'
import { chipElement, type ChipActions, type ChipLook } from './chip-look.ts'

/** A reference as a chip. */
export function Chip({
  look,
  onRemove,
  onFix,
  onFormat,
}: ChipActions & { readonly look: ChipLook }) {
  const place = useRef<HTMLSpanElement>(null)
  const actions = useRef<ChipActions>({})
  const isRemovable = onRemove !== undefined
  const isFixable = onFix !== undefined
  const isFormattable = onFormat !== undefined
  useEffect(() => {
    actions.current = {
      ...(onRemove === undefined ? {} : { onRemove }),
      ...(onFix === undefined ? {} : { onFix }),
      ...(onFormat === undefined ? {} : { onFormat }),
    }
  })
  useEffect(() => {
    place.current?.replaceChildren(
      chipElement(look, {
        ...(isRemovable ? { onRemove: () => actions.current.onRemove?.() } : {}),
        ...(isFixable ? { onFix: (chip: HTMLElement) => actions.current.onFix?.(chip) } : {}),
        ...(isFormattable ? { onFormat: () => actions.current.onFormat?.() } : {}),
      }),
    )
  }, [look, isRemovable, isFixable, isFormattable])
  return <span ref={place} style={{ display: 'contents' }} />
}
