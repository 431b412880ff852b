import { BadRequestException } from '@nestjs/common'

export interface OrderInput {
  readonly email: string
  readonly items: readonly { readonly product: string; readonly quantity: number }[]
}

/** What a visitor may order; anything else answers 400. */
export function toOrderInput(body: unknown): OrderInput {
  const { email, items } = (body ?? {}) as Partial<Record<keyof OrderInput, unknown>>
  if (typeof email !== 'string' || !email.includes('@')) {
    throw new BadRequestException('email must be an e-mail address.')
  }
  if (!Array.isArray(items) || items.length === 0 || !items.every(isItem)) {
    throw new BadRequestException('items must be a list of { product, quantity }.')
  }
  return { email, items }
}

function isItem(item: unknown): item is OrderInput['items'][number] {
  if (typeof item !== 'object' || item === null) return false
  const { product, quantity } = item as Record<string, unknown>
  return typeof product === 'string' && Number.isInteger(quantity) && Number(quantity) > 0
}
