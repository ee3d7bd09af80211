/** The ids of the elements that name a card: what it is, and how it stands in the run. */
export function cardNameIds(nodeId: string): { readonly name: string; readonly status: string } {
  return { name: `card-name-${nodeId}`, status: `card-status-${nodeId}` }
}
