import { expect, it } from 'vitest'
import { textDifference } from './text-difference.ts'

it('tells what two texts share from what only one of them has', () => {
  const pieces = textDifference('The mill grinds corn.', 'The old mill grinds wheat.')
  expect(pieces.filter((piece) => piece.in === 'left').map(({ text }) => text)).toEqual(['corn'])
  const of = (side: 'left' | 'right') =>
    pieces
      .flatMap((piece) => (piece.in === side || piece.in === 'both' ? [piece.text] : []))
      .join('')
  expect([of('left'), of('right')]).toEqual(['The mill grinds corn.', 'The old mill grinds wheat.'])
})

it('gives up on texts that share next to nothing, and shows both whole', () => {
  const words = (first: string) => Array.from({ length: 3_000 }, (_, i) => `${first}${i}`).join(' ')
  expect(textDifference(words('a'), words('b')).map((piece) => piece.in)).toEqual(['left', 'right'])
})
