/** A text that cannot become what its type wants; the message is the one of Go's decoder. */
export class DecodeError extends Error {}
