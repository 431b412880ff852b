/** Which parts of an order's total are in its value; each default true. */
export interface ValueParts {
  /** What the delivery cost, after discounts, with its tax. */
  readonly shipping?: boolean | undefined
  /** Taxes, those in the prices too. */
  readonly tax?: boolean | undefined
  /** Tips. */
  readonly tips?: boolean | undefined
  /** Import duties. */
  readonly duties?: boolean | undefined
}

export const VALUE_PARTS: readonly (keyof ValueParts)[] = ['shipping', 'tax', 'tips', 'duties']
