/** SHA-256 of texts that stand for a missing value: they come from code that hashed before it looked. */
const HASHES: ReadonlySet<string> = new Set([
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', // ''
  '36a9e7f1c95b82ffb99743e0c5c4ce95d83c9a430aac59f84ef3cbfab6145068', // ' '
  'eb045d78d273107348b0300c01d29b7552d622abbc6faf81b3ec55359aa9950c', // undefined
  '74234e98afe7498fb5daf1f36ac2d78acc339464f950703b8c019892f982b90b', // null
  '9b2d5b4678781e53038e91ea5324530a03f27dc1d0e5f6c9bc9d493a23be9de0', // nan
  'c9a560c74de368dcd2e6ac5544ad12a9afd32584b71a52147303479f726e0408', // [object object]
  'b28c94b2195c8ed259f0b415aaee3f39b0b2920a4537611499fa044956917a21', // [object Object]
])

/** What a program writes where a value is missing. Not `null`: that is a person's name. */
export function isNothing(text: string): boolean {
  return text === 'undefined' || text === 'NaN' || text === '[object Object]'
}

export function isHashOfNothing(hash: string): boolean {
  return HASHES.has(hash.length > 64 ? hash.slice(0, 64) : hash)
}
