import type { Edge } from '@millrace/flow'
import type { Pasting } from '../clipboard/clipboard-commands.ts'

/** Where a node is wanted: what the picker shows and how the node it adds is wired. */
export interface PickerOrigin {
  /** Where the wire was dropped, or where the card's corner shall be; in canvas pixels. */
  readonly position?: readonly [x: number, y: number]
  /** The out-port on a card that a dropped wire came from. */
  readonly from?: readonly [nodeId: string, portId: string]
  /** The in-port on a card that a wire, drawn backwards, came from. */
  readonly to?: readonly [nodeId: string, portId: string]
  /** The edge into which the node is spliced. */
  readonly splice?: Edge
}

/** A version that is to be published; `moment` says of when it is, within a sentence. */
export interface PublishedVersion {
  readonly revision: string
  readonly moment: string
}

/** What floats over the designer. There is one of it at most: what opens closes what was open. */
export type Opened =
  /** The palette of nodes to add. */
  | { readonly kind: 'picker'; readonly origin: PickerOrigin }
  /** *Connect to…* of a node, or of one port on its card. */
  | { readonly kind: 'connect'; readonly nodeId: string; readonly portId?: string }
  /** The whole text that a node streamed. */
  | { readonly kind: 'stream'; readonly nodeId: string }
  /** What a node is pinned to, as JSON. */
  | { readonly kind: 'pin'; readonly nodeId: string }
  /** What running from a node, up to another or to the end, takes over, and what runs again. */
  | { readonly kind: 'runFrom'; readonly nodeId: string; readonly until?: string }
  | { readonly kind: 'commands' }
  | { readonly kind: 'help' }
  | { readonly kind: 'import' }
  /** What is published: the flow as it is saved, or a version that it was. */
  | { readonly kind: 'publish'; readonly version?: PublishedVersion }
  /** Who may chat with the flow without a key. */
  | { readonly kind: 'share' }
  /** The summary before something is pasted. */
  | { readonly kind: 'paste'; readonly pasting: Pasting }
