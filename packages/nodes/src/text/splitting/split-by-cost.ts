/** How long pieces may be, in the unit in which `cost` counts: characters or tokens. */
export interface PieceSize {
  readonly max: number
  /** How much of a piece the next one repeats; at most half of `max`. */
  readonly overlap: number
  /** How much a text counts. */
  readonly cost: (text: string) => number
}

/**
 * Cuts a text into pieces, in its order, without the white space around them. A piece ends at the
 * best place in its second half: between paragraphs, else lines, sentences, words, and inside a word
 * only where there is nothing better. Takes time in proportion to the text.
 */
export function* splitByCost(text: string, size: PieceSize): Generator<string> {
  const words = new Words(text, size)
  let first = 0
  let covered = 0
  for (;;) {
    let last = lastOfPiece(words, first, size)
    if (last === undefined) return
    let piece = textOf(words, { first, last })
    // Tokens of parts of words, put together, are now and then more than their sum.
    while (last > first && size.cost(piece) > size.max) {
      last -= 1
      piece = textOf(words, { first, last })
    }
    const end = words.at(last)?.end ?? 0
    // Where only white space was left, it would repeat the overlap and nothing else.
    if (end > covered) yield piece
    if (words.at(last + 1) === undefined) return
    covered = end
    first = firstOfNext(words, { first, last }, size.overlap)
  }
}

/** Which words a piece is made of. */
interface Piece {
  readonly first: number
  readonly last: number
}

/** A word with the white space before it, or a part of either that is too long. */
interface Word {
  readonly start: number
  /** Where the last character stands that is no white space, in it or before. */
  readonly end: number
  readonly cost: number
  /** What it counts where it is the first of a piece. */
  readonly firstCost: number
  /** How well the text can be cut before it. */
  readonly cut: number
}

/** The words of a text, found when they are first asked for. */
class Words {
  readonly text: string
  readonly #parts: Iterator<Part>
  readonly #cost: PieceSize['cost']
  readonly #words: Word[] = []
  #position = 0
  #before = ''

  constructor(text: string, size: PieceSize) {
    this.text = text
    this.#parts = partsOf(text, size)
    this.#cost = size.cost
  }

  at(index: number): Word | undefined {
    while (this.#words.length <= index) {
      const { value, done } = this.#parts.next()
      if (done === true) return undefined
      this.#words.push(this.#read(value))
    }
    return this.#words[index]
  }

  #read({ text, cost }: Part): Word {
    const start = this.#position
    this.#position += text.length
    const bare = text.trimStart()
    const word = {
      start,
      end: bare === '' ? (this.#words.at(-1)?.end ?? 0) : this.#position,
      cost,
      firstCost: bare === text ? cost : this.#cost(bare),
      cut: cutBetween(this.#before, text.slice(0, text.length - bare.length)),
    }
    this.#before = text
    return word
  }
}

interface Part {
  readonly text: string
  readonly cost: number
}

/** The whole text in parts, each a word with the white space before it where that is not too long. */
function* partsOf(text: string, size: PieceSize): Generator<Part> {
  for (const [word] of text.matchAll(/\s{0,32}\S{1,32}|\s{1,32}/gu)) yield* fitting(word, size)
}

/** A word in halves until each is so small that a piece holds several. */
function* fitting(text: string, size: PieceSize): Generator<Part> {
  const cost = size.cost(text)
  const characters = cost > size.max / 4 ? Array.from(text) : []
  if (characters.length < 2) {
    yield { text, cost }
    return
  }
  const middle = Math.ceil(characters.length / 2)
  yield* fitting(characters.slice(0, middle).join(''), size)
  yield* fitting(characters.slice(middle).join(''), size)
}

/** How well a text can be cut in this white space: 4 between paragraphs, 0 inside a word. */
function cutBetween(before: string, space: string): number {
  if (/\n[^\n]*\n/.test(space)) return 4
  if (space.includes('\n')) return 3
  if (/[。！？]$/u.test(before)) return 2
  if (space === '') return 0
  return /[.!?…]["'”’)\]]*$/u.test(before) ? 2 : 1
}

function textOf(words: Words, { first, last }: Piece): string {
  return words.text.slice(words.at(first)?.start, words.at(last)?.end).trimStart()
}

/** The last word of the piece that begins at a word; `undefined` at the end of the text. */
function lastOfPiece(words: Words, first: number, { max, overlap }: PieceSize): number | undefined {
  // A piece brings at least so much that the one before did not have.
  const least = overlap + (max - overlap) / 2
  let cost = words.at(first)?.firstCost
  if (cost === undefined) return undefined
  let last = first
  let bestCut = -1
  for (let index = first; cost <= max; index += 1) {
    const next = words.at(index + 1)
    if (next === undefined) return index
    if (next.cut >= bestCut) {
      last = index
      bestCut = cost < least ? -1 : next.cut
    }
    cost += next.cost
  }
  return last
}

/** Where the piece after one begins: at the first word that the overlap reaches. */
function firstOfNext(words: Words, { first, last }: Piece, overlap: number): number {
  let reached = last + 1
  let firstOfAWord: number | undefined
  let cost = 0
  while (reached > first + 1) {
    const word = words.at(reached - 1)
    cost += word?.cost ?? 0
    if (word === undefined || cost > overlap) break
    reached -= 1
    if (word.cut > 0) firstOfAWord = reached
  }
  return firstOfAWord ?? reached
}
