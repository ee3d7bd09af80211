import { Component, type ReactNode } from 'react'

export interface PlainIfBrokenProps {
  readonly plain: ReactNode
  readonly children: ReactNode
}

interface State {
  readonly isBroken: boolean
}

/**
 * Shows something plain from when drawing throws: neither what a model says nor a file that the server
 * has no longer takes the rest of the page along.
 */
export class PlainIfBroken extends Component<PlainIfBrokenProps, State> {
  static getDerivedStateFromError(): State {
    return { isBroken: true }
  }

  override readonly state: State = { isBroken: false }

  override render(): ReactNode {
    return this.state.isBroken ? this.props.plain : this.props.children
  }
}
