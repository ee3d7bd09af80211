import { lazy, Suspense } from 'react'
import type { FormatPickerProps } from './format-picker.tsx'

const FormatPicker = lazy(async () => ({
  default: (await import('./format-picker.tsx')).FormatPicker,
}))

/** The picker of formats, whose code comes with its first use. */
export function LazyFormatPicker(props: FormatPickerProps) {
  return (
    <Suspense fallback={null}>
      <FormatPicker {...props} />
    </Suspense>
  )
}
