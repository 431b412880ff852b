/** Whether an address is this machine: what is sent there reaches nobody else. */
export function isLocal(address: string | undefined): boolean {
  if (address === undefined || !URL.canParse(address)) return false
  const { hostname } = new URL(address)
  return /^(?:localhost|.+\.localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname)
}
