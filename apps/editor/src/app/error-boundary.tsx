import { CloudOff, TriangleAlert } from 'lucide-react'
import { Component, type ErrorInfo, type ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { isUnfetched } from './reload-after-update.ts'

interface Props {
  /** What is inside, as in "The canvas". */
  readonly name: string
  readonly children: ReactNode
}

/** Keeps a defect in one part of the screen from taking the rest down with it. */
export class ErrorBoundary extends Component<Props, { error: Error | undefined }> {
  override state = { error: undefined as Error | undefined }

  static getDerivedStateFromError(error: Error): { error: Error } {
    return { error }
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error(`${this.props.name} failed.`, error, info.componentStack)
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === undefined) return this.props.children
    if (isUnfetched(error)) return <Unfetched name={this.props.name} />
    return (
      <EmptyState
        icon={<TriangleAlert size={20} aria-hidden />}
        title={`${this.props.name} stopped working`}
        actions={
          <>
            <Button variant="primary" onClick={() => this.setState({ error: undefined })}>
              Show it again
            </Button>
            <Button onClick={() => location.reload()}>Reload the page</Button>
          </>
        }
      >
        A defect of Millrace, not of your flow: {error.message} Unsaved changes are kept in this
        browser.
      </EmptyState>
    )
  }
}

/** `lazy` does not ask again for a part that it failed to fetch: only a new page does. */
function Unfetched({ name }: { readonly name: string }) {
  return (
    <EmptyState
      icon={<CloudOff size={20} aria-hidden />}
      title={`${name} could not be fetched`}
      actions={
        <Button variant="primary" onClick={() => location.reload()}>
          Reload the page
        </Button>
      }
    >
      The server does not answer, or was updated. Unsaved changes are kept in this browser: reload
      when it is back.
    </EmptyState>
  )
}
