/** Vehicle ads. Source: Meta, Standard Parameters, read 2026-09. */
export interface VehicleData {
  make?: string | undefined
  model?: string | undefined
  /** `YYYY` */
  year?: string | number | undefined
  /** Up to 50 characters. */
  trim?: string | undefined
  vin?: string | undefined
  /** Amount and currency: `12000 EUR`. */
  price?: string | undefined
  'mileage.unit'?: string | undefined
  'mileage.value'?: number | string | undefined
  body_style?:
    | 'CONVERTIBLE'
    | 'COUPE'
    | 'HATCHBACK'
    | 'MINIVAN'
    | 'TRUCK'
    | 'SUV'
    | 'SEDAN'
    | 'VAN'
    | 'WAGON'
    | 'CROSSOVER'
    | 'OTHER'
    | undefined
  drivetrain?: '4X2' | '4X4' | 'AWD' | 'FWD' | 'RWD' | 'OTHER' | 'NONE' | undefined
  fuel_type?:
    | 'DIESEL'
    | 'ELECTRIC'
    | 'FLEX'
    | 'GASOLINE'
    | 'HYBRID'
    | 'PETROL'
    | 'PLUGIN_HYBRID'
    | 'OTHER'
    | 'NONE'
    | undefined
  transmission?: 'AUTOMATIC' | 'MANUAL' | 'OTHER' | 'NONE' | undefined
  condition_of_vehicle?: string | undefined
  state_of_vehicle?: string | undefined
  exterior_color?: string | undefined
  interior_color?: string | undefined
  dma_code?: string | undefined
  preferred_price_range?: string | readonly number[] | undefined
  suggested_vehicles?: readonly string[] | undefined
}

/** Home listing ads. Source: Meta, Standard Parameters, read 2026-09. */
export interface HomeData {
  availability?:
    | 'available_soon'
    | 'for_rent'
    | 'for_sale'
    | 'off_market'
    | 'recently_sold'
    | 'sale_pending'
    | undefined
  property_type?:
    | 'apartment'
    | 'condo'
    | 'house'
    | 'land'
    | 'manufactured'
    | 'other'
    | 'townhouse'
    | undefined
  listing_type?:
    | 'for_rent_by_agent'
    | 'for_rent_by_owner'
    | 'for_sale_by_agent'
    | 'for_sale_by_owner'
    | 'foreclosed'
    | 'new_construction'
    | 'new_listing'
    | undefined
  /** `YYYY-MM-DD` */
  lease_start_date?: string | undefined
  /** `YYYY-MM-DD` */
  lease_end_date?: string | undefined
  preferred_beds_range?: string | readonly number[] | undefined
  preferred_baths_range?: string | readonly number[] | undefined
  preferred_neighborhoods?: readonly string[] | undefined
  neighborhood?: string | undefined
  suggested_home_listings?: readonly string[] | undefined
}
