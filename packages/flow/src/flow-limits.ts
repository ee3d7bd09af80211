/** At most this many characters in any text of a document. */
export const maxTextLength = 256 * 1024
/** At most this many nodes in a flow. */
export const maxNodes = 2000
