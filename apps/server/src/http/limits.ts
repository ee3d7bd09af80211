/** How much a request or a frame may hold; an operator may choose. */
export interface LimitsOfRequests {
  /** The largest body of a request, and the largest document of a flow, in bytes. */
  readonly bodyBytes: number
  readonly flowBytes: number
  /** The largest frame of a socket: it may start a run of a whole flow, with its input. */
  readonly frameBytes: number
  /** How deep JSON nests at most; never deeper than documents of flows may. */
  readonly jsonDepth: number
}

/** How many bytes the body of a route may have, by what the operator chose. */
export type MaxBytes = (limits: LimitsOfRequests) => number

/** As many as the body of any request. */
export const ofBody: MaxBytes = ({ bodyBytes }) => bodyBytes

/** As many as so many documents. */
export function ofFlows(count: number): MaxBytes {
  return ({ flowBytes }) => count * flowBytes
}
