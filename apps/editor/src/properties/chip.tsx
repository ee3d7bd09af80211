import { useEffect, useRef } from 'react'
import { chipElement, type ChipActions, type ChipLook } from './chip-look.ts'

/** A reference as a chip. */
export function Chip({ look, onRemove, onFix }: ChipActions & { readonly look: ChipLook }) {
  const place = useRef<HTMLSpanElement>(null)
  const actions = useRef<ChipActions>({})
  const isRemovable = onRemove !== undefined
  const isFixable = onFix !== undefined
  useEffect(() => {
    actions.current = {
      ...(onRemove === undefined ? {} : { onRemove }),
      ...(onFix === undefined ? {} : { onFix }),
    }
  })
  useEffect(() => {
    place.current?.replaceChildren(
      chipElement(look, {
        ...(isRemovable ? { onRemove: () => actions.current.onRemove?.() } : {}),
        ...(isFixable ? { onFix: (chip: HTMLElement) => actions.current.onFix?.(chip) } : {}),
      }),
    )
  }, [look, isRemovable, isFixable])
  return <span ref={place} style={{ display: 'contents' }} />
}
