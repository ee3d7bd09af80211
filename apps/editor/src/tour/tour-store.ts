import { create } from 'zustand'
import { keepText, readKeptText } from '../session/kept.ts'

interface TourState {
  /** Which of the marks is shown, from 0; `undefined` while none is. */
  readonly step: number | undefined
}

const key = 'millrace.tour'

/** The store of the tour, read through selectors. */
export const useTour = create<TourState>()(() => ({ step: undefined }))

/** All that changes the tour. */
export const tourCommands = {
  /** Shows it to somebody who has not seen it in this browser. */
  offer(): void {
    if (readKeptText(key) !== undefined) return
    keepText(key, 'shown')
    tourCommands.goTo(0)
  },
  goTo(step: number): void {
    useTour.setState({ step })
  },
  end(): void {
    useTour.setState({ step: undefined })
  },
}
