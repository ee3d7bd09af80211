import { usePinnedNode } from '../pins/pinned-nodes.ts'
import { registry } from '../registry.ts'
import { cardNameIds } from './card-name-ids.ts'
import { describeCard, type Card } from './card.ts'
import { placeOf } from './node-places.ts'
import { useShownFlow } from './shown-flow.ts'

/** What a screen reader calls a card. It follows the edges, which the card itself need not know. */
export function CardName({ card }: { readonly card: Card }) {
  const { id } = card.node
  const pinned = usePinnedNode(id)
  const place = useShownFlow((flow) => placeOf(flow, registry, id))
  return (
    <span id={cardNameIds(id).name} hidden>
      {describeCard(card, place)}
      {pinned !== undefined && (pinned.misfit === undefined ? ', pinned' : ', its pin is not used')}
    </span>
  )
}
