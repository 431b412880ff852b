/**
 * Proves to Meta that the caller of a token knows the app's secret: HMAC-SHA256 of the token, in hex.
 * Source: Meta, Securing Graph API Requests, read 2026-09.
 */
export async function appSecretProof(appSecret: string, accessToken: string): Promise<string> {
  const encode = (text: string) => new TextEncoder().encode(text)
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', encode(appSecret), algorithm, false, ['sign'])
  const signature = new Uint8Array(await crypto.subtle.sign('HMAC', key, encode(accessToken)))
  return Array.from(signature, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
