/** What the page takes of core: a chunk of its own, loaded when a value is to be hashed. The emulator's judge has none of it. */
export { normalizeField, sha256 } from '@capi/core'
