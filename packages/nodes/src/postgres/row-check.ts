/**
 * Looks at the fields of one row as it comes. The driver goes on where their lengths lead it: with
 * negative ones it reads the same bytes again and again, and with too long ones the messages behind.
 */
export class RowCheck {
  /** How many fields there are; `undefined` until that was read. */
  #count: number | undefined
  #read = 0
  /** What is to come of the value of a field. */
  #value = 0
  /** A number as far as it has come, and how many bytes of it are to come. */
  #number = 0
  #bytesOfNumber = 2

  /** Takes the bytes of the row from `start` to `end`; throws for a field that cannot be. */
  take(chunk: Buffer, start: number, end: number): void {
    let position = start
    while (position < end) {
      if (this.#value > 0) {
        const taken = Math.min(this.#value, end - position)
        this.#value -= taken
        position += taken
        continue
      }
      this.#number = (this.#number << 8) | chunk.readUInt8(position)
      position += 1
      this.#bytesOfNumber -= 1
      if (this.#bytesOfNumber > 0) continue
      this.#takeNumber(this.#number)
      this.#number = 0
      this.#bytesOfNumber = 4
    }
  }

  /** Whether the row ended where its last field does. */
  get isWhole(): boolean {
    return this.#read === this.#count && this.#value === 0 && this.#bytesOfNumber === 4
  }

  #takeNumber(number: number): void {
    if (this.#count === undefined) {
      this.#count = number
      return
    }
    // -1 stands for null.
    if (number < -1) throw new Error('The server sent a row with a field of a negative length.')
    this.#read += 1
    this.#value = Math.max(0, number)
  }
}
