import { useDocument } from '../document/document-store.ts'
import { registry } from '../registry.ts'
import { describeCard, type Card } from './card.ts'
import { placeOf } from './node-places.ts'

/** The ids of the elements that name a card: what it is, and how it stands in the run. */
export function cardNameIds(nodeId: string): { readonly name: string; readonly status: string } {
  return { name: `card-name-${nodeId}`, status: `card-status-${nodeId}` }
}

/** What a screen reader calls a card. It follows the edges, which the card itself need not know. */
export function CardName({ card }: { readonly card: Card }) {
  const { id } = card.node
  const place = useDocument(({ flow }) => placeOf(flow, registry, id))
  return (
    <span id={cardNameIds(id).name} hidden>
      {describeCard(card, place)}
    </span>
  )
}
